"""An athlete finishes a session, with a summary where they give one."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.concurrency import expect_revision
from workout_application.messaging.documents import Document
from workout_application.messaging.messages import Command, requires, signed_in
from workout_application.training.ending import announce_completion
from workout_application.training.loads import AS_IT_IS, LoadChange
from workout_application.training.ports import SessionJournal, SessionSnapshots
from workout_application.training.weighing import Scales
from workout_domain.training.workout_session import SessionSummary
from workout_shared.clock import Clock
from workout_shared.unset import UNSET, Unset, given


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteSession(Command[Document]):
    """Answers with the session; its workout stays in progress."""

    session_id: UUID
    summary: SessionSummary
    time_zone: str | Unset = UNSET
    bodyweight: LoadChange = AS_IT_IS
    expected_revision: int | None = None


class CompleteSessionHandler:
    """Ends the caller's own session."""

    def __init__(
        self,
        scales: Scales,
        journal: SessionJournal,
        snapshots: SessionSnapshots,
        clock: Clock,
    ) -> None:
        self._scales, self._journal, self._snapshots = scales, journal, snapshots
        self._clock = clock

    async def handle(self, command: CompleteSession, actor: Actor) -> Document:
        """End it."""
        session = await self._scales.session(actor, command.session_id, command.bodyweight)
        expect_revision(session, command.expected_revision)
        now = self._clock.now()
        await self._scales.weigh(session, command.bodyweight, actor, at=now)
        session.move_to(given(command.time_zone, session.time_zone), at=now)
        session.complete(command.summary, at=now)
        await announce_completion(self._journal, session, at=now)
        return await self._snapshots.of(session.id)
