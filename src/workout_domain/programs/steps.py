"""What a rule asks for next, and where it stands."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from workout_domain.kernel.load import MeasurementUnit
from workout_domain.programs.reckoning import Reckoning


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """
    Where a rule stands; it follows from its history and from nothing else.

    ``load`` is what it goes on from, exact, in the rule's unit; a rule by percentages has none.
    ``week``, ``day`` and ``cycle`` count from 1 where there is a cycle. ``once`` is a load
    somebody set for the next session only, of a rule whose load is not its own.
    """

    load: Decimal | None = None
    successes: int = 0
    failures: int = 0
    week: int = 1
    day: int = 1
    cycle: int = 1
    cycle_failures: int = 0
    once: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedSet:
    """
    One set that is asked for; a range of repetitions where ``reps_max`` is given.

    ``load`` is in the step's unit, None where it cannot be said.
    """

    number: int
    load: Decimal | None
    reps: int
    reps_max: int | None = None
    is_amrap: bool = False
    percent: Decimal | None = None
    rpe: Decimal | None = None
    reckoning: Reckoning | None = None


class StepReason(StrEnum):
    """Why these loads are asked for."""

    FROM_LOAD = "from_load"
    FROM_TRAINING_MAX = "from_training_max"
    FROM_OVERRIDE = "from_override"
    TRAINING_MAX_MISSING = "training_max_missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What to lift next, and why; ``week``, ``day`` and ``cycle`` where there is a cycle."""

    sets: tuple[AskedSet, ...]
    unit: MeasurementUnit
    reason: StepReason
    sentence: str
    training_max: Decimal | None = None
    week: int | None = None
    day: int | None = None
    cycle: int | None = None

    @property
    def load(self) -> Decimal | None:
        """The load of the heaviest set; None where it cannot be said."""
        return max((one.load for one in self.sets if one.load is not None), default=None)

    @property
    def is_straight(self) -> bool:
        """Whether the same is asked of every set, and so of one more: there is no cycle."""
        return self.cycle is None

    @property
    def is_known(self) -> bool:
        """Whether every set has its load."""
        return all(one.load is not None for one in self.sets)


class Outcome(StrEnum):
    """How a session went, against what was asked for."""

    SUCCESS = "success"
    IN_RANGE = "in_range"
    FAILURE = "failure"
    EASIER = "easier"
    NOT_JUDGED = "not_judged"


class Reason(StrEnum):
    """Why a rule stands where it stands after something happened."""

    STARTED = "started"
    CHANGED = "changed"
    OVERRIDDEN = "overridden"
    INCREASED = "increased"
    SUCCESS_COUNTED = "success_counted"
    WITHIN_RANGE = "within_range"
    FAILURE_COUNTED = "failure_counted"
    DELOADED = "deloaded"
    AT_LIMIT = "at_limit"
    EASIER_THAN_ASKED = "easier_than_asked"
    NEXT_DAY = "next_day"
    CYCLE_COMPLETED = "cycle_completed"
    TRAINING_MAX_RAISE_PROPOSED = "training_max_raise_proposed"
    TRAINING_MAX_CUT_PROPOSED = "training_max_cut_proposed"
    TRAINING_MAX_MISSING = "training_max_missing"
    FROM_EFFORT = "from_effort"
    EFFORT_UNKNOWN = "effort_unknown"
    BODYWEIGHT_UNKNOWN = "bodyweight_unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """
    What a rule made of one set: its load as compared, and the maximum its effort tells of.

    ``ignored`` says why it did not count.
    """

    number: int
    load: Decimal | None
    reps: int
    failed_reps: int
    rpe: Decimal | None
    ignored: str | None
    is_as_asked: bool
    estimate: Decimal | None = None
    set_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Advance:
    """What one session makes of a rule."""

    state: State
    outcome: Outcome
    reason: Reason
    sentence: str
    findings: tuple[Finding, ...] = ()
    reckoning: Reckoning | None = None
    proposed_training_max: Decimal | None = None
