"""When one exercise may become another: when nothing that was noted changes its meaning."""

from typing import Final

from workout_domain.catalogue.classification import MeasurementType
from workout_domain.catalogue.errors import ExercisesNotMergeable
from workout_domain.catalogue.exercise import Exercise
from workout_domain.catalogue.substituting import measured_alike

# An exercise over a distance in a time needs one of the two, so it takes sets of either.
_OF_EITHER: Final = frozenset(
    {
        MeasurementType.DISTANCE,
        MeasurementType.DURATION,
        MeasurementType.WEIGHT_DISTANCE,
        MeasurementType.WEIGHT_DURATION,
    }
)


def sets_fit(source: MeasurementType, target: MeasurementType) -> bool:
    """Tell whether every set measured as ``source`` says what ``target`` asks for."""
    takes_either = target == MeasurementType.DISTANCE_DURATION and source in _OF_EITHER
    return takes_either or measured_alike(source, target)


def refuse_unless_mergeable(source: Exercise, target: Exercise) -> None:
    """
    Check that one exercise may become another.

    Raises:
        ExercisesNotMergeable: they are measured or loaded differently, the target is archived,
            or a shipped one would become somebody's own.
    """
    if not sets_fit(source.measurement_type, target.measurement_type):
        raise ExercisesNotMergeable(
            f"Sets measured in {source.measurement_type} are none in {target.measurement_type}."
        )
    if source.load_kind != target.load_kind:
        raise ExercisesNotMergeable(
            f"A weight noted as {source.load_kind} is none as {target.load_kind}."
        )
    if not target.is_active:
        raise ExercisesNotMergeable("The exercise to merge into is archived.")
    if source.is_shipped and not target.is_shipped:
        raise ExercisesNotMergeable("A shipped exercise becomes nobody's own.")
