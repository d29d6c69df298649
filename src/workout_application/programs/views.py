"""Rules, training maxes and explanations as clients see them."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from workout_domain.programs.history import Entry
from workout_domain.programs.loading import RoundingMode
from workout_domain.programs.parameters import Deload, Parameters, RuleKind, TrainingWeek
from workout_domain.programs.reckoning import Reckoning
from workout_domain.programs.rule import ProgressionRule
from workout_domain.programs.steps import AskedSet, Finding, State, Step
from workout_domain.programs.supposing import Supposed
from workout_domain.programs.training_max import TrainingMax


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundingView:
    """To which multiples loads are rounded."""

    step: Decimal
    mode: RoundingMode


@dataclass(frozen=True, slots=True, kw_only=True)
class ParametersView:
    """All a rule says, as it is sent; what is not of its kind is null."""

    kind: RuleKind
    unit: str
    start: Decimal | None
    sets: int | None
    reps: int | None
    reps_min: int | None
    reps_max: int | None
    increment: Decimal | None
    every_n_successes: int | None
    target_rpe: Decimal | None
    step_cap: Decimal | None
    weeks: tuple[TrainingWeek, ...] | None
    training_max_increment: Decimal | None
    rounding: RoundingView
    minimum: Decimal
    maximum: Decimal
    deload: Deload | None

    @classmethod
    def of(cls, parameters: Parameters) -> "ParametersView":
        """Show parameters."""
        loading = parameters.loading
        return cls(
            kind=parameters.kind,
            unit=loading.unit.value,
            start=parameters.start,
            sets=parameters.sets,
            reps=parameters.reps,
            reps_min=parameters.reps_min,
            reps_max=parameters.reps_max,
            increment=parameters.increment,
            every_n_successes=parameters.every_n_successes,
            target_rpe=parameters.target_rpe,
            step_cap=parameters.step_cap,
            weeks=parameters.weeks,
            training_max_increment=parameters.training_max_increment,
            rounding=RoundingView(step=loading.step, mode=loading.rounding),
            minimum=loading.minimum,
            maximum=loading.maximum,
            deload=parameters.deload,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class StateView:
    """Where a rule stands: its load in the rule's unit, or its place in the cycle."""

    load: Decimal | None
    successes: int
    failures: int
    week: int | None
    day: int | None
    cycle: int | None

    @classmethod
    def of(cls, state: State, parameters: Parameters) -> "StateView":
        """Show where a rule with these parameters stands."""
        has_cycle = parameters.kind is RuleKind.TRAINING_MAX_PERCENTAGE
        return cls(
            load=state.once if has_cycle else state.load,
            successes=state.successes,
            failures=state.failures,
            week=state.week if has_cycle else None,
            day=state.day if has_cycle else None,
            cycle=state.cycle if has_cycle else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleView:
    """One progression rule: what it says, and where it stands."""

    id: UUID
    athlete_id: UUID
    exercise_id: UUID
    exercise_name: str
    load_kind: str
    version: int
    parameters: ParametersView
    state: StateView
    created_by: UUID
    created_at: datetime
    updated_at: datetime
    revision: int

    @classmethod
    def of(cls, rule: ProgressionRule, exercise_name: str) -> "RuleView":
        """Show a rule of a command."""
        return cls(
            id=rule.id,
            athlete_id=rule.athlete_id,
            exercise_id=rule.exercise_id,
            exercise_name=exercise_name,
            load_kind=rule.load_kind.value,
            version=rule.version,
            parameters=ParametersView.of(rule.parameters),
            state=StateView.of(rule.state, rule.parameters),
            created_by=rule.created_by,
            created_at=rule.created_at,
            updated_at=rule.updated_at,
            revision=rule.revision,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainStepView:
    """One step of a calculation: from the figure before it, by its operand, to the result."""

    operation: str
    what: str
    operand: Decimal
    result: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedSetView:
    """One set that is asked for, and how its load was worked out."""

    number: int
    load: Decimal | None
    reps: int
    reps_max: int | None
    is_amrap: bool
    percent: Decimal | None
    rpe: Decimal | None
    chain: list[ChainStepView]

    @classmethod
    def of(cls, asked: AskedSet) -> "AskedSetView":
        """Show a set."""
        return cls(
            number=asked.number,
            load=asked.load,
            reps=asked.reps,
            reps_max=asked.reps_max,
            is_amrap=asked.is_amrap,
            percent=asked.percent,
            rpe=asked.rpe,
            chain=chain_of(asked.reckoning),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """What a rule asks for; ``load`` is that of the heaviest set."""

    load: Decimal | None
    unit: str
    reason: str
    sentence: str
    training_max: Decimal | None
    week: int | None
    day: int | None
    cycle: int | None
    sets: list[AskedSetView]

    @classmethod
    def of(cls, step: Step) -> "StepView":
        """Show what is asked for."""
        return cls(
            load=step.load,
            unit=step.unit.value,
            reason=step.reason.value,
            sentence=step.sentence,
            training_max=step.training_max,
            week=step.week,
            day=step.day,
            cycle=step.cycle,
            sets=[AskedSetView.of(one) for one in step.sets],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """What a rule made of one set; ``ignored`` says why it did not count."""

    set_id: UUID | None
    number: int
    load: Decimal | None
    reps: int
    failed_reps: int
    rpe: Decimal | None
    ignored: str | None
    is_as_asked: bool
    estimate: Decimal | None

    @classmethod
    def of(cls, finding: Finding) -> "FindingView":
        """Show a finding."""
        return cls(
            set_id=finding.set_id,
            number=finding.number,
            load=finding.load,
            reps=finding.reps,
            failed_reps=finding.failed_reps,
            rpe=finding.rpe,
            ignored=finding.ignored,
            is_as_asked=finding.is_as_asked,
            estimate=finding.estimate,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationView:
    """
    One entry of a rule's history: what it looked at, before and after, and why.

    ``load``, ``by`` and ``note`` are of somebody's decision. An entry that a newer evaluation took
    the place of has ``superseded_at``.
    """

    id: UUID
    rule_id: UUID
    cause: str
    at: datetime
    version: int
    session_id: UUID | None
    workout_id: UUID | None
    outcome: str | None
    reason: str
    sentence: str
    unit: str
    before: StateView
    after: StateView
    sets: list[FindingView]
    chain: list[ChainStepView]
    training_max: Decimal | None
    proposed_training_max: Decimal | None
    accepted_training_max_id: UUID | None
    load: Decimal | None
    by: UUID | None
    note: str | None
    created_at: datetime
    superseded_at: datetime | None

    @classmethod
    def of(
        cls,
        entry: Entry,
        *,
        application_id: UUID,
        rule_id: UUID,
        accepted_training_max_id: UUID | None,
        created_at: datetime,
        superseded_at: datetime | None,
    ) -> "ApplicationView":
        """Show an entry as it is kept."""
        return cls(
            id=application_id,
            rule_id=rule_id,
            cause=entry.cause.value,
            at=entry.at,
            version=entry.version,
            session_id=entry.session_id,
            workout_id=entry.workout_id,
            outcome=None if entry.outcome is None else entry.outcome.value,
            reason=entry.reason.value,
            sentence=entry.sentence,
            unit=entry.parameters.unit.value,
            before=StateView.of(entry.before, entry.parameters),
            after=StateView.of(entry.after, entry.parameters),
            sets=[FindingView.of(one) for one in entry.findings],
            chain=chain_of(entry.reckoning),
            training_max=entry.training_max,
            proposed_training_max=entry.proposed_training_max,
            accepted_training_max_id=accepted_training_max_id,
            load=entry.load,
            by=entry.by,
            note=entry.note,
            created_at=created_at,
            superseded_at=superseded_at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingMaxView:
    """One entry of the history of training maxes."""

    id: UUID
    athlete_id: UUID
    exercise_id: UUID
    exercise_name: str
    value: Decimal
    unit: str
    effective_from: date
    reason: str
    note: str | None
    set_by: UUID
    rule_id: UUID | None
    application_id: UUID | None
    created_at: datetime

    @classmethod
    def of(cls, training_max: TrainingMax, exercise_name: str) -> "TrainingMaxView":
        """Show a training max of a command."""
        return cls(
            id=training_max.id,
            athlete_id=training_max.athlete_id,
            exercise_id=training_max.exercise_id,
            exercise_name=exercise_name,
            value=training_max.load.amount,
            unit=training_max.load.unit.value,
            effective_from=training_max.effective_from,
            reason=training_max.reason.value,
            note=training_max.note,
            set_by=training_max.by,
            rule_id=training_max.rule_id,
            application_id=training_max.application_id,
            created_at=training_max.created_at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SupposedView:
    """What a session of this outcome leads to."""

    outcome: str
    reason: str
    sentence: str
    load: Decimal | None
    unit: str
    proposed_training_max: Decimal | None

    @classmethod
    def of(cls, supposed: Supposed) -> "SupposedView":
        """Show what is supposed."""
        return cls(
            outcome=supposed.outcome.value,
            reason=supposed.advance.reason.value,
            sentence=supposed.advance.sentence,
            load=supposed.step.load,
            unit=supposed.step.unit.value,
            proposed_training_max=supposed.advance.proposed_training_max,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplanationView:
    """
    Why this is lifted next: the rule, the entries that led here, the calculation, and what else.

    ``last`` is the latest entry and ``last_session`` the latest of a session. ``otherwise`` tells
    what had followed had that session gone in another way, ``ahead`` what follows from the next.
    """

    rule_id: UUID
    athlete_id: UUID
    exercise_id: UUID
    exercise_name: str
    as_of: date
    version: int
    parameters: ParametersView
    state: StateView
    next: StepView
    sentence: str
    last: ApplicationView | None
    last_session: ApplicationView | None
    otherwise: list[SupposedView]
    ahead: list[SupposedView]
    training_max: TrainingMaxView | None
    proposal: ApplicationView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedView:
    """One supposed session: what was asked of it, how it went and what it led to."""

    number: int
    asked: StepView
    outcome: str
    reason: str
    sentence: str
    sets: list[FindingView]
    chain: list[ChainStepView]
    after: StateView
    proposed_training_max: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulationView:
    """A dry run: session by session, and what would be asked after the last."""

    sessions: list[SimulatedView]
    next: StepView
    training_max: Decimal | None


def chain_of(reckoning: Reckoning | None) -> list[ChainStepView]:
    """Show a calculation, step by step."""
    return [
        ChainStepView(
            operation=step.operation.value, what=step.what, operand=step.operand, result=step.result
        )
        for step in (reckoning.steps if reckoning is not None else ())
    ]
