"""Loads that progression rules and training maxes ask for, read from the tables of programs."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from workout_application.training.ports import ProgramLoads
from workout_domain.kernel.load import Load, MeasurementUnit
from workout_domain.programs.loading import LoadKind, converted
from workout_domain.programs.parameters import Parameters
from workout_domain.programs.planning import planned_share
from workout_domain.programs.prescribing import Scheme
from workout_domain.programs.steps import AskedSet, State, Step, StepReason
from workout_domain.training.progression import Progression
from workout_domain.training.resolving import ExerciseLoads, FoundLoad
from workout_infrastructure.persistence.programs.documents import read
from workout_infrastructure.persistence.programs.histories import LATEST_FIRST
from workout_infrastructure.persistence.unit_of_work import CurrentWork

# Where a rule stands at a moment is what its history says up to then; before it began, nowhere.
_LOADS: Final = f"""
SELECT e.id::text AS exercise_id, coalesce(r.load_kind, e.load_kind) AS load_kind,
    r.id::text AS rule_id, x.parameters, x.state, m.id::text AS training_max_id, m.value, m.unit,
    ARRAY(SELECT t.code FROM set_types t WHERE t.is_warm_up OR t.code = 'drop_set') AS unjudged
FROM exercises e
LEFT JOIN progression_rules r ON r.athlete_id = $1::uuid AND r.exercise_id = e.id
    AND r.deleted_at IS NULL
LEFT JOIN LATERAL (
    SELECT x.entry->>'parameters' AS parameters, x.entry->>'after' AS state
    FROM progression_applications x
    WHERE x.rule_id = r.id AND x.superseded_at IS NULL AND x.at <= $4::timestamptz
    ORDER BY {LATEST_FIRST} LIMIT 1) x ON true
LEFT JOIN LATERAL (
    SELECT m.id, m.value, m.unit FROM training_maxes m
    WHERE m.athlete_id = $1::uuid AND m.exercise_id = e.id AND m.deleted_at IS NULL
    AND m.effective_from <= $3::date
    ORDER BY m.effective_from DESC, m.created_at DESC, m.id DESC LIMIT 1) m ON true
WHERE e.id = ANY ($2::uuid[])
"""


class SqlPlannedLoads:
    """Asks for any number of exercises in one statement, inside the command in progress."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    async def of(
        self,
        athlete_id: UUID,
        percentages: Mapping[UUID, Collection[Decimal]],
        *,
        on: date,
        at: datetime,
    ) -> ProgramLoads:
        """Return what programs ask for of each exercise."""
        rows = await self._work().fetch(_LOADS, athlete_id, list(percentages), on, at)
        by_exercise = {}
        for row in rows:
            exercise_id = UUID(row["exercise_id"])
            by_exercise[exercise_id] = _loads(row, percentages[exercise_id])
        unjudged = {code for row in rows[:1] for code in row["unjudged"]}
        return ProgramLoads(by_exercise=by_exercise, unjudged_types=unjudged)


def _loads(row: Mapping[str, Any], percentages: Collection[Decimal]) -> ExerciseLoads:
    scheme, maximum = _scheme(row), _training_max(row)
    of_percentages = _of_percentages(row, percentages, scheme, maximum)
    if scheme is None:
        return ExerciseLoads(of_percentages=of_percentages)
    step = _step(scheme, row, maximum)
    in_turn = tuple(_of_rule(one, step, row) for one in step.sets)
    beyond = in_turn[-1] if step.is_straight else None
    return ExerciseLoads(of_percentages=of_percentages, in_turn=in_turn, beyond=beyond)


def _scheme(row: Mapping[str, Any]) -> Scheme | None:
    if row["parameters"] is None:
        return None
    parameters = read(Parameters, row["parameters"])
    return Scheme(parameters=parameters, load_kind=LoadKind(row["load_kind"]))


def _training_max(row: Mapping[str, Any]) -> Load | None:
    if row["training_max_id"] is None:
        return None
    return Load(row["value"], MeasurementUnit(row["unit"]))


def _step(scheme: Scheme, row: Mapping[str, Any], maximum: Load | None) -> Step:
    unit, figure = scheme.parameters.unit, None
    if maximum is not None:
        figure = converted(maximum.amount, maximum.unit, unit)
    return scheme.prescribe(read(State, row["state"]), figure)


def _of_rule(asked: AskedSet, step: Step, row: Mapping[str, Any]) -> FoundLoad | None:
    if asked.load is None:
        return None
    is_share = step.reason is StepReason.FROM_TRAINING_MAX
    progression = Progression(
        reason=step.reason.value,
        rule_id=UUID(row["rule_id"]),
        training_max_id=UUID(row["training_max_id"]) if is_share else None,
    )
    return FoundLoad(Load(asked.load, step.unit), progression)


def _of_percentages(
    row: Mapping[str, Any],
    percentages: Collection[Decimal],
    scheme: Scheme | None,
    maximum: Load | None,
) -> dict[Decimal, FoundLoad]:
    if maximum is None:
        return {}
    progression = Progression(
        reason=StepReason.FROM_TRAINING_MAX.value, training_max_id=UUID(row["training_max_id"])
    )
    kind, rule = LoadKind(row["load_kind"]), None if scheme is None else scheme.loading
    shares = {one: planned_share(maximum, one, kind=kind, rule=rule) for one in percentages}
    return {
        percent: FoundLoad(load, progression)
        for percent, load in shares.items()
        if load is not None
    }
