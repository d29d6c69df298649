"""Collections of the aggregates of programs."""

from typing import Protocol
from uuid import UUID

from workout_domain.programs.rule import ProgressionRule
from workout_domain.programs.training_max import TrainingMax


class ProgressionRuleRepository(Protocol):
    """All progression rules."""

    def add(self, rule: ProgressionRule, /) -> None:
        """Add a new rule; of two for one athlete and exercise the second is refused."""
        ...

    async def one(self, rule_id: UUID, /) -> ProgressionRule:
        """
        Return a rule, locked; whose business it is its guard decides.

        Raises:
            ProgressionRuleNotFound: there is none.
        """
        ...


class TrainingMaxRepository(Protocol):
    """All training maxes: a history that is only added to."""

    def add(self, training_max: TrainingMax, /) -> None:
        """Add a new training max."""
        ...
