"""From the cells of a row to one performed set; the same rules for every product."""

from dataclasses import dataclass

from workout_domain.portability.training_log import LoggedSet, LoggedSetType, LoggedUnit
from workout_infrastructure.portability.formats import cells
from workout_infrastructure.portability.formats.reading import RowProblem


@dataclass(frozen=True, slots=True, kw_only=True)
class SetCells:
    """The texts of a row that describe a set, and the units they are meant in."""

    weight: str
    weight_unit: LoggedUnit
    reps: str
    seconds: str
    distance: str
    distance_unit: str
    rpe: str


def performed_set(
    texts: SetCells, *, line: int, exercise_name: str, set_type: LoggedSetType
) -> LoggedSet:
    """
    Make a set of a row. An empty weight is body weight; zero reps, time or distance are none.

    Raises:
        RowProblem: a value makes no sense, or nothing was performed (empty_set).
    """
    weight = cells.weight(texts.weight)
    performed = LoggedSet(
        line=line,
        exercise_name=exercise_name,
        set_type=set_type,
        weight=weight,
        unit=None if weight is None else texts.weight_unit,
        reps=cells.repetitions(texts.reps),
        duration_seconds=cells.seconds(texts.seconds),
        distance_meters=cells.distance(texts.distance, texts.distance_unit),
        rpe=cells.effort(texts.rpe),
    )
    measures = (performed.reps, performed.duration_seconds, performed.distance_meters)
    if all(measure is None for measure in measures):
        raise RowProblem("empty_set", "The set has neither repetitions nor a time nor a distance.")
    return performed


def exercise_name(text: str) -> str:
    """
    Insist on the name of an exercise.

    Raises:
        RowProblem: missing_exercise.
    """
    if not text:
        raise RowProblem("missing_exercise", "The row does not name an exercise.")
    return text
