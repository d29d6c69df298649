"""An athlete changes what a running session is called, when it was, its notes or their weight."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.concurrency import expect_revision
from workout_application.messaging.documents import Document
from workout_application.messaging.messages import Command, requires, signed_in
from workout_application.training.loads import AS_IT_IS, LoadChange
from workout_application.training.ports import SessionJournal, SessionSnapshots
from workout_application.training.weighing import Scales
from workout_domain.training.workout_session import WorkoutSession
from workout_shared.clock import Clock
from workout_shared.unset import UNSET, Unset, given


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class DescribeSession(Command[Document]):
    """Answers with the session; what is unset stays as it is."""

    session_id: UUID
    name: str | Unset = UNSET
    session_date: datetime | Unset = UNSET
    time_zone: str | Unset = UNSET
    bodyweight: LoadChange = AS_IT_IS
    notes: str | Unset | None = UNSET
    expected_revision: int | None = None


class DescribeSessionHandler:
    """Describes the caller's own session."""

    def __init__(
        self, scales: Scales, journal: SessionJournal, snapshots: SessionSnapshots, clock: Clock
    ) -> None:
        self._scales, self._journal, self._snapshots = scales, journal, snapshots
        self._clock = clock

    async def handle(self, command: DescribeSession, actor: Actor) -> Document:
        """Describe it."""
        session = await self._scales.session(actor, command.session_id, command.bodyweight)
        expect_revision(session, command.expected_revision)
        now = self._clock.now()
        await self._scales.weigh(session, command.bodyweight, actor, at=now)
        session.describe(
            name=given(command.name, session.name),
            session_date=given(command.session_date, session.session_date),
            time_zone=given(command.time_zone, session.time_zone),
            notes=given(command.notes, session.notes),
            at=now,
        )
        await self._journal.write(
            session.id, session.sequence, "SessionChanged", _told(session), at=now
        )
        return await self._snapshots.of(session.id)


def _told(session: WorkoutSession) -> dict[str, Any]:
    weight = session.bodyweight
    return {
        "name": session.name,
        "session_date": session.session_date,
        "time_zone": session.time_zone,
        "local_date": session.local_date,
        "bodyweight": None if weight is None else weight.amount,
        "bodyweight_unit": None if weight is None else weight.unit,
        "notes": session.notes,
    }
