"""Which exercise of the product a logged set belongs to."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from workout_domain.portability.training_log import LoggedSet, TrainingLog
from workout_presentation.demo.people import Person

LONGEST_NAME: Final = 150
# What a set has to say for an exercise measured so; one of them is enough.
_CALLS_FOR: Final[Mapping[str, frozenset[str]]] = {
    "weight_reps": frozenset({"reps"}),
    "reps": frozenset({"reps"}),
    "duration": frozenset({"duration"}),
    "weight_duration": frozenset({"duration"}),
    "distance": frozenset({"distance"}),
    "weight_distance": frozenset({"distance"}),
    "distance_duration": frozenset({"distance", "duration"}),
}


class Catalogue:
    """The product's exercises by name and alias, and the coach's own for everything else."""

    def __init__(self, coach: Person, listed: Iterable[Mapping[str, Any]]) -> None:
        self._coach = coach
        self._names: dict[str, Mapping[str, Any]] = {}
        self._own: dict[tuple[str, str], str] = {}
        exercises = list(listed)
        for exercise in exercises:
            for alias in exercise["aliases"]:
                self._names.setdefault(_folded(alias), exercise)
        # A name goes before every alias.
        self._names.update({_folded(exercise["name"]): exercise for exercise in exercises})

    @property
    def made(self) -> int:
        """How many exercises the coach had to add."""
        return len(self._own)

    async def prepare(self, log: TrainingLog) -> None:
        """Let the coach add what the log trains and the product does not know."""
        for workout in log.workouts:
            for exercise in workout.exercises:
                for one in exercise.sets:
                    await self._provide(one)

    def exercise_of(self, one: LoggedSet) -> str:
        """Return the id of the exercise a prepared set is logged under."""
        known = self._shipped(one)
        return str(known["id"]) if known else self._own[_key(one)]

    async def _provide(self, one: LoggedSet) -> None:
        key = _key(one)
        if key in self._own or self._shipped(one):
            return
        body = {"name": self._free_name(one), "measurement_type": measured_in(one)}
        added = await self._coach.post("/exercises", body)
        self._own[key] = str(added["id"])

    def _shipped(self, one: LoggedSet) -> Mapping[str, Any] | None:
        exercise = self._names.get(_folded(one.exercise_name))
        if exercise and _CALLS_FOR[exercise["measurement_type"]] & _measures(one):
            return exercise
        return None

    def _free_name(self, one: LoggedSet) -> str:
        """Keep the log's name; say how it is measured where the name is taken already."""
        name, measure = one.exercise_name.strip(), measured_in(one).replace("_", " and ")
        taken = _folded(name) in self._names or any(
            known == _folded(name) for known, _ in self._own
        )
        if not taken and len(name) <= LONGEST_NAME:
            return name
        suffix = f" (line {one.line}, {measure})"
        return name[: LONGEST_NAME - len(suffix)].rstrip() + suffix


async def open_catalogue(coach: Person) -> Catalogue:
    """Read the whole catalogue, page by page."""
    listed: list[Mapping[str, Any]] = []
    page, has_next = 1, True
    while has_next:
        body = await coach.get("/exercises", page=page, page_size=100, is_active=True)
        listed.extend(body["data"])
        page, has_next = page + 1, body["pagination"]["has_next"]
    return Catalogue(coach, listed)


def measured_in(one: LoggedSet) -> str:
    """Return the measurement type that fits a set: repetitions first, then distance, then time."""
    is_loaded = bool(one.weight)
    if one.reps is not None:
        return "reps" if one.weight is None else "weight_reps"
    if one.distance_meters is None:
        return "weight_duration" if is_loaded else "duration"
    if is_loaded:
        return "weight_distance"
    return "distance" if one.duration_seconds is None else "distance_duration"


def _key(one: LoggedSet) -> tuple[str, str]:
    """Sets of one exercise are told apart by what has to be logged, not by having a weight."""
    return _folded(one.exercise_name), min(_CALLS_FOR[measured_in(one)])


def _measures(one: LoggedSet) -> set[str]:
    logged = {
        "reps": one.reps,
        "duration": one.duration_seconds,
        "distance": one.distance_meters,
    }
    return {name for name, value in logged.items() if value is not None}


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
