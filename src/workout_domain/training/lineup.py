"""The exercises of a plan in order, and the blocks they form: of workouts and of templates."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from workout_domain.kernel.errors import FieldError, Invalid
from workout_domain.training.blocks import MOST_BLOCKS, Block, BlockKind, broken_memberships
from workout_domain.training.prescription import PrescribedExercise, Prescription
from workout_domain.training.targets import MOST_NUMBER, SetTarget

MOST_EXERCISES: Final = 200


def refuse_unless_consistent(
    blocks: Sequence[Block], exercises: Sequence[Prescription], *, at: int | None = None
) -> None:
    """
    Let only a plan pass whose exercises and blocks agree.

    Args:
        blocks: of the plan.
        exercises: of the plan, in order.
        at: the position of the one exercise that the caller described, where it was only one.

    Raises:
        Invalid: there are too many exercises, sets or blocks, or blocks do not hold what their
            kind needs; names everything that is wrong.
    """
    errors = [*_too_much(blocks, exercises), *_disagreements(blocks, exercises)]
    if errors:
        told = errors if at is None else [_of_one(error, at) for error in errors]
        raise Invalid(told[0].message, told)


def agree(blocks: Sequence[Block], exercises: Sequence[Prescription]) -> bool:
    """Tell whether exercises and blocks agree."""
    return not any(_disagreements(blocks, exercises))


def planned_sets(
    blocks: Sequence[Block], exercises: Sequence[PrescribedExercise]
) -> dict[UUID, int]:
    """Return how many sets of each exercise are asked for, in order of first mention."""
    planned: dict[UUID, int] = {}
    for one in exercises:
        sets = one.sets * _rounds(blocks, one.block)
        planned[one.exercise_id] = planned.get(one.exercise_id, 0) + sets
    return planned


def planned_targets(
    blocks: Sequence[Block], exercises: Sequence[PrescribedExercise]
) -> dict[UUID, list[SetTarget]]:
    """Return what each set of each exercise is to be, numbered in the order it is performed."""
    planned: dict[UUID, list[SetTarget]] = {}
    for block, group in groupby(exercises, key=lambda one: one.block):
        together = [(one.exercise_id, one.prescription.planned_targets()) for one in group]
        for exercise_id, targets in together * _rounds(blocks, block):
            before = planned.setdefault(exercise_id, [])
            before.extend(
                target.numbered(number) for number, target in enumerate(targets, len(before) + 1)
            )
    return planned


def planned_drops(
    blocks: Sequence[Block], exercises: Sequence[PrescribedExercise]
) -> dict[UUID, set[int]]:
    """Return by exercise the numbers of the sets that drop from the one before, in their blocks."""
    drops: dict[UUID, set[int]] = {}
    numbers: Counter[UUID] = Counter()
    for one in exercises:
        first = numbers[one.exercise_id] + 1
        numbers[one.exercise_id] += one.sets * _rounds(blocks, one.block)
        # Such a block holds one exercise and is gone through once.
        if one.block is not None and blocks[one.block].kind is BlockKind.DROP:
            drops.setdefault(one.exercise_id, set()).update(range(first + 1, first + one.sets))
    return drops


def _rounds(blocks: Sequence[Block], block: int | None) -> int:
    return 1 if block is None else blocks[block].rounds or 1


def _too_much(blocks: Sequence[Block], exercises: Sequence[Prescription]) -> Iterator[FieldError]:
    if len(exercises) > MOST_EXERCISES:
        sentence = f"A workout has at most {MOST_EXERCISES} exercises."
        yield FieldError("/exercises", "too_long", sentence)
    if len(blocks) > MOST_BLOCKS:
        yield FieldError("/blocks", "too_long", f"A workout has at most {MOST_BLOCKS} blocks.")
    known = range(len(blocks))
    sets = sum(
        one.sets * _rounds(blocks, one.block if one.block in known else None) for one in exercises
    )
    if sets > MOST_NUMBER:
        sentence = f"A workout asks for at most {MOST_NUMBER} sets, rounds included."
        yield FieldError("/exercises", "too_many_sets", sentence)


def _disagreements(
    blocks: Sequence[Block], exercises: Sequence[Prescription]
) -> Iterator[FieldError]:
    return broken_memberships(
        [block.document() for block in blocks], [_member(one) for one in exercises]
    )


def _member(one: Prescription) -> dict[str, Any]:
    return {"block": one.block, "exercise_id": one.exercise_id, "sets": one.sets}


def _of_one(error: FieldError, at: int) -> FieldError:
    within = f"/exercises/{at}/"
    pointer = error.pointer.removeprefix(within) if error.pointer.startswith(within) else "block"
    return FieldError(f"/{pointer}", error.code, error.message)
