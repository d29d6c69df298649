"""A progression rule: by what one athlete's loads of one exercise follow from what was done."""

from datetime import datetime
from typing import Final
from uuid import UUID

from workout_domain.kernel.aggregate import Aggregate
from workout_domain.kernel.errors import Invalid
from workout_domain.kernel.guards import known
from workout_domain.kernel.load import Load
from workout_domain.programs.events import (
    ProgressionOverridden,
    ProgressionRuleChanged,
    ProgressionRuleDeleted,
    ProgressionRuleSet,
)
from workout_domain.programs.loading import LoadKind
from workout_domain.programs.parameters import Parameters
from workout_domain.programs.prescribing import Scheme
from workout_domain.programs.steps import State

LONGEST_REASON: Final = 1000


class ProgressionRule(Aggregate):
    """
    What the rule says now and where it stands; what led there is kept beside it, entry by entry.

    ``version`` counts its parameters from 1.
    """

    def __init__(
        self,
        *,
        rule_id: UUID,
        athlete_id: UUID,
        exercise_id: UUID,
        load_kind: LoadKind,
        parameters: Parameters,
        created_by: UUID,
        at: datetime,
    ) -> None:
        super().__init__(at=at)
        self.id = known(rule_id, field="id")
        self.athlete_id = known(athlete_id, field="athlete_id")
        self.exercise_id = known(exercise_id, field="exercise_id")
        parameters.refuse_for(load_kind)
        self.load_kind = load_kind
        self.parameters = parameters
        self.created_by = created_by
        self.version = 1
        self.state = self.scheme.begun()

    @classmethod
    def begin(
        cls,
        *,
        rule_id: UUID,
        athlete_id: UUID,
        exercise_id: UUID,
        load_kind: LoadKind,
        parameters: Parameters,
        created_by: UUID,
        at: datetime,
    ) -> "ProgressionRule":
        """
        Let an exercise progress by a rule from now on.

        Raises:
            Invalid: this kind of rule cannot be meant for this kind of lift.
        """
        rule = cls(
            rule_id=rule_id,
            athlete_id=athlete_id,
            exercise_id=exercise_id,
            load_kind=load_kind,
            parameters=parameters,
            created_by=created_by,
            at=at,
        )
        rule._record(
            ProgressionRuleSet(
                occurred_at=at,
                rule_id=rule.id,
                athlete_id=athlete_id,
                exercise_id=exercise_id,
                rule_kind=parameters.kind.value,
            )
        )
        return rule

    @property
    def scheme(self) -> Scheme:
        """What decides about the next load."""
        return Scheme(parameters=self.parameters, load_kind=self.load_kind)

    def change(self, parameters: Parameters, *, at: datetime) -> None:
        """Say something else from now on; what was decided before stays as it was."""
        parameters.refuse_for(self.load_kind)
        self.parameters = parameters
        self.version += 1
        self._record(
            ProgressionRuleChanged(
                occurred_at=at,
                rule_id=self.id,
                athlete_id=self.athlete_id,
                exercise_id=self.exercise_id,
                rule_kind=parameters.kind.value,
                rule_version=self.version,
            )
        )

    def override(self, load: Load, *, at: datetime) -> Load:
        """
        Say what is lifted next; return it in the rule's unit.

        Raises:
            Invalid: it lies beyond the rule's limits.
        """
        said, loading = load.to(self.parameters.unit), self.parameters.loading
        if not loading.minimum <= said.amount <= loading.maximum:
            sentence = "The load lies beyond the limits of the rule."
            raise Invalid.field("/load", "out_of_range", sentence)
        self._record(
            ProgressionOverridden(
                occurred_at=at,
                rule_id=self.id,
                athlete_id=self.athlete_id,
                exercise_id=self.exercise_id,
                load=said.amount,
                unit=said.unit.value,
            )
        )
        return said

    def stand_at(self, state: State) -> None:
        """Take over where the rule stands after its history."""
        self.state = state

    def delete(self, *, at: datetime) -> None:
        """Let the exercise progress by no rule; its history stays."""
        self.deleted_at = at
        self._record(
            ProgressionRuleDeleted(
                occurred_at=at,
                rule_id=self.id,
                athlete_id=self.athlete_id,
                exercise_id=self.exercise_id,
            )
        )
