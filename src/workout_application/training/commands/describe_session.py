"""An athlete changes what a running session is called, when it was, its notes or their weight."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.concurrency import expect_revision
from workout_application.messaging.documents import Document
from workout_application.messaging.messages import Command, requires, signed_in
from workout_application.training.bodyweight import weigh_in, with_body
from workout_application.training.loads import AS_IT_IS, LoadChange
from workout_application.training.ports import SessionSnapshots
from workout_domain.training.repositories import WorkoutSessionRepository
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
        self, sessions: WorkoutSessionRepository, snapshots: SessionSnapshots, clock: Clock
    ) -> None:
        self._sessions, self._snapshots, self._clock = sessions, snapshots, clock

    async def handle(self, command: DescribeSession, actor: Actor) -> Document:
        """Describe it."""
        session = await with_body(self._sessions, actor, command.session_id, command.bodyweight)
        expect_revision(session, command.expected_revision)
        now = self._clock.now()
        session.describe(
            name=given(command.name, session.name),
            session_date=given(command.session_date, session.session_date),
            time_zone=given(command.time_zone, session.time_zone),
            notes=given(command.notes, session.notes),
            at=now,
        )
        weigh_in(session, command.bodyweight, actor, at=now)
        return await self._snapshots.of(session.id)
