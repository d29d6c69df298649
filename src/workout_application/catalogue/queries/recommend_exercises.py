"""Somebody asks which exercises suit a workout, by what the athlete did lately."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from workout_application.catalogue.ports import CatalogueReader, HistoryOf, PractisedExercise
from workout_application.catalogue.views import RecommendedExerciseView
from workout_application.messaging.actor import Actor
from workout_application.messaging.coach_access import (
    VIEW_SESSIONS,
    CoachGuard,
    Subject,
    Touched,
)
from workout_application.messaging.messages import Query, requires, signed_in
from workout_domain.catalogue.recommending import (
    HISTORY_DAYS,
    Candidate,
    Recommendation,
    TrainingGoal,
    categories_for,
    recommend,
)
from workout_domain.kernel.access import AthleteNotFound
from workout_shared.clock import Clock

_READ: Final = Touched(subject=Subject.SESSION_LIST, operation="recommend_exercises")


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendExercises(Query[list[RecommendedExerciseView]]):
    """Best first; for the caller where no athlete is named."""

    goal: TrainingGoal
    athlete_id: UUID | None = None
    limit: int


class RecommendExercisesHandler:
    """Ranks what the caller may use; a coach needs the scope to see sessions."""

    def __init__(self, catalogue: CatalogueReader, guard: CoachGuard, clock: Clock) -> None:
        self._catalogue, self._guard, self._clock = catalogue, guard, clock

    async def handle(
        self, query: RecommendExercises, actor: Actor
    ) -> list[RecommendedExerciseView]:
        """Read the candidates with their history, and rank them."""
        now = self._clock.now()
        history = await self._history(query.athlete_id, actor, now - timedelta(days=HISTORY_DAYS))
        practised = await self._catalogue.practised(
            categories_for(query.goal), history, visible_to=actor
        )
        if history.athlete_id is not None:
            self._guard.note_read(actor, history.athlete_id, _READ)
        by_id = {one.exercise.id: one for one in practised}
        ranked = recommend(
            query.goal, [_candidate(one, now) for one in practised], most=query.limit
        )
        return [_shown(by_id[one.exercise_id], one) for one in ranked]

    async def _history(self, athlete_id: UUID | None, actor: Actor, since: datetime) -> HistoryOf:
        if athlete_id is None or athlete_id == actor.athlete_profile_id:
            return HistoryOf(user_id=actor.id, since=since)
        if not actor.is_admin:
            unknown = AthleteNotFound("No such athlete.")
            await self._guard.admit_reader(actor, athlete_id, VIEW_SESSIONS, unknown=unknown)
        return HistoryOf(athlete_id=athlete_id, since=since)


def _candidate(one: PractisedExercise, now: datetime) -> Candidate:
    last = one.last_performed_at
    return Candidate(
        exercise_id=one.exercise.id,
        name=one.exercise.name,
        category=one.exercise.category,
        movement_pattern=one.exercise.movement_pattern,
        is_active=one.exercise.is_active,
        sessions=one.sessions,
        days_ago=None if last is None else max((now - last).days, 0),
    )


def _shown(one: PractisedExercise, why: Recommendation) -> RecommendedExerciseView:
    return RecommendedExerciseView(
        **asdict(one.exercise),
        score=why.score,
        reasons=list(why.reasons),
        sessions=one.sessions,
        last_performed_at=one.last_performed_at,
    )
