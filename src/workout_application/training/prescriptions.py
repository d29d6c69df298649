"""Checks prescriptions against the catalogue, for every command that takes some."""

from collections.abc import Collection, Iterator, Sequence
from typing import Final
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.training.ports import ExerciseFacts, ExerciseShelf, SetTypes
from workout_domain.kernel.errors import FieldError, Invalid
from workout_domain.training.errors import ExerciseUnknown
from workout_domain.training.prescription import Prescription
from workout_domain.training.targets import NORMAL
from workout_shared.identifiers import Identifiers

_IN_REPETITIONS: Final = frozenset({"weight_reps", "reps"})
_EXERCISE_UNKNOWN: Final = "exercise_unknown"


class PrescriptionCheck:
    """Lets only what the catalogue knows into plans, in two statements whatever is asked for."""

    def __init__(self, shelf: ExerciseShelf, set_types: SetTypes, identifiers: Identifiers) -> None:
        self._shelf, self._set_types, self._identifiers = shelf, set_types, identifiers

    async def passed(
        self,
        prescriptions: Sequence[Prescription],
        actor: Actor,
        *,
        pointer: str = "/exercises/{index}",
        named_by: str | None = None,
        only_shipped: bool = False,
    ) -> list[tuple[UUID, Prescription]]:
        """
        Return the prescriptions with fresh ids.

        Args:
            prescriptions: what is asked for, in order.
            actor: who plans.
            pointer: where each stands in what the caller sent.
            named_by: the one field that named them all, where the caller sent no exercises.
            only_shipped: refuse exercises that not everybody sees.

        Raises:
            ExerciseUnknown: one names an exercise the caller cannot use.
            Invalid: one asks for no repetitions of a lift that is measured in them, or a target
                names an unknown set type.
        """
        ids = {one.exercise_id for one in prescriptions}
        shelf = self._shelf
        known = await (shelf.shipped(ids) if only_shipped else shelf.usable_by(actor, ids))
        codes = await self._unknown_codes(prescriptions)
        errors = [
            FieldError(f"{pointer.format(index=index)}{found.pointer}", found.code, found.message)
            for index, one in enumerate(prescriptions)
            for found in _broken(one, known.get(one.exercise_id), codes)
        ]
        if named_by is not None:
            errors = [FieldError(named_by, found.code, found.message) for found in errors[:1]]
        if any(error.code == _EXERCISE_UNKNOWN for error in errors):
            raise ExerciseUnknown("An exercise is not in the catalogue.", errors)
        if errors:
            raise Invalid(errors[0].message, errors)
        return [(self._identifiers.new(), one) for one in prescriptions]

    async def _unknown_codes(self, prescriptions: Sequence[Prescription]) -> Collection[str]:
        named = {target.set_type for one in prescriptions for target in one.targets or ()}
        return await self._set_types.unknown_among(named - {NORMAL})


def _broken(
    one: Prescription, facts: ExerciseFacts | None, unknown_codes: Collection[str]
) -> Iterator[FieldError]:
    if facts is None:
        yield FieldError("/exercise_id", _EXERCISE_UNKNOWN, "No such exercise.")
    elif facts.measurement_type in _IN_REPETITIONS:
        yield from _without_repetitions(one, facts)
    for index, target in enumerate(one.targets or ()):
        if target.set_type in unknown_codes:
            at = f"/targets/{index}/set_type"
            yield FieldError(at, "set_type_unknown", "There is no such set type.")


def _without_repetitions(one: Prescription, facts: ExerciseFacts) -> Iterator[FieldError]:
    sentence = f"{facts.name} is measured in repetitions."
    if one.targets is None:
        if one.reps is None:
            yield FieldError("/reps", "required", sentence)
        return
    for index, target in enumerate(one.planned_targets()):
        if not target.asks_for_repetitions:
            yield FieldError(f"/targets/{index}/reps", "required", sentence)
