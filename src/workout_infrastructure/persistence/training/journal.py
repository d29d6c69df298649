"""The journal of a session's events: what a watcher that missed some is told again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from workout_application.encoding import encode
from workout_application.messaging.live import LiveEvent, session_room
from workout_infrastructure.persistence.unit_of_work import CurrentWork
from workout_shared.identifiers import Identifiers

INSERT_EVENT: Final = """
INSERT INTO session_events (session_id, sequence, event_id, name, occurred_at, payload)
VALUES ($1::uuid, $2::integer, $3::uuid, $4::text, $5::timestamptz, $6::json)
"""


class SqlSessionJournal:
    """Writes events of commands that change a loaded session."""

    def __init__(self, work: CurrentWork, identifiers: Identifiers) -> None:
        self._work, self._identifiers = work, identifiers

    async def write(
        self, session_id: UUID, sequence: int, name: str, body: Mapping[str, Any], *, at: datetime
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
        await work.execute(INSERT_EVENT, session_id, sequence, event_id, name, at, payload.decode())
        work.announce(LiveEvent(session_room(session_id), name, payload, sequence))
