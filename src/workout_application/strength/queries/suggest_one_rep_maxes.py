"""Somebody asks what they could lift once in each exercise, by their best recent sets."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, requires, signed_in
from workout_application.strength.estimating import LiftedSet, by_chart, one_rep_max
from workout_application.strength.ports import BestSet, BestSets
from workout_application.strength.views import SourceSetView, SuggestionView
from workout_domain.kernel.errors import Invalid
from workout_domain.kernel.formulas.effort import HIGHEST_RPE, RTS
from workout_domain.kernel.formulas.one_rep_max import MOST_REPETITIONS, median_factor
from workout_domain.kernel.load import KILOGRAMS_PER_POUND, MeasurementUnit
from workout_shared.clock import Clock

RECENT_DAYS: Final = 30
LONGEST_DAYS: Final = 365


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestOneRepMaxes(Query[list[SuggestionView]]):
    """
    Answers with one suggestion per exercise, by its name.

    The period is the last ``days``, unless ``since`` and ``until`` say another; ``unit`` None is
    the unit the caller prefers.
    """

    days: int = RECENT_DAYS
    since: datetime | None = None
    until: datetime | None = None
    exercise_id: UUID | None = None
    unit: MeasurementUnit | None = None


class SuggestOneRepMaxesHandler:
    """One statement, however much was lifted."""

    def __init__(self, sets: BestSets, clock: Clock) -> None:
        self._sets, self._clock = sets, clock

    async def handle(self, query: SuggestOneRepMaxes, actor: Actor) -> list[SuggestionView]:
        """Suggest them."""
        until = query.until or self._clock.now()
        since = query.since or until - timedelta(days=query.days)
        _refuse_unless_bounded(since, until)
        found = await self._sets.of(
            actor.id,
            factors=[median_factor(reps) for reps in range(1, MOST_REPETITIONS + 1)],
            since=since,
            until=until,
            exercise_id=query.exercise_id,
        )
        unit = query.unit or MeasurementUnit(actor.preferred_unit)
        return [_suggestion(best, unit) for best in found]


def _refuse_unless_bounded(since: datetime, until: datetime) -> None:
    # One day more, so that a year of whole local days fits.
    if not timedelta() <= until - since <= timedelta(days=LONGEST_DAYS + 1):
        raise Invalid.field(
            "/from_date", "out_of_range", f"The period may have up to {LONGEST_DAYS} days."
        )


def _suggestion(best: BestSet, unit: MeasurementUnit) -> SuggestionView:
    lifted = LiftedSet(
        weight=_in(unit, best.effective_kg - best.body_kg),
        unit=unit,
        reps=best.reps,
        body=_in(unit, best.body_kg),
    )
    reserve = HIGHEST_RPE - best.rpe if best.rpe is not None else best.rir
    return SuggestionView(
        exercise_id=best.exercise_id,
        exercise_name=best.exercise_name,
        source_set=SourceSetView(
            set_id=best.set_id,
            session_id=best.session_id,
            performed_at=best.performed_at,
            weight=best.weight,
            unit=best.unit,
            reps=best.reps,
            rpe=best.rpe,
            rir=best.rir,
        ),
        # The formulas see what was done; only the chart reads what was left.
        one_rep_max=one_rep_max(
            lifted, chart=None if reserve is None else by_chart(lifted, reserve, RTS)
        ),
    )


def _in(unit: MeasurementUnit, kilograms: Decimal) -> Decimal:
    return kilograms / KILOGRAMS_PER_POUND if unit is MeasurementUnit.POUNDS else kilograms
