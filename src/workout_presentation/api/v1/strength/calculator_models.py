"""What clients send to the calculators of maxima and points."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from workout_application.messaging.actor import Actor
from workout_application.strength.estimating import LiftedSet
from workout_application.strength.queries.estimate_one_rep_max import EstimateOneRepMax
from workout_application.strength.queries.score_points import ScorePoints
from workout_application.strength.queries.suggest_one_rep_maxes import (
    LONGEST_DAYS,
    RECENT_DAYS,
    SuggestOneRepMaxes,
)
from workout_application.training.commands.save_estimate_as_session import (
    SaveEstimateAsSession,
)
from workout_domain.kernel.errors import Invalid
from workout_domain.kernel.formulas.effort import HIGHEST_RPE, MOST_COLUMNS, RTS, EffortChart
from workout_domain.kernel.formulas.one_rep_max import MOST_REPETITIONS
from workout_domain.kernel.load import LARGEST_LOAD, MeasurementUnit
from workout_domain.strength.coefficients import LiftingEquipment, LiftingEvent, Sex
from workout_domain.training.estimate import EstimatedSingle, SourceSet
from workout_presentation.api.fields import (
    Body,
    ClientId,
    Effort,
    Instant,
    LongText,
    Name,
    Number,
    RepsLeft,
    RuledBody,
    TimeZone,
    Weight,
)
from workout_presentation.api.lists import Moment, ending, starting

PositiveWeight = Annotated[
    Decimal, Field(gt=0, le=LARGEST_LOAD, max_digits=7, decimal_places=3), Number
]
SignedWeight = Annotated[
    Decimal, Field(ge=-LARGEST_LOAD, le=LARGEST_LOAD, max_digits=7, decimal_places=3), Number
]
Repetitions = Annotated[int, Field(ge=1, le=MOST_REPETITIONS), Number]
Share = Annotated[Decimal, Field(ge=0, le=1, max_digits=4, decimal_places=3), Number]
Percentage = Annotated[Decimal, Field(gt=0, le=100, max_digits=6, decimal_places=3), Number]
Choice = Literal[
    "median", "average", "brzycki", "epley", "lander", "lombardi", "mayhew", "oconner", "wathan"
]
Row = Annotated[list[Percentage], Field(min_length=1, max_length=MOST_COLUMNS)]
ChartText = Annotated[str, StringConstraints(min_length=1, max_length=50, strip_whitespace=True)]


def unit_of(unit: MeasurementUnit | None, actor: Actor) -> MeasurementUnit:
    """Return the unit of a request; a bare figure is in the one the caller prefers."""
    return unit or MeasurementUnit(actor.preferred_unit)


class ChartBody(Body):
    """An athlete's own chart of effort: percentages at RPE 10 and 9.5 for 1, 2, 3 … repetitions."""

    name: ChartText = "own"
    version: ChartText = "1"
    at_10: Row = Field(examples=[[100, 95.5, 92.2, 89.2, 86.3]])
    at_9_5: Row = Field(examples=[[97.8, 93.9, 90.7, 87.8, 85]])

    def chart(self) -> EffortChart:
        """
        Read the chart.

        Raises:
            Invalid: the rows are of different lengths, or do not fall.
        """
        return EffortChart(
            name=self.name,
            version=self.version,
            at_10=tuple(self.at_10),
            at_9_5=tuple(self.at_9_5),
        )


