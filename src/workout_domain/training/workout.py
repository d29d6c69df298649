"""A planned workout: drafted by a trainer, given to an athlete, trained, closed."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID

from workout_domain.kernel.aggregate import Aggregate
from workout_domain.kernel.errors import Invalid
from workout_domain.kernel.guards import at_least, known, not_negative, optional_text, required_text
from workout_domain.kernel.load import Load
from workout_domain.training.errors import (
    WorkoutExerciseNotFound,
    WorkoutNotAssignable,
    WorkoutNotClosable,
    WorkoutNotEditable,
    WorkoutNotStartable,
)
from workout_domain.training.events import (
    WorkoutAssigned,
    WorkoutClosed,
    WorkoutCreated,
    WorkoutPlanChanged,
)

LONGEST_NAME: Final = 200
LONGEST_TEXT: Final = 10_000
MOST_EXERCISES: Final = 200
LONGEST_MINUTES: Final = 100_000
LONGEST_SECONDS: Final = 864_000
MOST_SETS: Final = 1000


class WorkoutType(StrEnum):
    """What a workout trains."""

    STRENGTH = "strength"
    HYPERTROPHY = "hypertrophy"
    POWERLIFTING = "powerlifting"
    OLYMPIC_WEIGHTLIFTING = "olympic_weightlifting"
    ENDURANCE = "endurance"
    CARDIO = "cardio"
    HIIT = "hiit"
    FLEXIBILITY = "flexibility"
    RECOVERY = "recovery"
    OTHER = "other"


class WorkoutStatus(StrEnum):
    """Where a workout stands; completed and cancelled are final."""

    DRAFT = "draft"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


_OPEN: Final = frozenset({WorkoutStatus.DRAFT, WorkoutStatus.ASSIGNED, WorkoutStatus.IN_PROGRESS})
_STARTABLE: Final = frozenset({WorkoutStatus.ASSIGNED, WorkoutStatus.IN_PROGRESS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Prescription:
    """How much of one exercise a trainer asks for; weights are kept as entered."""

    exercise_id: UUID
    sets: int
    reps: int | None = None
    load: Load | None = None
    duration_seconds: Decimal | None = None
    distance_meters: Decimal | None = None
    rest_time_seconds: int | None = None
    notes: str | None = None

    def __post_init__(self) -> None:
        at_least(self.sets, 1, field="sets", largest=MOST_SETS)
        if self.reps is not None:
            at_least(self.reps, 1, field="reps", largest=MOST_SETS)
        if self.rest_time_seconds is not None:
            at_least(self.rest_time_seconds, 0, field="rest_time_seconds", largest=LONGEST_SECONDS)
        if self.reps is None and self.duration_seconds is None and self.distance_meters is None:
            raise Invalid.field(
                "/reps", "required", "Prescribe reps, duration_seconds or distance_meters."
            )
        optional_text(self.notes, field="notes", longest=LONGEST_TEXT)
        not_negative(self.duration_seconds, field="duration_seconds")
        not_negative(self.distance_meters, field="distance_meters")


class WorkoutExercise:
    """One prescription at its place in a workout."""

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
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a workout says about itself, its exercises apart."""

    name: str
    type: WorkoutType
    scheduled_date: datetime
    description: str | None = None
    estimated_duration_minutes: int = 0

    def __post_init__(self) -> None:
        required_text(self.name, field="name", longest=LONGEST_NAME)
        optional_text(self.description, field="description", longest=LONGEST_TEXT)
        at_least(
            self.estimated_duration_minutes,
            0,
            field="estimated_duration_minutes",
            largest=LONGEST_MINUTES,
        )


