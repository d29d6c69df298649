"""Plans as clients see them: workouts, templates, targets, the calendar."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from workout_application.encoding import left_out
from workout_domain.training.blocks import Block
from workout_domain.training.prescription import PrescribedExercise
from workout_domain.training.targets import SetTarget
from workout_domain.training.template import WorkoutTemplate
from workout_domain.training.workout import Workout


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressionView:
    """
    What a weight that nobody planned follows from: a rule, a training max, or both.

    ``reason`` is that of the rule's explanation.
    """

    reason: str
    rule_id: UUID = field(default_factory=left_out)
    training_max_id: UUID = field(default_factory=left_out)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTargetView:
    """
    What one set is to be; what it leaves open is absent.

    In a session a weight that programs asked for says so in ``progression``.
    """

    number: int
    set_type: str
    reps: int = field(default_factory=left_out)
    reps_min: int = field(default_factory=left_out)
    reps_max: int = field(default_factory=left_out)
    is_amrap: bool = field(default_factory=left_out)
    weight: Decimal = field(default_factory=left_out)
    unit: str = field(default_factory=left_out)
    percent_of_training_max: Decimal = field(default_factory=left_out)
    progression: ProgressionView = field(default_factory=left_out)
    rpe: Decimal = field(default_factory=left_out)
    rir: Decimal = field(default_factory=left_out)
    tempo: str = field(default_factory=left_out)
    rest_seconds: int = field(default_factory=left_out)
    duration_seconds: Decimal = field(default_factory=left_out)
    distance_meters: Decimal = field(default_factory=left_out)

    @classmethod
    def of(cls, target: SetTarget) -> "SetTargetView":
        """Show a target."""
        said = target.document()
        if "progression" in said:
            said["progression"] = ProgressionView(**said["progression"])
        return cls(**said)


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockView:
    """Exercises of a plan that are done together; they name it by its index."""

    kind: str
    rounds: int | None
    interval_seconds: int | None
    time_cap_seconds: int | None
    rest_seconds: int | None
    notes: str | None

    @classmethod
    def of(cls, block: Block) -> "BlockView":
        """Show a block."""
        return cls(**block.document())


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkoutExerciseView:
    """One prescription of a plan; ``targets`` is null where nothing is said set by set."""

    id: UUID
    exercise_id: UUID
    order_index: int
    sets: int
    reps: int | None
    weight: Decimal | None
    unit: str | None
    duration_seconds: Decimal | None
    distance_meters: Decimal | None
    rest_time_seconds: int | None
    notes: str | None
    targets: list[SetTargetView] | None
    block: int | None

    @classmethod
    def of(cls, exercise: PrescribedExercise) -> "WorkoutExerciseView":
        """Show a prescription."""
        load, targets = exercise.load, exercise.targets
        return cls(
            id=exercise.id,
            exercise_id=exercise.exercise_id,
            order_index=exercise.order_index,
            sets=exercise.sets,
            reps=exercise.reps,
            weight=None if load is None else load.amount,
            unit=None if load is None else load.unit,
            duration_seconds=exercise.duration_seconds,
            distance_meters=exercise.distance_meters,
            rest_time_seconds=exercise.rest_time_seconds,
            notes=exercise.notes,
            targets=None if targets is None else [SetTargetView.of(one) for one in targets],
            block=exercise.block,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkoutView:
    """A planned workout with its exercises in order."""

    id: UUID
    name: str
    description: str | None
    trainer_id: UUID
    athlete_id: UUID | None
    type: str
    status: str
    scheduled_date: datetime
    estimated_duration_minutes: int
    created_at: datetime
    updated_at: datetime
    revision: int
    exercises: list[WorkoutExerciseView]
    blocks: list[BlockView]

    @classmethod
    def of(cls, workout: Workout) -> "WorkoutView":
        """Show a workout."""
        return cls(
            id=workout.id,
            name=workout.name,
            description=workout.description,
            trainer_id=workout.trainer_id,
            athlete_id=workout.athlete_id,
            type=workout.type,
            status=workout.status,
            scheduled_date=workout.scheduled_date,
            estimated_duration_minutes=workout.estimated_duration_minutes,
            created_at=workout.created_at,
            updated_at=workout.updated_at,
            revision=workout.revision,
            exercises=[WorkoutExerciseView.of(exercise) for exercise in workout.exercises],
            blocks=[BlockView.of(block) for block in workout.blocks],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenCopyView:
    """What became of one athlete: the id of their copy, or why there is none."""

    athlete_id: UUID
    workout_id: UUID | None
    code: str | None
    message: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenCopiesView:
    """What became of each athlete, in the order asked; ``workout_id`` is the original's."""

    workout_id: UUID
    results: list[GivenCopyView]


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateView:
    """A workout template with its exercises in order; without an owner it is a shipped one."""

    id: UUID
    name: str
    description: str | None
    type: str
    estimated_duration_minutes: int
    tags: list[str]
    owner_id: UUID | None
    created_at: datetime
    updated_at: datetime
    revision: int
    exercises: list[WorkoutExerciseView]
    blocks: list[BlockView]

    @classmethod
    def of(cls, template: WorkoutTemplate) -> "TemplateView":
        """Show a template."""
        return cls(
            id=template.id,
            name=template.name,
            description=template.description,
            type=template.type,
            estimated_duration_minutes=template.estimated_duration_minutes,
            tags=template.tags,
            owner_id=template.owner_id,
            created_at=template.created_at,
            updated_at=template.updated_at,
            revision=template.revision,
            exercises=[WorkoutExerciseView.of(exercise) for exercise in template.exercises],
            blocks=[BlockView.of(block) for block in template.blocks],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionOfWorkout:
    """A session as its workout mentions it."""

    id: UUID
    status: str
    started_at: datetime
    completed_at: datetime | None
    duration_minutes: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkoutDetail(WorkoutView):
    """A planned workout and the sessions of it."""

    sessions: list[SessionOfWorkout]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarWorkoutView:
    """
    A workout on the day it is planned for.

    It is ``done`` once a session of it was completed or it was closed as completed, and
    ``missed`` when its day has passed and nobody began it.
    """

    id: UUID
    trainer_id: UUID
    name: str
    type: str
    status: str
    scheduled_date: datetime
    estimated_duration_minutes: int
    done: bool
    missed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarSessionView:
    """A session on its day; without a workout it is an ad-hoc one."""

    id: UUID
    workout_id: UUID | None
    name: str
    status: str
    session_date: datetime
    started_at: datetime
    completed_at: datetime | None
    duration_minutes: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDayView:
    """A day on which something is planned or done."""

    date: date
    workouts: list[CalendarWorkoutView]
    sessions: list[CalendarSessionView]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarView:
    """
    An athlete's days in their ``time_zone``; days without anything are absent.

    ``left_out`` names what the caller may not see: ``workouts`` or ``sessions``.
    """

    athlete_id: UUID | None
    time_zone: str
    from_date: date
    to_date: date
    left_out: list[str]
    days: list[CalendarDayView]
