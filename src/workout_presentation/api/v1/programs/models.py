"""What clients send about rules, training maxes and dry runs."""

from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StringConstraints

from workout_application.messaging.actor import Actor
from workout_application.programs.commands.accept_training_max import AcceptTrainingMax
from workout_application.programs.commands.change_progression_rule import ChangeProgressionRule
from workout_application.programs.commands.override_progression import OverrideProgression
from workout_application.programs.commands.set_progression_rule import SetProgressionRule
from workout_application.programs.commands.set_training_max import SetTrainingMax
from workout_application.programs.commands.simulate_progression import SimulateProgression
from workout_application.programs.commands.simulate_progression_rule import (
    SimulateProgressionRule,
)
from workout_application.programs.ports import RuleFilter, TrainingMaxFilter
from workout_application.programs.queries.list_current_training_maxes import (
    ListCurrentTrainingMaxes,
)
from workout_application.programs.queries.list_progression_applications import (
    ListProgressionApplications,
)
from workout_application.programs.queries.list_progression_rules import ListProgressionRules
from workout_application.programs.queries.list_training_maxes import ListTrainingMaxes
from workout_domain.kernel.guards import required_text
from workout_domain.kernel.load import Load, MeasurementUnit
from workout_domain.programs.loading import LoadKind, converted
from workout_domain.programs.performance import Performance, Work
from workout_domain.programs.rule import LONGEST_REASON
from workout_domain.programs.training_max import LONGEST_NOTE, TrainingMaxReason
from workout_presentation.api.fields import (
    Body,
    Count,
    Day,
    Effort,
    Number,
    Weight,
    by_rule,
)
from workout_presentation.api.lists import CursorQuery
from workout_presentation.api.v1.programs.parameter_models import ParametersBody
from workout_shared.pages import (
    DEFAULT_PAGE_SIZE,
    LARGEST_PAGE,
    MAXIMUM_PAGE_SIZE,
    PageRequest,
)

MOST_SESSIONS = 200
MOST_WORKS = 50
Note = Annotated[str, StringConstraints(max_length=LONGEST_NOTE)]
Why = Annotated[
    str,
    StringConstraints(max_length=LONGEST_REASON),
    by_rule(lambda text: required_text(text, field="reason", longest=LONGEST_REASON)),
    Field(examples=["Her knee hurts; light until Friday."]),
]
Maximum = Annotated[
    Decimal, Field(gt=0, le=Decimal("9999.999"), max_digits=7, decimal_places=3), Number
]


def unit_of(said: MeasurementUnit | None, actor: Actor) -> MeasurementUnit:
    """Return the unit of a figure: the one said, or the one the caller prefers."""
    return said or MeasurementUnit(actor.preferred_unit)


class SetRuleBody(Body):
    """A rule for an exercise; without `athlete_id` it is your own."""

    exercise_id: UUID
    parameters: ParametersBody
    athlete_id: UUID | None = None
    note: Note | None = None

    def to_command(self, actor: Actor) -> SetProgressionRule:
        """Make the command."""
        return SetProgressionRule(
            exercise_id=self.exercise_id,
            parameters=self.parameters.parameters(actor),
            athlete_id=self.athlete_id,
            note=self.note,
        )


class ChangeRuleBody(Body):
    """All the rule says from now on."""

    parameters: ParametersBody
    note: Note | None = None

    def to_command(
        self, rule_id: UUID, expected_revision: int | None, actor: Actor
    ) -> ChangeProgressionRule:
        """Make the command."""
        return ChangeProgressionRule(
            rule_id=rule_id,
            parameters=self.parameters.parameters(actor),
            note=self.note,
            expected_revision=expected_revision,
        )


class OverrideBody(Body):
    """What is lifted next, and why."""

    load: Weight = Field(examples=[60])
    unit: MeasurementUnit | None = Field(None, description="Default: the unit you prefer.")
    reason: Why

    def to_command(
        self, rule_id: UUID, expected_revision: int | None, actor: Actor
    ) -> OverrideProgression:
        """Make the command."""
        return OverrideProgression(
            rule_id=rule_id,
            load=Load(self.load, unit_of(self.unit, actor)),
            reason=self.reason,
            expected_revision=expected_revision,
        )


class AcceptTrainingMaxBody(Body):
    """Which proposal is accepted (default: the one that waits), and from when on it holds."""

    application_id: UUID | None = None
    effective_from: Day | None = Field(
        None, description="Default: the athlete's present local day."
    )
    note: Note | None = None

    def to_command(self, rule_id: UUID) -> AcceptTrainingMax:
        """Make the command."""
        return AcceptTrainingMax(
            rule_id=rule_id,
            application_id=self.application_id,
            effective_from=self.effective_from,
            note=self.note,
        )


class TrainingMaxBody(Body):
    """A training max; without `athlete_id` it is your own."""

    exercise_id: UUID
    value: Maximum = Field(examples=[140])
    unit: MeasurementUnit | None = Field(None, description="Default: the unit you prefer.")
    # What a rule proposed is accepted at the rule, and not said here.
    reason: Literal[
        TrainingMaxReason.TESTED, TrainingMaxReason.ESTIMATED, TrainingMaxReason.MANUAL
    ] = TrainingMaxReason.MANUAL
    athlete_id: UUID | None = None
    effective_from: Day | None = Field(
        None, description="Default: the athlete's present local day."
    )
    note: Note | None = None

    def to_command(self, actor: Actor) -> SetTrainingMax:
        """Make the command."""
        return SetTrainingMax(
            exercise_id=self.exercise_id,
            load=Load(self.value, unit_of(self.unit, actor)),
            reason=self.reason,
            athlete_id=self.athlete_id,
            effective_from=self.effective_from,
            note=self.note,
        )