class Workout(Aggregate):
    """The plan and its life from draft to completed or cancelled."""

    def __init__(self, *, workout_id: UUID, trainer_id: UUID, plan: Plan, at: datetime) -> None:
        super().__init__(at=at)
        self.id = known(workout_id, field="id")
        self.trainer_id = known(trainer_id, field="trainer_id")
        self.athlete_id: UUID | None = None
        self.status = WorkoutStatus.DRAFT
        self._exercises: list[WorkoutExercise] = []
        self._write(plan)

    @classmethod
    def draft(
        cls,
        *,
        workout_id: UUID,
        trainer_id: UUID,
        plan: Plan,
        exercises: list[tuple[UUID, Prescription]],
        at: datetime,
    ) -> "Workout":
        """
        Plan a workout nobody has to do yet.

        Raises:
            Invalid: the name is blank, a figure out of range, or there are too many exercises.
        """
        workout = cls(workout_id=workout_id, trainer_id=trainer_id, plan=plan, at=at)
        workout._replace_exercises(exercises)
        workout._record(
            WorkoutCreated(occurred_at=at, workout_id=workout_id, trainer_id=trainer_id)
        )
        return workout

    @property
    def exercises(self) -> tuple[WorkoutExercise, ...]:
        """The exercises in their order."""
        return tuple(sorted(self._exercises, key=lambda exercise: exercise.order_index))

    @property
    def plan(self) -> Plan:
        """What the workout says about itself."""
        return Plan(
            name=self.name,
            type=self.type,
            scheduled_date=self.scheduled_date,
            description=self.description,
            estimated_duration_minutes=self.estimated_duration_minutes,
        )

    def assign_to(self, athlete_id: UUID, *, at: datetime) -> None:
        """
        Give this workout to one athlete.

        Assigning again to the same athlete changes nothing, so a repeated tap is safe.

        Raises:
            WorkoutNotAssignable: it was started already, or is finished.
        """
        if self.athlete_id == athlete_id and self.status is WorkoutStatus.ASSIGNED:
            return
        if self.status not in {WorkoutStatus.DRAFT, WorkoutStatus.ASSIGNED}:
            raise WorkoutNotAssignable(
                f"A workout that is {self.status} cannot be assigned.", workout_id=self.id
            )
        self.athlete_id = athlete_id
        self.status = WorkoutStatus.ASSIGNED
        self._record(
            WorkoutAssigned(
                occurred_at=at,
                workout_id=self.id,
                trainer_id=self.trainer_id,
                athlete_id=athlete_id,
                scheduled_date=self.scheduled_date,
                name=self.name,
            )
        )

    def revise(
        self,
        plan: Plan,
        *,
        exercises: list[tuple[UUID, Prescription]] | None = None,
        at: datetime,
    ) -> None:
        """Change what the workout says; ``exercises`` replaces all of them."""
        self._refuse_unless_open()
        self._write(plan)
        if exercises is not None:
            self._replace_exercises(exercises)
        self._changed(at=at)

    def add_exercise(
        self, exercise_row_id: UUID, what: Prescription, *, at: datetime
    ) -> WorkoutExercise:
        """Ask for one more exercise, after the others."""
        self._refuse_unless_open()
        self._refuse_more_than_can_be_done(len(self._exercises) + 1)
        order = max((one.order_index for one in self._exercises), default=-1) + 1
        added = WorkoutExercise(exercise_row_id=exercise_row_id, order_index=order, what=what)
        self._exercises.append(added)
        self._changed(at=at)
        return added

    def change_exercise(self, exercise_row_id: UUID, what: Prescription, *, at: datetime) -> None:
        """Ask for something else at the place of one exercise."""
        self._refuse_unless_open()
        self.exercise(exercise_row_id).prescribe(what)
        self._changed(at=at)

    def remove_exercise(self, exercise_row_id: UUID, *, at: datetime) -> None:
        """Ask for one exercise less."""
        self._refuse_unless_open()
        self._exercises.remove(self.exercise(exercise_row_id))
        self._changed(at=at)

    def exercise(self, exercise_row_id: UUID) -> WorkoutExercise:
        """
        Return one exercise of this workout.

        Raises:
            WorkoutExerciseNotFound: it has none of this id.
        """
        for exercise in self._exercises:
            if exercise.id == exercise_row_id:
                return exercise
        raise WorkoutExerciseNotFound("The workout has no such exercise.")

    def begin(self, *, at: datetime) -> None:
        """
        Note that its athlete starts a session; several sessions of one workout are fine.

        Raises:
            WorkoutNotStartable: it is a draft, completed or cancelled.
        """
        if self.status not in _STARTABLE:
            raise WorkoutNotStartable("Cannot start session for workout in current status")
        if self.status is not WorkoutStatus.IN_PROGRESS:
            self.status = WorkoutStatus.IN_PROGRESS
            self._touch(at=at)

    def complete(self, *, at: datetime) -> None:
        """Close it as done."""
        if self.status not in _STARTABLE:
            raise WorkoutNotClosable(f"A workout that is {self.status} cannot be completed.")
        self._close(WorkoutStatus.COMPLETED, at=at)

    def cancel(self, *, at: datetime) -> None:
        """Close it as not to be done."""
        if self.status not in _OPEN:
            raise WorkoutNotClosable(f"A workout that is {self.status} cannot be cancelled.")
        self._close(WorkoutStatus.CANCELLED, at=at)

    def delete(self, *, at: datetime) -> None:
        """Take it out of every list; sessions of it stay."""
        self.deleted_at = at
        self._record(self._closed("deleted", at=at))

    def planned_sets(self) -> dict[UUID, int]:
        """Return how many sets of each exercise are asked for, in order of first mention."""
        planned: dict[UUID, int] = {}
        for exercise in self.exercises:
            planned[exercise.exercise_id] = planned.get(exercise.exercise_id, 0) + exercise.sets
        return planned

    def _write(self, plan: Plan) -> None:
        self.name = plan.name.strip()
        self.type = plan.type
        self.scheduled_date = plan.scheduled_date
        self.description = plan.description
        self.estimated_duration_minutes = plan.estimated_duration_minutes

    def _replace_exercises(self, exercises: list[tuple[UUID, Prescription]]) -> None:
        self._refuse_more_than_can_be_done(len(exercises))
        self._exercises[:] = [
            WorkoutExercise(exercise_row_id=row_id, order_index=order, what=what)
            for order, (row_id, what) in enumerate(exercises)
        ]

    def _close(self, status: WorkoutStatus, *, at: datetime) -> None:
        self.status = status
        self._record(self._closed(status.value, at=at))

    def _closed(self, reason: str, *, at: datetime) -> WorkoutClosed:
        return WorkoutClosed(
            occurred_at=at,
            workout_id=self.id,
            trainer_id=self.trainer_id,
            athlete_id=self.athlete_id,
            reason=reason,
        )

    def _changed(self, *, at: datetime) -> None:
        self._record(
            WorkoutPlanChanged(
                occurred_at=at,
                workout_id=self.id,
                trainer_id=self.trainer_id,
                athlete_id=self.athlete_id,
            )
        )

    def _refuse_unless_open(self) -> None:
        if self.status not in _OPEN:
            raise WorkoutNotEditable(f"A workout that is {self.status} cannot be changed.")

    @staticmethod
    def _refuse_more_than_can_be_done(count: int) -> None:
        if count > MOST_EXERCISES:
            raise Invalid.field(
                "/exercises", "too_long", f"A workout has at most {MOST_EXERCISES} exercises."
            )
