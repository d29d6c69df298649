"""Checks prescriptions against the catalogue, for every command that takes some."""

from collections.abc import Sequence
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.training.ports import ExerciseShelf
from workout_domain.kernel.errors import FieldError, Invalid
from workout_domain.training.errors import ExerciseUnknown
from workout_domain.training.prescription import Prescription
from workout_shared.identifiers import Identifiers

_IN_REPETITIONS = frozenset({"weight_reps", "reps"})


async def checked_prescriptions(
    prescriptions: Sequence[Prescription],
    *,
    shelf: ExerciseShelf,
    actor: Actor,
    identifiers: Identifiers,
    pointer: str = "/exercises/{index}",
) -> list[tuple[UUID, Prescription]]:
    """
    Return the prescriptions with fresh ids.

    Raises:
        ExerciseUnknown: one names an exercise the caller cannot use.
        Invalid: one asks for no repetitions of a lift that is measured in them.
    """
    known = await shelf.usable_by(actor, {one.exercise_id for one in prescriptions})
    unknown, unmeasured = [], []
    for index, one in enumerate(prescriptions):
        at = pointer.format(index=index)
        facts = known.get(one.exercise_id)
        if facts is None:
            unknown.append(FieldError(f"{at}/exercise_id", "exercise_unknown", "No such exercise."))
        elif facts.measurement_type in _IN_REPETITIONS and one.reps is None:
            sentence = f"{facts.name} is measured in repetitions."
            unmeasured.append(FieldError(f"{at}/reps", "required", sentence))
    if unknown:
        raise ExerciseUnknown("An exercise is not in the catalogue.", [*unknown, *unmeasured])
    if unmeasured:
        raise Invalid("A prescription lacks its repetitions.", unmeasured)
    return [(identifiers.new(), one) for one in prescriptions]
