"""What all appends to a running session share: one event, written, pushed and recorded."""

from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from workout_application.encoding import encode
from workout_application.messaging.live import Announcements, LiveEvent, session_room
from workout_application.training.append_ports import JournalEntry, NewRep, RunningSession
from workout_application.training.views import RepView
from workout_domain.kernel.events import DomainEvent
from workout_domain.training.events import SessionEvent
from workout_shared.identifiers import Identifiers


class EventRecorder(Protocol):
    """Takes events of commands that load no aggregate."""

    def record(self, event: DomainEvent, /) -> None:
        """Store the event with the command's changes."""
        ...


class AppendJournal:
    """Makes the event of an append, and sends it on its two ways."""

    def __init__(
        self, announcements: Announcements, recorder: EventRecorder, identifiers: Identifiers
    ) -> None:
        self._announcements, self._recorder = announcements, recorder
        self._identifiers = identifiers

    def entry(
        self, session: RunningSession, name: str, body: bytes, *, at: datetime
    ) -> JournalEntry:
        """Lay out the session's next event; ``body`` is its own fields as JSON, unbraced."""
        event_id, sequence = self._identifiers.new(), session.sequence + 1
        head = {
            "session_id": session.id,
            "sequence": sequence,
            "event_id": event_id,
            "occurred_at": at,
        }
        payload = encode(head)[:-1] + b"," + body + b"}"
        return JournalEntry(event_id=event_id, name=name, sequence=sequence, payload=payload, at=at)

    def record(
        self,
        kind: type[SessionEvent],
        session: RunningSession,
        entry: JournalEntry,
        **facts: Any,  # noqa: ANN401 - the event's own fields
    ) -> None:
        """Announce the entry to watchers, and record the domain event it stands for."""
        self.announce(session, entry)
        self._recorder.record(
            kind(
                occurred_at=entry.at,
                session_id=session.id,
                user_id=session.user_id,
                athlete_id=session.athlete_id,
                workout_id=session.workout_id,
                trainer_id=session.trainer_id,
                sequence=entry.sequence,
                **facts,
            )
        )

    def announce(self, session: RunningSession, entry: JournalEntry) -> None:
        """Push the entry to watchers after the commit."""
        self._announcements.announce(
            LiveEvent(session_room(session.id), entry.name, entry.payload, entry.sequence)
        )


def rep_view(new: NewRep, set_id: UUID) -> RepView:
    """Show a repetition that is about to be written."""
    return RepView(
        id=new.id,
        set_id=set_id,
        rep_number=new.rep_number,
        weight=new.weight,
        unit=new.unit,
        success=new.success,
        client_generated_id=new.client_generated_id,
    )
