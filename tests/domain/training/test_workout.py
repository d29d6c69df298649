"""A planned workout: what it asks for, and that no history breaks its rules."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.builders.workouts import NOON, a_plan, a_prescription, a_workout
from workout_domain.kernel.errors import Conflict, Invalid
from workout_domain.training.errors import (
    WorkoutExerciseNotFound,
    WorkoutNotAssignable,
    WorkoutNotClosable,
    WorkoutNotEditable,
    WorkoutNotStartable,
)
from workout_domain.training.lineup import MOST_EXERCISES
from workout_domain.training.prescription import Prescription
from workout_domain.training.workout import Workout, WorkoutStatus

LATER = NOON + timedelta(hours=1)
ATHLETES = [uuid4() for _ in range(3)]

VERBS: dict[str, Callable[[Workout], Any]] = {
    "assign": lambda workout: workout.assign_to(ATHLETES[0], at=LATER),
    "begin": lambda workout: workout.begin(at=LATER),
    "complete": lambda workout: workout.complete(at=LATER),
    "cancel": lambda workout: workout.cancel(at=LATER),
    "revise": lambda workout: workout.revise(a_plan(name="B"), at=LATER),
    "add_exercise": lambda workout: workout.add_exercise(uuid4(), a_prescription(), at=LATER),
}
ALLOWED = {
    WorkoutStatus.DRAFT: {"assign", "cancel", "revise", "add_exercise"},
    WorkoutStatus.ASSIGNED: {"assign", "begin", "complete", "cancel", "revise", "add_exercise"},
    WorkoutStatus.IN_PROGRESS: {"begin", "complete", "cancel", "revise", "add_exercise"},
    WorkoutStatus.COMPLETED: set[str](),
    WorkoutStatus.CANCELLED: set[str](),
}


def standing(status: WorkoutStatus) -> Workout:
    """Make a workout of a status."""
    made: dict[WorkoutStatus, Callable[[], Workout]] = {
        WorkoutStatus.DRAFT: a_workout().drafted,
        WorkoutStatus.ASSIGNED: a_workout().assigned_to,
        WorkoutStatus.IN_PROGRESS: a_workout().in_progress,
        WorkoutStatus.COMPLETED: a_workout().in_progress,
        WorkoutStatus.CANCELLED: a_workout().in_progress,
    }
    workout = made[status]()
    if status is WorkoutStatus.COMPLETED:
        workout.complete(at=NOON)
    if status is WorkoutStatus.CANCELLED:
        workout.cancel(at=NOON)
    workout.take_events()
    return workout


@pytest.mark.requirement("TRN-06", "TRN-07")
@pytest.mark.parametrize("status", WorkoutStatus)
@pytest.mark.parametrize("verb", VERBS)
def test_each_status_allows_its_own_verbs(status: WorkoutStatus, verb: str) -> None:
    workout = standing(status)

    if verb in ALLOWED[status]:
        VERBS[verb](workout)
        return

    with pytest.raises(Conflict):
        VERBS[verb](workout)
    assert workout.status is status
    assert workout.take_events() == ()


@pytest.mark.requirement("TRN-02")
def test_a_new_workout_is_a_draft_that_tells_of_itself() -> None:
    workout = a_workout().drafted()

    [event] = workout.take_events()
    assert workout.status is WorkoutStatus.DRAFT
    assert event.kind == "workout.created"
    assert (event.aggregate_id, workout.trainer_id) == (workout.id, event.trainer_id)  # type: ignore[attr-defined]


@pytest.mark.requirement("ARC-24")
@pytest.mark.requirement("COA-03")
@given(st.lists(st.sampled_from(ATHLETES), min_size=1))
def test_one_event_per_change_of_athlete(sequence: list[UUID]) -> None:
    workout = a_workout().drafted()
    workout.take_events()

    for athlete_id in sequence:
        workout.assign_to(athlete_id, at=LATER)

    changes = 1 + sum(before != after for before, after in pairwise(sequence))
    assert len(workout.take_events()) == changes
    assert workout.athlete_id == sequence[-1]
    assert workout.updated_at == LATER


@pytest.mark.requirement("TRN-06")
def test_a_draft_is_not_started_with_the_sentence_of_the_source() -> None:
    with pytest.raises(WorkoutNotStartable) as refused:
        a_workout().drafted().begin(at=NOON)

    assert refused.value.message == "Cannot start session for workout in current status"


def test_a_started_workout_cannot_be_reassigned() -> None:
    workout = a_workout().in_progress()

    with pytest.raises(WorkoutNotAssignable):
        workout.assign_to(ATHLETES[0], at=LATER)


def test_beginning_again_changes_nothing() -> None:
    workout = a_workout().in_progress()
    before = workout.revision

    workout.begin(at=LATER)

    assert workout.revision == before


@pytest.mark.requirement("TRN-10")
@pytest.mark.parametrize("status", WorkoutStatus)
def test_a_workout_is_deleted_wherever_it_stands(status: WorkoutStatus) -> None:
    workout = standing(status)

    workout.delete(at=LATER)

    [event] = workout.take_events()
    assert workout.deleted_at == LATER
    assert (event.kind, event.reason) == ("workout.plan.closed", "deleted")  # type: ignore[attr-defined]


@pytest.mark.requirement("TRN-04")
def test_a_revision_keeps_the_exercises_unless_it_gives_others() -> None:
    workout = a_workout().asking(a_prescription(), a_prescription()).drafted()
    kept = workout.exercises

    workout.revise(a_plan(description="Fast"), at=LATER)

    assert workout.exercises == kept
    assert (workout.description, workout.updated_at) == ("Fast", LATER)

    workout.revise(workout.plan, exercises=[], at=LATER)

    assert workout.exercises == ()


@pytest.mark.requirement("TRN-05")
def test_an_added_exercise_comes_last_even_after_removals() -> None:
    workout = a_workout().asking(a_prescription(), a_prescription()).drafted()
    workout.remove_exercise(workout.exercises[0].id, at=LATER)

    added = workout.add_exercise(uuid4(), a_prescription(), at=LATER)

    assert workout.exercises[-1] is added
    assert len(workout.exercises) == 2


def test_an_exercise_it_does_not_have_is_not_found() -> None:
    with pytest.raises(WorkoutExerciseNotFound):
        a_workout().drafted().change_exercise(uuid4(), a_prescription(), at=LATER)


def test_a_workout_has_an_end() -> None:
    workout = a_workout().asking(*(a_prescription() for _ in range(MOST_EXERCISES))).drafted()

    with pytest.raises(Invalid):
        workout.add_exercise(uuid4(), a_prescription(), at=LATER)


def test_planned_sets_of_one_exercise_are_added_up_in_order() -> None:
    squat, bench = uuid4(), uuid4()
    workout = (
        a_workout()
        .asking(
            a_prescription(squat, sets=1),
            a_prescription(bench, sets=3),
            a_prescription(squat, sets=4),
        )
        .drafted()
    )

    assert list(workout.planned_sets().items()) == [(squat, 5), (bench, 3)]


@pytest.mark.requirement("TRN-05")
@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"sets": 0}, "/sets"),
        ({"sets": 1001}, "/sets"),
        ({"reps": 0}, "/reps"),
        ({"reps": -1}, "/reps"),
        ({"rest_time_seconds": -1}, "/rest_time_seconds"),
        ({"reps": None}, "/reps"),
        ({"notes": "x" * 10_001}, "/notes"),
    ],
)
def test_a_prescription_of_nonsense_is_refused(wrong: dict[str, Any], pointer: str) -> None:
    with pytest.raises(Invalid) as refused:
        a_prescription(**wrong)

    assert [error.pointer for error in refused.value.errors] == [pointer]


@pytest.mark.parametrize(
    "measure", [{"reps": 5}, {"duration_seconds": Decimal(30)}, {"distance_meters": Decimal(400)}]
)
def test_any_one_measure_is_a_prescription(measure: dict[str, Any]) -> None:
    asked = Prescription(exercise_id=uuid4(), sets=1, **measure)

    workout = a_workout().asking(asked).drafted()

    assert workout.exercises[0].prescription == asked


@pytest.mark.requirement("TRN-02")
@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"name": "x" * 201},
        {"description": "a\x00"},
        {"estimated_duration_minutes": -1},
    ],
    ids=str,
)
def test_a_plan_of_nonsense_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        a_plan(**wrong)


class AnyHistory(RuleBasedStateMachine):
    """A workout under arbitrary verbs, beside the little one must know to predict it."""

    def __init__(self) -> None:
        super().__init__()
        self.workout = a_workout().drafted()
        self.told = len(self.workout.take_events())
        self.touched = 0
        self.at = NOON

    def act(self, verb: Callable[[], Any], refusal: type[Exception], *, allowed: bool) -> None:
        """Use a verb; it works or is refused as predicted, and a refusal leaves no trace."""
        before = (self.workout.status, self.workout.revision, self.workout.updated_at)
        self.at += timedelta(minutes=1)
        if allowed:
            verb()
        else:
            with pytest.raises(refusal):
                verb()
            assert (self.workout.status, self.workout.revision, self.workout.updated_at) == before

    @property
    def status(self) -> WorkoutStatus:
        """Where it stands."""
        return self.workout.status

    @rule(athlete_id=st.sampled_from(ATHLETES))
    def assign(self, athlete_id: UUID) -> None:
        """Give it to somebody."""
        self.act(
            lambda: self.workout.assign_to(athlete_id, at=self.at),
            WorkoutNotAssignable,
            allowed=self.status in {WorkoutStatus.DRAFT, WorkoutStatus.ASSIGNED},
        )

    @rule()
    def begin(self) -> None:
        """Begin it."""
        self.touched += self.status is WorkoutStatus.ASSIGNED
        self.act(
            lambda: self.workout.begin(at=self.at),
            WorkoutNotStartable,
            allowed=self.status in {WorkoutStatus.ASSIGNED, WorkoutStatus.IN_PROGRESS},
        )

    @rule()
    def complete(self) -> None:
        """Complete it."""
        self.act(
            lambda: self.workout.complete(at=self.at),
            WorkoutNotClosable,
            allowed=self.status in {WorkoutStatus.ASSIGNED, WorkoutStatus.IN_PROGRESS},
        )

    @rule()
    def cancel(self) -> None:
        """Cancel it."""
        self.act(
            lambda: self.workout.cancel(at=self.at),
            WorkoutNotClosable,
            allowed=self.status not in {WorkoutStatus.COMPLETED, WorkoutStatus.CANCELLED},
        )

    @rule(sets=st.integers(1, 10))
    def add(self, sets: int) -> None:
        """Ask for one more exercise."""
        self.act(
            lambda: self.workout.add_exercise(uuid4(), a_prescription(sets=sets), at=self.at),
            WorkoutNotEditable,
            allowed=self.status not in {WorkoutStatus.COMPLETED, WorkoutStatus.CANCELLED},
        )

    @precondition(lambda self: self.workout.exercises)
    @rule(place=st.integers(0, 100))
    def remove(self, place: int) -> None:
        """Ask for one exercise less."""
        one = self.workout.exercises[place % len(self.workout.exercises)]
        self.act(
            lambda: self.workout.remove_exercise(one.id, at=self.at),
            WorkoutNotEditable,
            allowed=self.status not in {WorkoutStatus.COMPLETED, WorkoutStatus.CANCELLED},
        )

    @invariant()
    def an_athlete_is_named_as_soon_as_it_is_assigned(self) -> None:
        """Only drafts, and drafts that were cancelled, belong to nobody."""
        if self.status not in {WorkoutStatus.DRAFT, WorkoutStatus.CANCELLED}:
            assert self.workout.athlete_id is not None

    @invariant()
    def the_revision_counts_events_and_beginnings(self) -> None:
        """Nothing else raises it."""
        self.told += len(self.workout.take_events())
        assert self.workout.revision == self.told + self.touched

    @invariant()
    def places_are_never_shared(self) -> None:
        """Each exercise has a place of its own, in order."""
        places = [one.order_index for one in self.workout.exercises]
        assert places == sorted(set(places))


TestAnyHistoryOfAWorkout = AnyHistory.TestCase


def test_a_copy_asks_for_the_same_and_is_nobodys_yet() -> None:
    original = a_workout().asking(a_prescription(), a_prescription(notes="light")).in_progress()

    copy = original.copied(uuid4, plan=a_plan(name="Week 2"), at=LATER)

    assert [one.prescription for one in copy.exercises] == [
        one.prescription for one in original.exercises
    ]
    assert (copy.status, copy.athlete_id, copy.name) == (WorkoutStatus.DRAFT, None, "Week 2")
    assert (copy.trainer_id, copy.created_at) == (original.trainer_id, LATER)
    assert [event.kind for event in copy.take_events()] == ["workout.created"]
    assert original.take_events() == ()
