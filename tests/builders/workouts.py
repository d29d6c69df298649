"""Workouts, sessions and sets as domain and database tests need them."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from workout_domain.kernel.load import Load, MeasurementUnit
from workout_domain.training.blocks import Block
from workout_domain.training.effective_load import LoadKind, LoadRule
from workout_domain.training.performed_set import (
    PerformedSet,
    Rep,
    RepDraft,
    SetDraft,
    successful_reps,
)
from workout_domain.training.prescription import Prescription
from workout_domain.training.targets import SetTarget
from workout_domain.training.workout import Plan, Workout, WorkoutType
from workout_domain.training.workout_session import (
    PlannedExercise,
    SessionOwner,
    WorkoutSession,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HUNDRED = Load(Decimal(100), MeasurementUnit.KILOGRAMS)


def a_plan(**fields: Any) -> Plan:
    """Make what a workout says about itself."""
    return Plan(
        **{
            "name": "Lower body",
            "type": WorkoutType.STRENGTH,
            "scheduled_date": NOON,
            "description": "Slow",
            "estimated_duration_minutes": 75,
            **fields,
        }
    )


def a_prescription(exercise_id: UUID | None = None, **fields: Any) -> Prescription:
    """Make three sets of five."""
    return Prescription(
        **{
            "exercise_id": exercise_id or uuid4(),
            "sets": 3,
            "reps": 5,
            "load": HUNDRED,
            "rest_time_seconds": 180,
            "notes": "belt",
            **fields,
        }
    )


def a_target(number: int = 1, **fields: Any) -> SetTarget:
    """Make a target that says everything but how much, which it says unless told otherwise."""
    how_much = {"reps_min": 6, "reps_max": 8, "percent_of_training_max": Decimal("82.5")}
    if "load" in fields:
        how_much = {"reps": 5}
    return SetTarget(
        **{
            "number": number,
            "set_type": "drop_set",
            "is_amrap": True,
            "rpe": Decimal("8.5"),
            "rir": Decimal(1),
            "tempo": "3-1-X-0",
            "rest_seconds": 90,
            "duration_seconds": Decimal("40.125"),
            "distance_meters": Decimal("12.5"),
            **how_much,
            **fields,
        }
    )


@dataclass(frozen=True)
class WorkoutBuilder:
    """Says step by step what workout is wanted; ``drafted`` and ``assigned_to`` make it."""

    trainer_id: UUID = field(default_factory=uuid4)
    plan: Plan = field(default_factory=a_plan)
    prescriptions: tuple[Prescription, ...] = ()
    blocks: tuple[Block, ...] = ()

    def by(self, trainer_id: UUID) -> "WorkoutBuilder":
        """Let a trainer have planned it."""
        return replace(self, trainer_id=trainer_id)

    def asking(self, *prescriptions: Prescription) -> "WorkoutBuilder":
        """Put exercises into it."""
        return replace(self, prescriptions=prescriptions)

    def drafted(self) -> Workout:
        """Make it; its first event is still to be told."""
        return Workout.draft(
            workout_id=uuid4(),
            trainer_id=self.trainer_id,
            plan=self.plan,
            exercises=[(uuid4(), one) for one in self.prescriptions],
            blocks=self.blocks,
            at=NOON,
        )

    def assigned_to(self, athlete_id: UUID | None = None) -> Workout:
        """Make it and give it to an athlete."""
        workout = self.drafted()
        workout.assign_to(athlete_id or uuid4(), at=NOON)
        return workout

    def in_progress(self) -> Workout:
        """Make it, give it away and let it be begun; nothing is left to tell."""
        workout = self.assigned_to()
        workout.begin(at=NOON)
        workout.take_events()
        return workout


def a_workout() -> WorkoutBuilder:
    """Begin to say what workout is wanted."""
    return WorkoutBuilder()


def a_session(
    owner: SessionOwner | None = None, planned: list[tuple[UUID, int]] | None = None, **fields: Any
) -> WorkoutSession:
    """Make a running session; its first event is still to be told."""
    return WorkoutSession.start(
        **{
            "session_id": uuid4(),
            "owner": owner or SessionOwner(user_id=uuid4()),
            "name": "Evening bench",
            "session_date": NOON,
            "planned": [
                PlannedExercise(
                    log_id=uuid4(),
                    exercise_id=exercise_id,
                    sets=sets,
                    targets=tuple(SetTarget(number=n, reps=5) for n in range(1, sets + 1)),
                )
                for exercise_id, sets in planned or []
            ],
            "at": NOON,
            **fields,
        }
    )


def a_draft(**fields: Any) -> SetDraft:
    """Make a set of five with 100 kg as it is reported."""
    return SetDraft(**{"load": HUNDRED, "reps": successful_reps(5), **fields})


def a_set(
    session_id: UUID | None = None, draft: SetDraft | None = None, **fields: Any
) -> PerformedSet:
    """Make a performed set with its repetitions."""
    of = session_id or uuid4()
    what = draft or a_draft()
    one = PerformedSet(
        **{
            "set_id": uuid4(),
            "session_id": of,
            "exercise_id": uuid4(),
            "set_type_id": uuid4(),
            "load_rule": LoadRule(LoadKind.EXTERNAL),
            "draft": what,
            "sequence": 2,
            "performed_at": NOON,
            "client_generated_id": None,
            "at": NOON,
            **fields,
        }
    )
    one.replace_reps([a_rep(one, draft) for draft in what.reps])
    return one


def a_rep(of: PerformedSet, draft: RepDraft) -> Rep:
    """Make a repetition of a set."""
    return Rep(rep_id=uuid4(), session_id=of.session_id, draft=draft, set_load=of.load, at=NOON)
