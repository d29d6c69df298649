"""An exercise of the catalogue: shipped with the product, or a trainer's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from workout_domain.catalogue.classification import (
    Equipment,
    ExerciseCategory,
    Laterality,
    LoadKind,
    MeasurementType,
    MovementPattern,
    Muscle,
)
from workout_domain.catalogue.events import (
    ExerciseArchived,
    ExerciseCreated,
    ExerciseDeleted,
    ExerciseMerged,
    ExerciseUnarchived,
    ExerciseUpdated,
)
from workout_domain.kernel.aggregate import Aggregate
from workout_domain.kernel.errors import Invalid
from workout_domain.kernel.guards import optional_text, required_text

LONGEST_NAME: Final = 150
LONGEST_DESCRIPTION: Final = 10_000
MOST_ALIASES: Final = 30
WHOLE_BODY: Final = Decimal(1)
_THOUSANDTH: Final = Decimal("0.001")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseDetails:
    """
    Everything about an exercise its owner may change; an unknown movement pattern is None.

    ``bodyweight_share`` is how much of the body is moved, 0 to 1 with at most three decimals; it
    counts only where the load is the body (``load_kind`` bodyweight or assisted).
    """

    name: str
    description: str | None = None
    category: ExerciseCategory = ExerciseCategory.STRENGTH
    equipment: Equipment = Equipment.OTHER
    primary_muscles: tuple[Muscle, ...] = ()
    secondary_muscles: tuple[Muscle, ...] = ()
    movement_pattern: MovementPattern | None = None
    measurement_type: MeasurementType = MeasurementType.WEIGHT_REPS
    load_kind: LoadKind = LoadKind.EXTERNAL
    bodyweight_share: Decimal = WHOLE_BODY
    laterality: Laterality = Laterality.BILATERAL
    aliases: tuple[str, ...] = ()
    is_active: bool = True


class Exercise(Aggregate):
    """What sets are sets of; ``owner_id`` is the trainer's user, or None for a shipped one."""

    def __init__(self, *, exercise_id: UUID, owner_id: UUID | None, at: datetime) -> None:
        super().__init__(at=at)
        self.id = exercise_id
        self.owner_id = owner_id
        self.is_active = True
        self.aliases: list[str] = []
        self.merged_into_id: UUID | None = None

    @classmethod
    def create(
        cls, *, exercise_id: UUID, owner_id: UUID | None, details: ExerciseDetails, at: datetime
    ) -> "Exercise":
        """
        Add an exercise to the catalogue.

        Raises:
            Invalid: the name, an alias or the muscles are not acceptable.
        """
        exercise = cls(exercise_id=exercise_id, owner_id=owner_id, at=at)
        exercise._write(details)
        exercise._record(
            ExerciseCreated(
                occurred_at=at, exercise_id=exercise_id, owner_id=owner_id, name=exercise.name
            )
        )
        return exercise

    @property
    def is_shipped(self) -> bool:
        """Whether it belongs to the product rather than to a trainer."""
        return self.owner_id is None

    def update(self, details: ExerciseDetails, *, at: datetime) -> None:
        """
        Replace everything about it.

        Raises:
            Invalid: the name, an alias or the muscles are not acceptable.
        """
        self._write(details)
        self._record(
            ExerciseUpdated(
                occurred_at=at, exercise_id=self.id, owner_id=self.owner_id, name=self.name
            )
        )

    def archive(self, *, at: datetime) -> None:
        """Offer and recommend it no more; what refers to it stays. Again changes nothing."""
        if not self.is_active:
            return
        self.is_active = False
        self._record(ExerciseArchived(occurred_at=at, exercise_id=self.id, owner_id=self.owner_id))

    def unarchive(self, *, at: datetime) -> None:
        """Offer it again; where it is offered already nothing changes."""
        if self.is_active:
            return
        self.is_active = True
        self._record(
            ExerciseUnarchived(occurred_at=at, exercise_id=self.id, owner_id=self.owner_id)
        )

    def delete(self, *, at: datetime) -> None:
        """Take it out of the catalogue; deleting it again changes nothing."""
        if self.is_deleted:
            return
        self.deleted_at = at
        self._record(ExerciseDeleted(occurred_at=at, exercise_id=self.id, owner_id=self.owner_id))

    def merge_into(self, target: "Exercise", *, merge_id: UUID, at: datetime) -> None:
        """
        Become another exercise: leave the catalogue, and send there whoever asks for this one.

        That the two may be merged is checked before.
        """
        self.merged_into_id = target.id
        self.deleted_at = at
        self._record(
            ExerciseMerged(
                occurred_at=at,
                merge_id=merge_id,
                exercise_id=self.id,
                owner_id=self.owner_id,
                into_id=target.id,
            )
        )

    def be_found_as(self, names: Sequence[str], *, at: datetime) -> None:
        """Take further names as aliases, as far as there is room and they are new."""
        known = {self.name.casefold(), *(alias.casefold() for alias in self.aliases)}
        new = [name for name in dict.fromkeys(names) if name.casefold() not in known]
        if not new[: MOST_ALIASES - len(self.aliases)]:
            return
        self.aliases = [*self.aliases, *new][:MOST_ALIASES]
        self._record(
            ExerciseUpdated(
                occurred_at=at, exercise_id=self.id, owner_id=self.owner_id, name=self.name
            )
        )

    def _write(self, details: ExerciseDetails) -> None:
        self.name = required_text(details.name, field="name", longest=LONGEST_NAME)
        self.description = optional_text(
            details.description, field="description", longest=LONGEST_DESCRIPTION
        )
        self.category = details.category
        self.equipment = details.equipment
        _each_once([*details.primary_muscles, *details.secondary_muscles])
        self.primary_muscles = [muscle.value for muscle in details.primary_muscles]
        self.secondary_muscles = [muscle.value for muscle in details.secondary_muscles]
        self.movement_pattern = details.movement_pattern
        self.measurement_type = details.measurement_type
        self.load_kind = details.load_kind
        self.bodyweight_share = _checked_share(details.bodyweight_share)
        self.laterality = details.laterality
        self.aliases = _checked_aliases(details.aliases)
        self.is_active = details.is_active


def _checked_share(share: Decimal) -> Decimal:
    if not share.is_finite() or not 0 <= share <= WHOLE_BODY:
        raise Invalid.field(
            "/bodyweight_share", "out_of_range", "bodyweight_share must lie between 0 and 1."
        )
    if share != share.quantize(_THOUSANDTH):
        raise Invalid.field(
            "/bodyweight_share", "decimals", "bodyweight_share has at most three decimals."
        )
    return share


def _each_once(muscles: Sequence[Muscle]) -> None:
    if len(set(muscles)) != len(muscles):
        raise Invalid.field(
            "/secondary_muscles", "repeated", "A muscle is worked once: primarily or secondarily."
        )


def _checked_aliases(aliases: Sequence[str]) -> list[str]:
    if len(aliases) > MOST_ALIASES:
        raise Invalid.field(
            "/aliases", "too_many", f"An exercise has at most {MOST_ALIASES} aliases."
        )
    return [required_text(alias, field="aliases", longest=LONGEST_NAME) for alias in aliases]
