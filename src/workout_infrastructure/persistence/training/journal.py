"""The journal of a session's events: what a watcher that missed some is told again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from workout_application.encoding import encode
from workout_application.messaging.live import LiveEvent, session_room
from workout_domain.training.errors import EventIdTaken
from workout_infrastructure.persistence.unit_of_work import CurrentWork
from workout_shared.identifiers import Identifiers

_INSERT: Final = """
INSERT INTO session_events (
    session_id, sequence, event_id, name, occurred_at, payload, client_event_id)
VALUES ($1::uuid, $2::integer, $3::uuid, $4::text, $5::timestamptz, $6::json, $7::text)
"""
_KNOWN: Final = """
SELECT name FROM session_events WHERE session_id = $1::uuid AND client_event_id = $2::text
"""


class SqlSessionJournal:
    """Writes events of commands that change a loaded session."""

    def __init__(self, work: CurrentWork, identifiers: Identifiers) -> None:
        self._work, self._identifiers = work, identifiers

    async def write(
        self,
        session_id: UUID,
        sequence: int,
        name: str,
        body: Mapping[str, Any],
        *,
        at: datetime,
        client_event_id: str | None = None,
    ) -> None:
        """Store one event, and push it after the commit."""
        event_id = self._identifiers.new()
        payload = encode(
            {
                "session_id": session_id,
                "sequence": sequence,
                "event_id": event_id,
                "occurred_at": at,
                **body,
            }
        )
        work = self._work()
        await work.execute(
            _INSERT, session_id, sequence, event_id, name, at, payload.decode(), client_event_id
        )
        work.announce(LiveEvent(session_room(session_id), name, payload, sequence))

    async def holds(self, session_id: UUID, name: str, client_event_id: str) -> bool:
        """Look for an event by the client's id; refuse where it is one of another kind."""
        row = await self._work().fetchrow(_KNOWN, session_id, client_event_id)
        if row is None:
            return False
        refuse_unless_event(row["name"], name)
        return True


def refuse_unless_event(known: str, name: str) -> None:
    """
    Let a client's id stand only for an event of the kind it was first used for.

    Raises:
        EventIdTaken: it was another one.
    """
    if known != name:
        raise EventIdTaken(f"This client_event_id belongs to another event: {known}.")
