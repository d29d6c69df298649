"""A planned workout: drafted by a trainer, given to an athlete, trained, closed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from workout_domain.kernel.aggregate import Aggregate
from workout_domain.kernel.guards import at_least, known, optional_text, required_text
from workout_domain.training.blocks import Block
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
from workout_domain.training.lineup import (
    agree,
    planned_drops,
    planned_sets,
    planned_targets,
    refuse_unless_consistent,
)
from workout_domain.training.prescription import PrescribedExercise, Prescription
from workout_domain.training.targets import SetTarget

LONGEST_NAME: Final = 200
LONGEST_TEXT: Final = 10_000
LONGEST_MINUTES: Final = 100_000


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


class WorkoutExercise(PrescribedExercise):
    """One prescription at its place in a workout."""


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
        self.blocks: tuple[Block, ...] = ()
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
        blocks: tuple[Block, ...] = (),
        at: datetime,
    ) -> "Workout":
        """
        Plan a workout nobody has to do yet.

        Raises:
            Invalid: the name is blank, a figure out of range, there are too many exercises, or
                blocks and exercises do not agree.
        """
        workout = cls(workout_id=workout_id, trainer_id=trainer_id, plan=plan, at=at)
        workout._replace_exercises(exercises, blocks)
        workout._record(
            WorkoutCreated(occurred_at=at, workout_id=workout_id, trainer_id=trainer_id)
        )
        return workout

    def copied(
        self, new_id: Callable[[], UUID], *, plan: Plan | None = None, at: datetime
    ) -> "Workout":
        """Return a draft of the same exercises and blocks, and of another plan where given."""
        return Workout.draft(
            workout_id=new_id(),
            trainer_id=self.trainer_id,
            plan=plan or self.plan,
            exercises=[(new_id(), one.prescription) for one in self.exercises],
            blocks=self.blocks,
            at=at,
        )

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
        previous_athlete_id, self.athlete_id = self.athlete_id, athlete_id
        self.status = WorkoutStatus.ASSIGNED
        self._record(
            WorkoutAssigned(
                occurred_at=at,
                workout_id=self.id,
                trainer_id=self.trainer_id,
                athlete_id=athlete_id,
                previous_athlete_id=previous_athlete_id,
                scheduled_date=self.scheduled_date,
                name=self.name,
            )
        )

    def revise(
        self,
        plan: Plan,
        *,
        exercises: list[tuple[UUID, Prescription]] | None = None,
        blocks: tuple[Block, ...] | None = None,
        at: datetime,
    ) -> None:
        """
        Change what the workout says; ``exercises`` and ``blocks`` replace all of them.

        Exercises that name no block leave none behind.

        Raises:
            WorkoutNotEditable: it is finished.
            Invalid: blocks and exercises would not agree.
        """
        self._refuse_unless_open()
        self._write(plan)
        if exercises is not None:
            kept = self.blocks if any(what.block is not None for _, what in exercises) else ()
            self._replace_exercises(exercises, kept if blocks is None else blocks)
        elif blocks is not None:
            refuse_unless_consistent(blocks, self._prescriptions())
            self.blocks = blocks
        self._changed(at=at)

    def add_exercise(
        self, exercise_row_id: UUID, what: Prescription, *, at: datetime
    ) -> WorkoutExercise:
        """Ask for one more exercise, after the others of its block or of the workout."""
        self._refuse_unless_open()
        present = list(self.exercises)
        same_block = [place for place, one in enumerate(present) if one.block == what.block]
        place = len(present) if what.block is None or not same_block else same_block[-1] + 1
        prescribed = self._prescriptions()
        refuse_unless_consistent(
            self.blocks, [*prescribed[:place], what, *prescribed[place:]], at=place
        )
        added = WorkoutExercise(exercise_row_id=exercise_row_id, order_index=place, what=what)
        present.insert(place, added)
        self._put_in_order(present)
        self._exercises.append(added)
        self._changed(at=at)
        return added

    def change_exercise(self, exercise_row_id: UUID, what: Prescription, *, at: datetime) -> None:
        """Ask for something else at the place of one exercise."""
        self._refuse_unless_open()
        changed = self.exercise(exercise_row_id)
        place = self.exercises.index(changed)
        prescribed = self._prescriptions()
        refuse_unless_consistent(
            self.blocks, [*prescribed[:place], what, *prescribed[place + 1 :]], at=place
        )
        changed.prescribe(what)
        self._changed(at=at)

    def remove_exercise(self, exercise_row_id: UUID, *, at: datetime) -> None:
        """Ask for one exercise less; a block that cannot be without it is dissolved."""
        self._refuse_unless_open()
        removed = self.exercise(exercise_row_id)
        self._exercises.remove(removed)
        self._put_in_order(list(self.exercises))
        if removed.block is not None and not agree(self.blocks, self._prescriptions()):
            self._dissolve(removed.block)
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
        self.refuse_unless_startable()
        if self.status is not WorkoutStatus.IN_PROGRESS:
            self.status = WorkoutStatus.IN_PROGRESS
            self._touch(at=at)

    def refuse_unless_startable(self) -> None:
        """
        Check that a session of it may begin.

        Raises:
            WorkoutNotStartable: it is a draft, completed or cancelled.
        """
        if self.status not in _STARTABLE:
            raise WorkoutNotStartable("Cannot start session for workout in current status")

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
        return planned_sets(self.blocks, self.exercises)

    def planned_targets(self) -> dict[UUID, list[SetTarget]]:
        """
        Return what each set of each exercise is to be, exercises in order of first mention.

        Sets are numbered from 1 per exercise in the order they are performed: several rows of one
        exercise run on, and a block repeats its own in every round.
        """
        return planned_targets(self.blocks, self.exercises)

    def planned_drops(self) -> dict[UUID, set[int]]:
        """Return by exercise the numbers of the targets that drop from the one before them."""
        return planned_drops(self.blocks, self.exercises)

    def _write(self, plan: Plan) -> None:
        self.name = plan.name.strip()
        self.type = plan.type
        self.scheduled_date = plan.scheduled_date
        self.description = plan.description
        self.estimated_duration_minutes = plan.estimated_duration_minutes

    def _replace_exercises(
        self, exercises: list[tuple[UUID, Prescription]], blocks: tuple[Block, ...]
    ) -> None:
        refuse_unless_consistent(blocks, [what for _, what in exercises])
        self.blocks = blocks
        self._exercises[:] = [
            WorkoutExercise(exercise_row_id=row_id, order_index=order, what=what)
            for order, (row_id, what) in enumerate(exercises)
        ]

    def _prescriptions(self) -> list[Prescription]:
        return [one.prescription for one in self.exercises]

    @staticmethod
    def _put_in_order(exercises: list[WorkoutExercise]) -> None:
        for order, one in enumerate(exercises):
            one.order_index = order

    def _dissolve(self, block: int) -> None:
        self.blocks = (*self.blocks[:block], *self.blocks[block + 1 :])
        for one in self._exercises:
            if one.block is not None and one.block >= block:
                one.block = None if one.block == block else one.block - 1

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
