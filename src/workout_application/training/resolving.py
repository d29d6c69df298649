"""Targets as a session has them: what its plan leaves open is asked of programs."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from workout_application.training.ports import PlannedLoads
from workout_domain.training.exercise_log import ExerciseLog
from workout_domain.training.resolving import ExerciseLoads, is_open, resolved
from workout_domain.training.session_time import SessionTime
from workout_domain.training.targets import SetTarget
from workout_domain.training.workout import Workout


class TargetResolver:
    """Asks once for a whole workout, and not at all where it leaves no weight open."""

    def __init__(self, loads: PlannedLoads) -> None:
        self._loads = loads

    async def targets(
        self, workout: Workout, athlete_id: UUID, when: SessionTime
    ) -> Mapping[UUID, Sequence[SetTarget]]:
        """Return what each set of each exercise is to be when a session begins."""
        planned = workout.planned_targets()
        percentages = {
            exercise_id: _percentages(targets)
            for exercise_id, targets in planned.items()
            if any(is_open(one) for one in targets)
        }
        if not percentages:
            return planned
        found = await self._loads.of(athlete_id, percentages, on=when.local_date, at=when.place)
        drops = workout.planned_drops()
        return {
            exercise_id: _resolved(
                targets,
                found.by_exercise.get(exercise_id, ExerciseLoads()),
                found.unjudged_types,
                drops.get(exercise_id, ()),
            )
            for exercise_id, targets in planned.items()
        }

    async def resolve_percentages(
        self, log: ExerciseLog, athlete_id: UUID, when: SessionTime
    ) -> None:
        """Let percentages in a session become weights of the exercise's own training max."""
        percentages = _percentages([one for one in log.targets or () if is_open(one)])
        if percentages:
            asked = {log.exercise_id: percentages}
            found = await self._loads.of(athlete_id, asked, on=when.local_date, at=when.place)
            log.resolve_percentages(found.by_exercise[log.exercise_id].of_percentages)


def _percentages(targets: Sequence[SetTarget]) -> set[Decimal]:
    said = (one.percent_of_training_max for one in targets)
    return {percentage for percentage in said if percentage is not None}


def _resolved(
    targets: Sequence[SetTarget],
    loads: ExerciseLoads,
    unjudged_types: Collection[str],
    drops: Collection[int],
) -> Sequence[SetTarget]:
    """Resolve targets; a rule judges sets of repetitions that are neither warm-ups nor drops."""
    return resolved(
        targets,
        loads,
        lambda one: (
            one.asks_for_repetitions
            and one.set_type not in unjudged_types
            and one.number not in drops
        ),
    )
