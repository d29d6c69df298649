"""Training maxes: the figures percentages are taken of, set by people and never overwritten."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID

from workout_domain.kernel.aggregate import Aggregate
from workout_domain.kernel.errors import Invalid
from workout_domain.kernel.guards import known, optional_text
from workout_domain.kernel.load import Load, MeasurementUnit
from workout_domain.programs.events import TrainingMaxSet
from workout_domain.programs.loading import converted

LONGEST_NOTE: Final = 1000


class TrainingMaxReason(StrEnum):
    """How somebody came by a training max."""

    TESTED = "tested"
    ESTIMATED = "estimated"
    RULE_ACCEPTED = "rule_accepted"
    MANUAL = "manual"


class TrainingMax(Aggregate):
    """
    One entry of a history that only grows: a figure and the local day from which it holds.

    ``rule_id`` and ``application_id`` name the rule whose proposal was accepted, and the session
    it was proposed after.
    """

    def __init__(
        self,
        *,
        training_max_id: UUID,
        athlete_id: UUID,
        exercise_id: UUID,
        load: Load,
        effective_from: date,
        reason: TrainingMaxReason,
        by: UUID,
        note: str | None,
        at: datetime,
    ) -> None:
        super().__init__(at=at)
        if not load.amount:
            raise Invalid.field("/value", "out_of_range", "A training max is above zero.")
        self.id = known(training_max_id, field="id")
        self.athlete_id = known(athlete_id, field="athlete_id")
        self.exercise_id = known(exercise_id, field="exercise_id")
        self.load = load
        self.effective_from = effective_from
        self.reason = reason
        self.by = by
        self.note = optional_text(note, field="note", longest=LONGEST_NOTE)
        self.rule_id: UUID | None = None
        self.application_id: UUID | None = None

    @classmethod
    def declare(
        cls,
        *,
        training_max_id: UUID,
        athlete_id: UUID,
        exercise_id: UUID,
        load: Load,
        effective_from: date,
        reason: TrainingMaxReason,
        by: UUID,
        note: str | None = None,
        at: datetime,
    ) -> "TrainingMax":
        """
        Set a training max; those before it stay what they were.

        Raises:
            Invalid: it is zero, or the note is too long.
        """
        one = cls(
            training_max_id=training_max_id,
            athlete_id=athlete_id,
            exercise_id=exercise_id,
            load=load,
            effective_from=effective_from,
            reason=reason,
            by=by,
            note=note,
            at=at,
        )
        one._record(
            TrainingMaxSet(
                occurred_at=at,
                training_max_id=one.id,
                athlete_id=athlete_id,
                exercise_id=exercise_id,
                value=load.amount,
                unit=load.unit.value,
                effective_from=effective_from,
                reason=reason.value,
            )
        )
        return one

    def accept(self, *, rule_id: UUID, application_id: UUID) -> None:
        """Say whose proposal it was."""
        self.rule_id, self.application_id = rule_id, application_id


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownMax:
    """A training max as a rule looks at it: the figure, since when it holds, when it was said."""

    value: Decimal
    unit: MeasurementUnit
    effective_from: date
    recorded_at: datetime

    def in_unit(self, unit: MeasurementUnit) -> Decimal:
        """Return the figure in a unit, not rounded."""
        return converted(self.value, self.unit, unit)


def in_force(
    history: Iterable[KnownMax], *, on: date, known_at: datetime | None = None
) -> KnownMax | None:
    """
    Return the training max of a local day: the latest that holds by then, of two the one said last.

    With ``known_at`` only what had been said at that moment counts, so that a session is judged by
    what its athlete could know.
    """
    holding = [
        one
        for one in history
        if one.effective_from <= on and (known_at is None or one.recorded_at <= known_at)
    ]
    return max(holding, key=lambda one: (one.effective_from, one.recorded_at), default=None)
