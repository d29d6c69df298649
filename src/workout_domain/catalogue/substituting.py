"""What can stand in for an exercise: the same movement, the same muscles, what is at hand."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID

from workout_domain.catalogue.classification import (
    Equipment,
    Laterality,
    MeasurementType,
    MovementPattern,
    Muscle,
)

_SHARE_OF_PATTERN: Final = Decimal("0.4")
_SHARE_OF_PRIMARY: Final = Decimal("0.35")
_SHARE_OF_ALL_MUSCLES: Final = Decimal("0.1")
_SHARE_OF_MEASUREMENT: Final = Decimal("0.1")
_SHARE_OF_LATERALITY: Final = Decimal("0.05")
_THOUSANDTH: Final = Decimal("0.001")

# These say that one joint moves, or any: alike are only those that work the same muscles.
_OF_ANY_JOINT: Final = frozenset({MovementPattern.ISOLATION, MovementPattern.MOBILITY})
_ALIKE: Final = (
    frozenset({MeasurementType.WEIGHT_REPS, MeasurementType.REPS}),
    frozenset({MeasurementType.DURATION, MeasurementType.WEIGHT_DURATION}),
    frozenset({MeasurementType.DISTANCE, MeasurementType.WEIGHT_DISTANCE}),
)


class SubstitutionReason(StrEnum):
    """Why an exercise can stand in for another."""

    SAME_MOVEMENT_PATTERN = "same_movement_pattern"
    SAME_PRIMARY_MUSCLES = "same_primary_muscles"
    SHARES_PRIMARY_MUSCLES = "shares_primary_muscles"
    MEASURED_ALIKE = "measured_alike"
    SAME_EQUIPMENT = "same_equipment"
    EQUIPMENT_AT_HAND = "equipment_at_hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """What of an exercise says how it moves, what it works and what it takes."""

    exercise_id: UUID
    name: str
    equipment: Equipment
    primary_muscles: frozenset[Muscle]
    secondary_muscles: frozenset[Muscle]
    movement_pattern: MovementPattern | None
    measurement_type: MeasurementType
    laterality: Laterality
    is_active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Substitute:
    """An exercise that can stand in, how alike it is (0 to 1), and why."""

    exercise_id: UUID
    score: Decimal
    reasons: tuple[SubstitutionReason, ...]


def measured_alike(one: MeasurementType, other: MeasurementType) -> bool:
    """Tell whether sets of one exercise say all that sets of the other must, and vice versa."""
    return one == other or any({one, other} <= family for family in _ALIKE)


def substitutes(
    of: Movement,
    among: Iterable[Movement],
    *,
    at_hand: Collection[Equipment] | None = None,
    most: int,
) -> list[Substitute]:
    """
    Rank what can stand in for an exercise, the most alike first, equals by name.

    Only active exercises that move alike or share a primary muscle; with ``at_hand`` only those
    done with such equipment.
    """
    found = [
        (likeness(of, one), one.name.casefold(), one.exercise_id, one)
        for one in among
        if _can_stand_in(of, one) and (at_hand is None or one.equipment in at_hand)
    ]
    found.sort(key=lambda entry: (-entry[0], *entry[1:3]))
    return [
        Substitute(
            exercise_id=one.exercise_id,
            score=score,
            reasons=_reasons(of, one, is_at_hand=at_hand is not None),
        )
        for score, _, _, one in found[:most]
    ]


def likeness(one: Movement, other: Movement) -> Decimal:
    """Tell how alike two exercises are, 0 to 1; what is not known of them counts for nothing."""
    score = _SHARE_OF_PRIMARY * _overlap(one.primary_muscles, other.primary_muscles)
    score += _SHARE_OF_ALL_MUSCLES * _overlap(
        one.primary_muscles | one.secondary_muscles,
        other.primary_muscles | other.secondary_muscles,
    )
    if _moves_alike(one, other):
        score += _SHARE_OF_PATTERN
    if measured_alike(one.measurement_type, other.measurement_type):
        score += _SHARE_OF_MEASUREMENT
    if one.laterality == other.laterality:
        score += _SHARE_OF_LATERALITY
    return score.quantize(_THOUSANDTH, rounding=ROUND_HALF_EVEN)


def _can_stand_in(of: Movement, other: Movement) -> bool:
    return (
        other.is_active
        and other.exercise_id != of.exercise_id
        and (_moves_alike(of, other) or bool(of.primary_muscles & other.primary_muscles))
    )


def _moves_alike(one: Movement, other: Movement) -> bool:
    pattern = one.movement_pattern
    if pattern is None or pattern != other.movement_pattern:
        return False
    return pattern not in _OF_ANY_JOINT or bool(one.primary_muscles & other.primary_muscles)


def _overlap(one: frozenset[Muscle], other: frozenset[Muscle]) -> Decimal:
    """Return the Jaccard index of two sets of muscles."""
    together = one | other
    return Decimal(len(one & other)) / len(together) if together else Decimal(0)


def _reasons(of: Movement, other: Movement, *, is_at_hand: bool) -> tuple[SubstitutionReason, ...]:
    reasons = {
        SubstitutionReason.SAME_MOVEMENT_PATTERN: _moves_alike(of, other),
        SubstitutionReason.SAME_PRIMARY_MUSCLES: of.primary_muscles == other.primary_muscles,
        SubstitutionReason.SHARES_PRIMARY_MUSCLES: of.primary_muscles != other.primary_muscles
        and bool(of.primary_muscles & other.primary_muscles),
        SubstitutionReason.MEASURED_ALIKE: measured_alike(
            of.measurement_type, other.measurement_type
        ),
        SubstitutionReason.SAME_EQUIPMENT: of.equipment == other.equipment,
        SubstitutionReason.EQUIPMENT_AT_HAND: is_at_hand,
    }
    return tuple(reason for reason, holds in reasons.items() if holds)
