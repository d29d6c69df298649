"""Ends what is no longer allowed on open sockets: within a second, in every process."""

import asyncio
from typing import Final, Protocol
from uuid import UUID

import structlog

from workout_application.messaging.live import session_room
from workout_domain.kernel.errors import Unavailable
from workout_presentation.hub.clients import Client, Clients
from workout_presentation.hub.rooms import Rooms
from workout_presentation.hub.server import Hub
from workout_shared.clock import Clock

PERIOD_SECONDS: Final = 0.4
_ROOM: Final = session_room(UUID(int=0))[: -len(str(UUID(int=0)))]


class LoginSessions(Protocol):
    """Knows which login sessions still count."""

    async def ended(self, login_session_ids: list[UUID], /) -> set[UUID]:
        """Return those that no longer do."""
        ...


class WatchRights(Protocol):
    """Knows who may still watch which session."""

    async def lost(self, watching: list[tuple[UUID, UUID]], /) -> set[tuple[UUID, UUID]]:
        """Return those pairs of session and user that no longer go together."""
        ...


class Warden:
    """
    Looks after all sockets of a process with two queries a round, however many there are.

    It asks the database instead of listening to a bus: a token revoked or a relation ended in
    any process takes effect everywhere, also when Redis is down.
    """

    def __init__(
        self,
        *,
        hub: Hub,
        clients: Clients,
        rooms: Rooms,
        logins: LoginSessions,
        rights: WatchRights,
        clock: Clock,
    ) -> None:
        self._hub, self._clients, self._rooms = hub, clients, rooms
        self._logins, self._rights, self._clock = logins, rights, clock
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin the rounds."""
        self._task = asyncio.create_task(self._rounds())

    async def stop(self) -> None:
        """End the rounds."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def make_round(self) -> None:
        """Look after everybody once."""
        clients = self._clients.all()
        if clients:
            await self._end_logins(clients)
            await self._close_rooms(self._clients.all())

    async def _rounds(self) -> None:
        while True:
            await asyncio.sleep(PERIOD_SECONDS)
            try:
                await self.make_round()
            except (Unavailable, OSError) as error:
                structlog.get_logger().warning("warden could not look", error=str(error))
            except Exception as error:  # noqa: BLE001 - one bad round must not end the watch
                structlog.get_logger().error("warden failed", exc_info=error)

    async def _end_logins(self, clients: list[Client]) -> None:
        now = self._clock.now().timestamp()
        ended = await self._logins.ended(list({one.claims.login_session_id for one in clients}))
        for client in clients:
            if client.claims.expires_at <= now or client.claims.login_session_id in ended:
                self._hub.send_away(
                    client, "token_expired", "The token has expired or was revoked."
                )

    async def _close_rooms(self, clients: list[Client]) -> None:
        watching = {
            (UUID(room.removeprefix(_ROOM)), client.user_id): None
            for client in clients
            for room in client.connection.rooms
            if room.startswith(_ROOM)
        }
        lost = await self._rights.lost(list(watching))
        for client in clients if lost else ():
            for session_id, user_id in lost:
                room = session_room(session_id)
                if user_id == client.user_id and room in client.connection.rooms:
                    self._rooms.leave(client.connection, room)
                    self._hub.tell_error(
                        client,
                        "access_ended",
                        "You may no longer watch this session.",
                        session_id=session_id,
                    )