class SupposedSetBody(Body):
    """One set that is supposed to be done."""

    weight: Weight | None = Field(None, examples=[80])
    unit: MeasurementUnit | None = Field(None, description="Default: that of the rule.")
    reps: Count = Field(examples=[5], description="Successful repetitions.")
    failed_reps: Count = 0
    rpe: Effort | None = None
    is_warm_up: StrictBool = False
    side: Literal["left", "right"] | None = None
    bodyweight: Weight | None = Field(
        None, description="The part of the body weight that is moved, in `unit`."
    )

    def work(self, number: int, unit: MeasurementUnit) -> Work:
        """Read it."""
        own, body = self.unit or unit, self.bodyweight
        return Work(
            number=number,
            weight=self.weight,
            unit=own,
            reps=self.reps,
            failed_reps=self.failed_reps,
            rpe=self.rpe,
            side=self.side,
            body_kg=None if body is None else converted(body, own, MeasurementUnit.KILOGRAMS),
            ignored="warm_up" if self.is_warm_up else None,
        )


class SupposedSessionBody(Body):
    """One session that is supposed to happen."""

    sets: Annotated[list[SupposedSetBody], Field(min_length=1, max_length=MOST_WORKS)]

    def performance(self, unit: MeasurementUnit) -> Performance:
        """Read it; sets that say no unit have the one given."""
        works = (one.work(number, unit) for number, one in enumerate(self.sets, start=1))
        return Performance(works=tuple(works))


class SupposedMaxBody(Body):
    """A training max that is supposed to be set."""

    value: Maximum = Field(examples=[100])
    unit: MeasurementUnit | None = Field(None, description="Default: that of the rule.")


Sessions = Annotated[list[SupposedSessionBody], Field(min_length=1, max_length=MOST_SESSIONS)]


class SimulateRuleBody(Body):
    """Sessions a rule is tried on, from where it stands."""

    performances: Sessions
    unit: MeasurementUnit | None = Field(
        None, description="Of sets that say none; default: the unit you prefer."
    )
    training_max: SupposedMaxBody | None = Field(
        None, description="Default: the athlete's present one."
    )
    accept_proposals: StrictBool = Field(
        False, description="Whether each training max that is proposed is taken at once."
    )

    def to_command(self, rule_id: UUID, actor: Actor) -> SimulateProgressionRule:
        """Make the command."""
        unit = unit_of(self.unit, actor)
        return SimulateProgressionRule(
            rule_id=rule_id,
            performances=tuple(one.performance(unit) for one in self.performances),
            training_max=_load(self.training_max, unit),
            accepts_proposals=self.accept_proposals,
        )


class SimulateBody(Body):
    """A rule that is not set, and the sessions it is tried on."""

    parameters: ParametersBody
    performances: Sessions
    load_kind: LoadKind = LoadKind.EXTERNAL
    training_max: SupposedMaxBody | None = None
    accept_proposals: StrictBool = Field(
        False, description="Whether each training max that is proposed is taken at once."
    )

    def to_command(self, actor: Actor) -> SimulateProgression:
        """Make the command."""
        parameters = self.parameters.parameters(actor)
        return SimulateProgression(
            parameters=parameters,
            performances=tuple(one.performance(parameters.unit) for one in self.performances),
            load_kind=self.load_kind,
            training_max=_load(self.training_max, parameters.unit),
            accepts_proposals=self.accept_proposals,
        )


def _load(said: SupposedMaxBody | None, unit: MeasurementUnit) -> Load | None:
    return None if said is None else Load(said.value, said.unit or unit)


class RuleListQuery(BaseModel):
    """Which rules are asked for, and which page of them."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    athlete_id: UUID | None = Field(None, description="Only those of this athlete.")
    exercise_id: UUID | None = Field(None, description="Only those for this exercise.")
    page: int = Field(1, ge=1, le=LARGEST_PAGE)
    page_size: int = Field(DEFAULT_PAGE_SIZE, ge=1, le=MAXIMUM_PAGE_SIZE)
    sort: Literal["created_at", "-created_at", "updated_at", "-updated_at"] = "-created_at"

    def to_query(self) -> ListProgressionRules:
        """Make the query."""
        return ListProgressionRules(
            where=RuleFilter(athlete_id=self.athlete_id, exercise_id=self.exercise_id),
            page=PageRequest(page=self.page, page_size=self.page_size, sort=self.sort),
        )


class ApplicationListQuery(CursorQuery):
    """Where to go on in a rule's history."""

    with_superseded: bool = Field(
        False, description="Also entries that a newer evaluation took the place of."
    )

    def to_query(self, rule_id: UUID) -> ListProgressionApplications:
        """Make the query."""
        return ListProgressionApplications(
            rule_id=rule_id, request=self.cursor_request(), with_superseded=self.with_superseded
        )


class TrainingMaxListQuery(CursorQuery):
    """Which training maxes are asked for, and where to go on."""

    athlete_id: UUID | None = Field(None, description="Only those of this athlete.")
    exercise_id: UUID | None = Field(None, description="Only those for this exercise.")

    def to_query(self) -> ListTrainingMaxes:
        """Make the query."""
        return ListTrainingMaxes(
            where=TrainingMaxFilter(athlete_id=self.athlete_id, exercise_id=self.exercise_id),
            request=self.cursor_request(),
        )


class CurrentMaxQuery(BaseModel):
    """Whose training maxes are asked for, and of which exercise."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    athlete_id: UUID | None = Field(None, description="Default: yourself.")
    exercise_id: UUID | None = Field(None, description="Only that of this exercise.")

    def to_query(self) -> ListCurrentTrainingMaxes:
        """Make the query."""
        return ListCurrentTrainingMaxes(athlete_id=self.athlete_id, exercise_id=self.exercise_id)
