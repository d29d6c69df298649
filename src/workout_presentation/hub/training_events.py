"""What clients may say about sessions; each does exactly what its HTTP twin does."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

from workout_application.encoding import raw
from workout_application.messaging.live import session_room
from workout_application.messaging.mediator import Mediator
from workout_application.training.queries.get_session import GetSession, SessionSnapshot
from workout_application.training.queries.list_session_events import ListSessionEvents
from workout_domain.identity.errors import InvalidToken
from workout_presentation.api.door import Doorman
from workout_presentation.hub.clients import Client
from workout_presentation.hub.messages import (
    LogSetMessage,
    ProgressMessage,
    RefreshAuthMessage,
    RestTimerMessage,
    ResumeMessage,
    SessionMessage,
)
from workout_presentation.hub.rooms import Connection, Rooms
from workout_presentation.hub.server import Data, HubEvent

MOST_REPLAYED: Final = 500


class TrainingEvents:
    """Handlers of the hub's session events."""

    def __init__(self, mediator: Mediator, rooms: Rooms, doorman: Doorman) -> None:
        self._mediator, self._rooms, self._doorman = mediator, rooms, doorman

    def all(self) -> list[HubEvent]:
        """List the events with their models."""
        return [
            HubEvent("JoinWorkoutSession", SessionMessage, self.join),
            HubEvent("LeaveWorkoutSession", SessionMessage, self.leave),
            HubEvent("UpdateExerciseProgress", ProgressMessage, self.update_progress),
            HubEvent("LogSet", LogSetMessage, self.log_set),
            HubEvent("SetRestTimer", RestTimerMessage, self.set_rest_timer),
            HubEvent("Resume", ResumeMessage, self.resume),
            HubEvent("RefreshAuth", RefreshAuthMessage, self.refresh_auth),
        ]

    async def join(self, client: Client, message: SessionMessage) -> Data:
        """
        Enter a session's room and get the session as it stands.

        Events that happen while the snapshot is read are held back and follow the ack, so the
        client sees each exactly once and in order.
        """
        connection, room = client.connection, session_room(message.session_id)
        was_inside = room in connection.rooms
        self._rooms.enter(connection, room)
        try:
            async with self._held_back(connection, room) as until:
                snapshot = await self._snapshot(client, message, is_live=True)
                until.sequence = snapshot.sequence
        except BaseException:
            if not was_inside:
                self._rooms.leave(connection, room)
            raise
        return _whole(snapshot)

    async def leave(self, client: Client, message: SessionMessage) -> None:
        """Leave a session's room; leaving one never entered changes nothing."""
        self._rooms.leave(client.connection, session_room(message.session_id))

    async def update_progress(self, client: Client, message: ProgressMessage) -> Data:
        """Report how many sets of an exercise are done."""
        progress = await self._mediator.send(message.to_command(), actor=client.actor)
        return {"sequence": progress.sequence}

    async def log_set(self, client: Client, message: LogSetMessage) -> Data:
        """Log a set."""
        logged = await self._mediator.send(message.log_set(client.actor), actor=client.actor)
        return {"set": raw(logged.data), "sequence": logged.sequence}

    async def set_rest_timer(self, client: Client, message: RestTimerMessage) -> Data:
        """Start or clear the rest timer."""
        rest = await self._mediator.send(message.to_command(), actor=client.actor)
        return {"ends_at": rest.ends_at, "sequence": rest.sequence}

    async def resume(self, client: Client, message: ResumeMessage) -> Data:
        """Tell what was missed, or the whole session where that is too much."""
        room = session_room(message.session_id)
        async with self._held_back(client.connection, room) as until:
            missed = await self._mediator.send(
                ListSessionEvents(
                    session_id=message.session_id,
                    after=message.after_sequence,
                    limit=MOST_REPLAYED,
                ),
                actor=client.actor,
            )
            if missed.has_more or message.after_sequence > missed.sequence:
                snapshot = await self._snapshot(client, message)
                until.sequence = snapshot.sequence
                return _whole(snapshot)
            until.sequence = missed.sequence
        return {"events": [raw(event) for event in missed.events], "sequence": missed.sequence}

    async def refresh_auth(self, client: Client, message: RefreshAuthMessage) -> Data:
        """Go on under a fresh token of the same user."""
        actor, claims = await self._doorman.admit(message.token)
        if claims.user_id != client.user_id:
            raise InvalidToken("The token is somebody else's.")
        client.actor, client.claims = actor, claims
        return {"expires_at": int(claims.expires_at)}

    async def _snapshot(
        self, client: Client, message: SessionMessage, *, is_live: bool = False
    ) -> SessionSnapshot:
        query = GetSession(session_id=message.session_id, is_live=is_live)
        return await self._mediator.send(query, actor=client.actor)

    @asynccontextmanager
    async def _held_back(self, connection: Connection, room: str) -> AsyncIterator["_Until"]:
        """Hold the room's events back; those after what the ack tells follow the ack."""
        until = _Until()
        if room not in connection.rooms:
            yield until
            return
        self._rooms.hold(connection, room)
        try:
            yield until
        finally:
            # By the next turn of the loop the ack stands in the queue.
            asyncio.get_running_loop().call_soon(
                lambda: self._rooms.release(connection, room, after=until.sequence)
            )


@dataclass(slots=True)
class _Until:
    """The last event an ack includes."""

    sequence: int = 0


def _whole(snapshot: SessionSnapshot) -> dict[str, Any]:
    return {"session": raw(snapshot.document.data), "sequence": snapshot.sequence}