class EffortBody(RuledBody):
    """How hard a set was, and what of the body it moved."""

    unit: MeasurementUnit | None = Field(
        None, description="Default: the unit you prefer.", examples=["kilograms"]
    )
    rpe: Effort | None = Field(None, description="The formulas count what was left as done.")
    rir: RepsLeft | None = Field(None, description="Repetitions left; says the same as `rpe`.")
    bodyweight: PositiveWeight | None = Field(
        None, description="Of a lift that moves the body, in `unit`."
    )
    bodyweight_share: Share | None = Field(
        None, description="How much of the body weight the exercise moves; default: all of it."
    )

    @classmethod
    def broken_rules(cls, sent: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
        """Each thing is said once, and something was lifted."""
        if sent.get("rpe") is not None and sent.get("rir") is not None:
            yield "rpe", "ambiguous", "Give rpe or rir, not both."
        weight = sent.get("weight")
        is_number = isinstance(weight, int | float) and not isinstance(weight, bool)
        if is_number and sent.get("bodyweight") is None and float(weight or 0) <= 0:
            yield "weight", "greater_than", "weight must be greater than 0."

    def body(self) -> Decimal:
        """Return what the body added to the weight."""
        if self.bodyweight is None:
            return Decimal(0)
        return self.bodyweight * (1 if self.bodyweight_share is None else self.bodyweight_share)

    def reserve(self) -> Decimal | None:
        """Return the repetitions left, however they were told."""
        return self.rir if self.rpe is None else HIGHEST_RPE - self.rpe


class OneRepMaxBody(EffortBody):
    """
    A set to estimate from, and perhaps the athlete's own chart of effort.

    With ``bodyweight``, ``weight`` is what was added to the body, negative where it assisted.
    """

    weight: SignedWeight = Field(examples=[100])
    reps: Repetitions = Field(examples=[5])
    chart: ChartBody | None = Field(None, description="Replaces the usual chart.")

    def to_query(self, actor: Actor) -> EstimateOneRepMax:
        """Make the query."""
        return EstimateOneRepMax(
            lifted=LiftedSet(
                weight=self.weight,
                unit=unit_of(self.unit, actor),
                reps=self.reps,
                body=self.body(),
            ),
            reserve=self.reserve(),
            chart=RTS if self.chart is None else self.chart.chart(),
        )


class SaveEstimateBody(EffortBody):
    """
    Which estimate of a set to keep, or a ``value`` that was computed before.

    Of a lift that moves the body, what may be added to it is kept.
    """

    exercise_id: UUID
    weight: SignedWeight | None = Field(None, examples=[100])
    reps: Repetitions | None = Field(None, examples=[5])
    value: PositiveWeight | None = Field(None, description="The estimate, instead of a set.")
    formula: Choice = Field(
        "median", description="Which of the estimates to keep, or whose `value` is."
    )
    name: Name = Field("Estimated one-rep max", description="What the session is called.")
    session_date: Instant | None = Field(None, description="Default: now.")
    time_zone: TimeZone | None = Field(None, examples=["Europe/Vienna"])
    notes: LongText | None = None
    client_generated_id: ClientId | None = None

    @classmethod
    def broken_rules(cls, sent: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
        """There is a set or a value."""
        yield from super().broken_rules(sent)
        of_set = ("weight", "reps", "rpe", "rir", "bodyweight", "bodyweight_share")
        if sent.get("value") is None:
            for name in ("weight", "reps"):
                if sent.get(name) is None:
                    yield name, "required", "Give weight and reps, or value."
            return
        for name in of_set:
            if sent.get(name) is not None:
                yield name, "ambiguous", f"Give value or {name}, not both."

    def to_command(self, actor: Actor) -> SaveEstimateAsSession:
        """Make the command."""
        return SaveEstimateAsSession(
            exercise_id=self.exercise_id,
            estimate=EstimatedSingle(
                choice=self.formula,
                unit=unit_of(self.unit, actor),
                value=self.value,
                source=self._source(),
            ),
            name=self.name,
            session_date=self.session_date,
            time_zone=self.time_zone,
            notes=self.notes,
            client_generated_id=self.client_generated_id,
        )

    def _source(self) -> SourceSet | None:
        if self.weight is None or self.reps is None:
            return None
        return SourceSet(
            weight=self.weight,
            reps=self.reps,
            body=self.body(),
            reserve=self.reserve() or Decimal(0),
        )


class PointsBody(Body):
    """A lifter and what they lifted: the total of three lifts, or the bench press alone."""

    sex: Sex = Field(examples=["male"])
    bodyweight: PositiveWeight = Field(examples=[93])
    total: Weight = Field(examples=[700])
    unit: MeasurementUnit | None = Field(
        None, description="Of both; default: the unit you prefer.", examples=["kilograms"]
    )
    equipment: LiftingEquipment = Field(LiftingEquipment.CLASSIC, examples=["classic"])
    event: LiftingEvent = Field(LiftingEvent.SBD, examples=["sbd"])

    def to_query(self, actor: Actor) -> ScorePoints:
        """Make the query."""
        return ScorePoints(
            sex=self.sex,
            bodyweight=self.bodyweight,
            total=self.total,
            unit=unit_of(self.unit, actor),
            equipment=self.equipment,
            event=self.event,
        )


class SuggestionsQuery(BaseModel):
    """Which sets count: those of the last days, or of a period."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    days: int | None = Field(
        None, ge=1, le=LONGEST_DAYS, description=f"The last days; default {RECENT_DAYS}."
    )
    from_date: Moment | None = None
    to_date: Moment | None = None
    exercise_id: UUID | None = Field(None, description="Only this exercise.")
    unit: MeasurementUnit | None = Field(None, description="Default: the unit you prefer.")

    def to_query(self, actor: Actor) -> SuggestOneRepMaxes:
        """
        Make the query.

        Raises:
            Invalid: both a number of days and a beginning were given.
        """
        if self.days is not None and self.from_date is not None:
            raise Invalid.field("/days", "ambiguous", "Give days or from_date, not both.")
        return SuggestOneRepMaxes(
            days=self.days or RECENT_DAYS,
            since=starting(self.from_date, actor),
            until=ending(self.to_date, actor),
            exercise_id=self.exercise_id,
            unit=self.unit,
        )
