"""What clients send about progression rules: their parameters, as data."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any, Final

from pydantic import ConfigDict, Field, JsonValue, StrictBool

from workout_application.messaging.actor import Actor
from workout_domain.kernel.load import MeasurementUnit
from workout_domain.programs import parameters as domain
from workout_domain.programs.loading import STEPS, Loading, RoundingMode
from workout_domain.programs.parameters import (
    MOST_DAYS,
    MOST_REPS,
    MOST_SETS,
    MOST_TIMES,
    MOST_WEEKS,
    Deload,
    Parameters,
    PercentageSet,
    RuleKind,
    TrainingDay,
    TrainingWeek,
)
from workout_presentation.api.fields import (
    Body,
    BrokenRule,
    Effort,
    Number,
    RuledBody,
    Weight,
    by_pointer,
)

Repetitions = Annotated[int, Field(ge=1, le=MOST_REPS), Number]
Sets = Annotated[int, Field(ge=1, le=MOST_SETS), Number]
Times = Annotated[int, Field(ge=1, le=MOST_TIMES), Number]
Percent = Annotated[Decimal, Field(ge=Decimal("0.1"), le=200, decimal_places=1), Number]
Share = Annotated[Decimal, Field(ge=Decimal("0.1"), le=90, decimal_places=1), Number]
Increment = Annotated[Decimal, Field(gt=0, le=100, decimal_places=3), Number]
Amount = Annotated[Decimal, Field(gt=0, le=Decimal("9999.999"), decimal_places=3), Number]

_LINEAR: Final[dict[str, JsonValue]] = {
    "kind": "linear",
    "unit": "kilograms",
    "start": 80,
    "sets": 5,
    "reps": 5,
    "increment": 2.5,
    "rounding": {"step": 2.5, "mode": "nearest"},
    "minimum": 20,
    "deload": {"after_failures": 3, "percent": 10},
}


class RoundingBody(Body):
    """To which multiples loads are rounded."""

    step: Increment = Field(examples=[2.5])
    mode: RoundingMode = RoundingMode.NEAREST


class DeloadBody(RuledBody):
    """What is taken off after so many failures: a percentage or an amount."""

    after_failures: Times = Field(examples=[3])
    percent: Share | None = Field(None, examples=[10])
    amount: Amount | None = None
    reset_on_success: StrictBool = Field(
        True, description="Whether a success forgets the failures before it."
    )

    @classmethod
    def broken_rules(cls, sent: dict[str, Any]) -> Iterator[BrokenRule]:
        """Ask for one of the two."""
        yield from by_pointer(domain.deload_rules_broken_by(sent))

    def deload(self) -> Deload:
        """Read it."""
        return Deload(
            after_failures=self.after_failures,
            percent=self.percent,
            amount=self.amount,
            reset_on_success=self.reset_on_success,
        )


class PercentageSetBody(Body):
    """One set at a percentage of the training max."""

    percent: Percent = Field(examples=[85])
    reps: Repetitions = Field(examples=[5])
    is_amrap: StrictBool = Field(False, description="At least `reps`, as many as possible.")


class TrainingDayBody(Body):
    """The sets of one day of a cycle."""

    sets: Annotated[list[PercentageSetBody], Field(min_length=1, max_length=MOST_SETS)]

    def day(self) -> TrainingDay:
        """Read it."""
        sets = (PercentageSet(**dict(one)) for one in self.sets)
        return TrainingDay(sets=tuple(sets))


class TrainingWeekBody(Body):
    """The days of one week of a cycle on which the exercise is done."""

    days: Annotated[list[TrainingDayBody], Field(min_length=1, max_length=MOST_DAYS)]

    def week(self) -> TrainingWeek:
        """Read it."""
        return TrainingWeek(days=tuple(one.day() for one in self.days))


class ParametersBody(RuledBody):
    """
    All a rule says. `kind` tells which fields it needs and takes.

    `linear`: `start, sets, reps, increment`, perhaps `every_n_successes`. `double_progression`:
    `start, sets, reps_min, reps_max, increment`. `training_max_percentage`: `weeks`, perhaps
    `training_max_increment`. `rpe`: `start, sets, reps, target_rpe`, perhaps `step_cap`.
    """

    # Made from the fields, an example would hold those of all kinds at once.
    model_config = ConfigDict(json_schema_extra={"examples": [_LINEAR]})

    kind: RuleKind
    unit: MeasurementUnit | None = Field(
        None, description="Of every load here; default: the unit you prefer."
    )
    start: Weight | None = None
    sets: Sets | None = None
    reps: Repetitions | None = None
    reps_min: Repetitions | None = None
    reps_max: Repetitions | None = None
    increment: Increment | None = None
    every_n_successes: Times | None = None
    target_rpe: Effort | None = None
    step_cap: Amount | None = Field(None, description="The most a load changes in one session.")
    weeks: Annotated[list[TrainingWeekBody], Field(min_length=1, max_length=MOST_WEEKS)] | None = (
        None
    )
    training_max_increment: Increment | None = Field(
        None, description="What is proposed on top of the training max after a good cycle."
    )
    rounding: RoundingBody | None = Field(
        None, description="Default: to the nearest 2.5 kilograms or 5 pounds."
    )
    minimum: Weight | None = None
    maximum: Weight | None = None
    deload: DeloadBody | None = None

    @classmethod
    def broken_rules(cls, sent: dict[str, Any]) -> Iterator[BrokenRule]:
        """Ask for what the kind needs, for nothing else, and for figures that go together."""
        yield from by_pointer(domain.rules_broken_by(sent))

    def parameters(self, actor: Actor) -> Parameters:
        """Read them; without a unit they are in the one the caller prefers."""
        alike = ("start", "sets", "reps", "reps_min", "reps_max", "increment", "every_n_successes")
        further = ("target_rpe", "step_cap", "training_max_increment")
        return Parameters(
            kind=self.kind,
            loading=self._loading(self.unit or MeasurementUnit(actor.preferred_unit)),
            weeks=None if self.weeks is None else tuple(one.week() for one in self.weeks),
            deload=None if self.deload is None else self.deload.deload(),
            **{name: getattr(self, name) for name in (*alike, *further)},
        )

    def _loading(self, unit: MeasurementUnit) -> Loading:
        given: dict[str, Any] = {
            name: value
            for name, value in (("minimum", self.minimum), ("maximum", self.maximum))
            if value is not None
        }
        rounding = self.rounding or RoundingBody(step=STEPS[unit])
        return Loading(unit=unit, step=rounding.step, rounding=rounding.mode, **given)
