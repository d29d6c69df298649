"""How much of one exercise a trainer asks for, as a whole and set by set."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from workout_domain.kernel.errors import FieldError, Invalid
from workout_domain.kernel.guards import at_least, not_negative, optional_text
from workout_domain.kernel.load import Load
from workout_domain.training.targets import LONGEST_SECONDS, MOST_SETS, SetTarget, asks_for_work
from workout_domain.training.targets import broken_rules as rules_broken_by_target

LONGEST_TEXT: Final = 10_000
_WORK: Final = ("reps", "duration_seconds", "distance_meters")
_NOTHING: Final = "Prescribe reps, duration_seconds or distance_meters."


@dataclass(frozen=True, slots=True, kw_only=True)
class Prescription:
    """
    How much of one exercise a trainer asks for; weights are kept as entered.

    ``targets`` says it set by set, one for each of ``sets``; what a target leaves open is as the
    prescription says for all of them. ``block`` is the index of the block it is part of.

    Raises:
        Invalid: a figure is out of its bounds, nothing is asked for, or targets do not fit.
    """

    exercise_id: UUID
    sets: int
    reps: int | None = None
    load: Load | None = None
    duration_seconds: Decimal | None = None
    distance_meters: Decimal | None = None
    rest_time_seconds: int | None = None
    notes: str | None = None
    targets: tuple[SetTarget, ...] | None = None
    block: int | None = None

    def __post_init__(self) -> None:
        at_least(self.sets, 1, field="sets", largest=MOST_SETS)
        if self.reps is not None:
            at_least(self.reps, 1, field="reps", largest=MOST_SETS)
        if self.rest_time_seconds is not None:
            at_least(self.rest_time_seconds, 0, field="rest_time_seconds", largest=LONGEST_SECONDS)
        if self.block is not None:
            at_least(self.block, 0, field="block")
        optional_text(self.notes, field="notes", longest=LONGEST_TEXT)
        not_negative(self.duration_seconds, field="duration_seconds")
        not_negative(self.distance_meters, field="distance_meters")
        errors = [*broken_rules(self._work())]
        if errors:
            raise Invalid(errors[0].message, errors)

    def planned_targets(self) -> tuple[SetTarget, ...]:
        """Return what each set is to be, in order: said for it, or for all of them."""
        said = self.targets or tuple(SetTarget(number=at + 1) for at in range(self.sets))
        return tuple(target.filled_from(self._of_all_sets()) for target in said)

    def _of_all_sets(self) -> SetTarget:
        return SetTarget(
            number=1,
            reps=self.reps,
            load=self.load,
            duration_seconds=self.duration_seconds,
            distance_meters=self.distance_meters,
            rest_seconds=self.rest_time_seconds,
        )

    def _work(self) -> dict[str, Any]:
        targets = self.targets
        return {
            "sets": self.sets,
            "reps": self.reps,
            "duration_seconds": self.duration_seconds,
            "distance_meters": self.distance_meters,
            "targets": None if targets is None else [target.document() for target in targets],
        }


def broken_rules(said: Mapping[str, Any]) -> Iterator[FieldError]:
    """
    Yield the rules across its fields that a prescription breaks, pointers relative to it.

    ``said`` is the JSON form, also one whose fields were not checked yet. Sets may be left out
    where there are targets.
    """
    has_work = any(said.get(name) is not None for name in _WORK)
    targets = said.get("targets")
    if not isinstance(targets, list | tuple):
        if not has_work:
            yield FieldError("/reps", "required", _NOTHING)
        return
    sets = said.get("sets")
    if isinstance(sets, int) and sets != len(targets):
        yield FieldError("/sets", "ambiguous", "sets is not the number of targets.")
    for index, target in enumerate(targets):
        if isinstance(target, Mapping):
            yield from _of_target(target, index, has_work=has_work)


def _of_target(said: Mapping[str, Any], index: int, *, has_work: bool) -> Iterator[FieldError]:
    at = f"/targets/{index}"
    for broken in rules_broken_by_target(said):
        yield FieldError(f"{at}{broken.pointer}", broken.code, broken.message)
    if said.get("number", index + 1) != index + 1:
        yield FieldError(f"{at}/number", "out_of_order", "Targets are numbered from 1.")
    if not has_work and not asks_for_work(said):
        yield FieldError(f"{at}/reps", "required", _NOTHING)


class PrescribedExercise:
    """One prescription at its place in a plan."""

    def __init__(self, *, exercise_row_id: UUID, order_index: int, what: Prescription) -> None:
        self.id = exercise_row_id
        self.order_index = order_index
        self.prescribe(what)

    def prescribe(self, what: Prescription) -> None:
        """Ask for something else at the same place."""
        self.exercise_id = what.exercise_id
        self.sets = what.sets
        self.reps = what.reps
        self.load = what.load
        self.duration_seconds = what.duration_seconds
        self.distance_meters = what.distance_meters
        self.rest_time_seconds = what.rest_time_seconds
        self.notes = what.notes
        self.targets = what.targets
        self.block = what.block

    @property
    def prescription(self) -> Prescription:
        """What is asked for."""
        return Prescription(
            exercise_id=self.exercise_id,
            sets=self.sets,
            reps=self.reps,
            load=self.load,
            duration_seconds=self.duration_seconds,
            distance_meters=self.distance_meters,
            rest_time_seconds=self.rest_time_seconds,
            notes=self.notes,
            targets=self.targets,
            block=self.block,
        )
