"""
Which reports a change makes stale.

A report names what it depends on by tags: a person's sets, their sets of one exercise, their
sessions, plans or body. An event names the tags it bumps. So a set of one exercise outdates
nothing that shows another.
"""

from typing import Any, Final
from uuid import UUID

from workout_application.messaging.staleness import StaleBy

REPORTS: Final = "reports"
EXERCISES: Final = f"{REPORTS}:exercises"
"""What exercises are called and which muscles they train, in anybody's reports."""


def sets_of(user_id: UUID | str) -> str:
    """Name everything a person logged, of whatever exercise."""
    return f"{REPORTS}:{user_id}:sets"


def exercise_of(user_id: UUID | str, exercise_id: UUID) -> str:
    """Name what a person logged of one exercise; a session that goes takes its sets along."""
    return f"{REPORTS}:{user_id}:exercise.{exercise_id}"


def sessions_of(user_id: UUID | str) -> str:
    """Name a person's sessions: begun, ended, reopened, deleted. Every report of sets needs it."""
    return f"{REPORTS}:{user_id}:sessions"


def plans_of(athlete_id: UUID) -> str:
    """Name what an athlete is to do."""
    return f"{REPORTS}:{athlete_id}:plans"


def body_of(user_id: UUID | str) -> str:
    """Name what a person says of their body, which loads of bodyweight exercises depend on."""
    return f"{REPORTS}:{user_id}:body"


def roster_of(trainer_id: UUID) -> str:
    """Name what a trainer's athletes do in sessions the trainer planned, and who they are."""
    return f"{REPORTS}:{trainer_id}:roster"


def _by_set(event: Any) -> tuple[str, ...]:  # noqa: ANN401 - as in Rule
    # Written as text once: this is worked out for every set that anybody logs.
    user_id = str(event.user_id)
    tags = (sets_of(user_id), exercise_of(user_id, event.exercise_id))
    return tags if event.trainer_id is None else (*tags, roster_of(event.trainer_id))


def _by_session(event: Any) -> tuple[str, ...]:  # noqa: ANN401 - as in Rule
    tag = sessions_of(event.user_id)
    return (tag,) if event.trainer_id is None else (tag, roster_of(event.trainer_id))


def _by_plan(event: Any) -> tuple[str, ...]:  # noqa: ANN401 - as in Rule
    tag = roster_of(event.trainer_id)
    return (tag,) if event.athlete_id is None else (tag, plans_of(event.athlete_id))


def _by_assignment(event: Any) -> tuple[str, ...]:  # noqa: ANN401 - as in Rule
    before = event.previous_athlete_id
    return _by_plan(event) if before is None else (*_by_plan(event), plans_of(before))


def _by_relation(event: Any) -> tuple[str, ...]:  # noqa: ANN401 - as in Rule
    return (roster_of(event.trainer_id),)


def _by_transfer(event: Any) -> tuple[str, ...]:  # noqa: ANN401 - as in Rule
    return (roster_of(event.trainer_id), roster_of(event.new_trainer_id))


def _by_sessions_of(event: Any) -> tuple[str, ...]:  # noqa: ANN401 - as in Rule
    of_athletes = (sessions_of(user_id) for user_id in event.user_ids)
    return (*of_athletes, *(roster_of(trainer_id) for trainer_id in event.trainer_ids))


def _by_exercise(_event: Any) -> tuple[str, ...]:  # noqa: ANN401 - as in Rule
    return (EXERCISES,)


def _by_body(event: Any) -> tuple[str, ...]:  # noqa: ANN401 - as in Rule
    return (body_of(event.user_id),)


STALE_BY: Final[StaleBy] = {
    "workout.set.logged": _by_set,
    "workout.set.changed": _by_set,
    "workout.set.removed": _by_set,
    "workout.started": _by_session,
    "workout.progress.updated": _by_session,
    "workout.exercise.substituted": _by_session,
    "workout.completed": _by_session,
    "workout.session.reopened": _by_session,
    "workout.session.abandoned": _by_session,
    "workout.session.changed": _by_session,
    "workout.exercise.moved": _by_sessions_of,
    "workout.sets.recounted": _by_sessions_of,
    "workout.assigned": _by_assignment,
    "workout.plan.changed": _by_plan,
    "workout.plan.closed": _by_plan,
    "exercise.updated": _by_exercise,
    "coaching.athlete.updated": _by_body,
    "coaching.invitation.accepted": _by_relation,
    "coaching.relation.paused": _by_relation,
    "coaching.relation.resumed": _by_relation,
    "coaching.relation.ended": _by_relation,
    "coaching.relation.scopes_changed": _by_relation,
    "coaching.transfer.accepted": _by_transfer,
}
