"""What happens to progression rules and training maxes: the contract for whoever subscribes."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from workout_domain.kernel.events import DomainEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressionRuleEvent(DomainEvent):
    """Something happened to one progression rule."""

    rule_id: UUID
    athlete_id: UUID
    exercise_id: UUID

    @property
    def aggregate_id(self) -> UUID:
        """The rule."""
        return self.rule_id


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressionRuleSet(ProgressionRuleEvent):
    """Somebody said by which rule an exercise progresses."""

    kind: ClassVar[str] = "progression.rule.set"
    rule_kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressionRuleChanged(ProgressionRuleEvent):
    """The rule says something else from now on."""

    kind: ClassVar[str] = "progression.rule.changed"
    rule_kind: str
    rule_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressionRuleDeleted(ProgressionRuleEvent):
    """The exercise progresses by no rule any more."""

    kind: ClassVar[str] = "progression.rule.deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressionOverridden(ProgressionRuleEvent):
    """Somebody said what is lifted next, whatever the rule says."""

    kind: ClassVar[str] = "progression.overridden"
    load: Decimal
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressionApplied(ProgressionRuleEvent):
    """A session was judged by the rule, for the first time or anew."""

    kind: ClassVar[str] = "progression.applied"
    session_id: UUID
    outcome: str
    reason: str
    proposed_training_max: Decimal | None
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingMaxSet(DomainEvent):
    """Somebody set a training max, by ``reason``; nothing else ever changes one."""

    kind: ClassVar[str] = "training_max.set"
    training_max_id: UUID
    athlete_id: UUID
    exercise_id: UUID
    value: Decimal
    unit: str
    effective_from: date
    reason: str

    @property
    def aggregate_id(self) -> UUID:
        """The training max."""
        return self.training_max_id
