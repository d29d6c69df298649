"""What an athlete weighs in a session, told while it runs or when it ends."""

from datetime import datetime
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.training.loads import AS_IT_IS, LoadChange
from workout_application.training.ports import SetHistory
from workout_domain.training.repositories import WorkoutSessionRepository
from workout_domain.training.workout_session import WorkoutSession


class Scales:
    """Changes what the athlete of a session weighed, and keeps what its sets said before."""

    def __init__(self, sessions: WorkoutSessionRepository, history: SetHistory) -> None:
        self._sessions, self._history = sessions, history

    async def session(self, actor: Actor, session_id: UUID, change: LoadChange) -> WorkoutSession:
        """Return the caller's session; with its sets only where another weight changes them."""
        if change == AS_IT_IS:
            return await self._sessions.own(actor.id, session_id)
        return await self._sessions.own_with_sets(actor.id, session_id)

    async def weigh(
        self, session: WorkoutSession, change: LoadChange, actor: Actor, *, at: datetime
    ) -> None:
        """Change the weight where that was said; the session's next event tells of it."""
        if change == AS_IT_IS:
            return
        bodyweight = change.applied_to(session.bodyweight, preferred=actor.preferred_unit)
        session.weigh_in(bodyweight, at=at)
        await self._history.keep_bodies(
            session.id, sequence=session.sequence + 1, by=actor.id, at=at
        )
