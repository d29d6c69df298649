"""What an athlete weighs in a session, told while it runs or when it ends."""

from datetime import datetime
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.training.loads import AS_IT_IS, LoadChange
from workout_domain.training.repositories import WorkoutSessionRepository
from workout_domain.training.workout_session import WorkoutSession


async def with_body(
    sessions: WorkoutSessionRepository, actor: Actor, session_id: UUID, change: LoadChange
) -> WorkoutSession:
    """Return the caller's session; with its sets only where another weight changes them."""
    if change == AS_IT_IS:
        return await sessions.own(actor.id, session_id)
    return await sessions.own_with_sets(actor.id, session_id)


def weigh_in(session: WorkoutSession, change: LoadChange, actor: Actor, *, at: datetime) -> None:
    """Change what the athlete weighed, where that was said."""
    if change != AS_IT_IS:
        bodyweight = change.applied_to(session.bodyweight, preferred=actor.preferred_unit)
        session.weigh_in(bodyweight, at=at)
