"""Another exercise for today: what goes over to it, what stays, and what never comes along."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from itertools import product
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders.workouts import HUNDRED, NOON, a_set
from workout_domain.catalogue.classification import MeasurementType
from workout_domain.catalogue.merging import sets_fit
from workout_domain.kernel.errors import Invalid
from workout_domain.kernel.load import Load
from workout_domain.training.errors import (
    ExerciseMeasuredOtherwise,
    ExerciseNotInSession,
    ExerciseNotPlanned,
    ExercisePlannedAlready,
    NoSetsLeft,
    SessionNotInProgress,
)
from workout_domain.training.exercise_log import ExerciseLog
from workout_domain.training.performed_set import refuse_unless_measured_alike
from workout_domain.training.progression import Progression
from workout_domain.training.resolving import FoundLoad
from workout_domain.training.targets import SetTarget
from workout_domain.training.workout_session import (
    PlannedExercise,
    SessionOwner,
    SessionSummary,
    WorkoutSession,
)

pytestmark = pytest.mark.requirement("BEY-14")

LATER = NOON + timedelta(minutes=20)
SQUAT, BENCH, LEG_PRESS, LUNGE = LIFTS = [uuid4() for _ in range(4)]
TARGETS = (
    SetTarget(number=1, set_type="warm_up", reps=8, load=HUNDRED),
    SetTarget(number=2, reps=5, load=HUNDRED, rpe=Decimal(8), tempo="3-1-X-0", rest_seconds=180),
    SetTarget(
        number=3, reps_min=6, reps_max=8, percent_of_training_max=Decimal(80), rir=Decimal(2)
    ).resolved_to(HUNDRED, Progression(reason="from_training_max", training_max_id=uuid4())),
)
OF_ANOTHER_LIFT = (
    SetTarget(number=1, set_type="warm_up", reps=8),
    SetTarget(number=2, reps=5, rpe=Decimal(8), tempo="3-1-X-0", rest_seconds=180),
    SetTarget(
        number=3, reps_min=6, reps_max=8, percent_of_training_max=Decimal(80), rir=Decimal(2)
    ),
)


def training(**plan: tuple[UUID, int]) -> WorkoutSession:
    """Begin a session of three sets of squats, then of as many sets of others as are named."""
    others = [
        (lift, tuple(SetTarget(number=n, reps=5, load=HUNDRED) for n in range(1, sets + 1)))
        for lift, sets in plan.values()
    ]
    session = WorkoutSession.start(
        session_id=uuid4(),
        owner=SessionOwner(user_id=uuid4()),
        name="Legs",
        session_date=NOON,
        planned=[
            PlannedExercise(log_id=uuid4(), exercise_id=lift, sets=len(targets), targets=targets)
            for lift, targets in [(SQUAT, TARGETS), *others]
        ],
        at=NOON,
    )
    session.take_events()
    return session


def log_of(session: WorkoutSession, lift: UUID) -> ExerciseLog | None:
    """Return the log of an exercise."""
    return next((one for one in session.exercise_logs if one.exercise_id == lift), None)


def the_log(session: WorkoutSession, lift: UUID) -> ExerciseLog:
    """Return the log of an exercise that has one."""
    found = log_of(session, lift)
    assert found is not None
    return found


def log(session: WorkoutSession, lift: UUID, number: int | None = None) -> None:
    """Log a set that met a target, or none, as appends do it."""
    found = log_of(session, lift)
    if found is None:
        found = ExerciseLog(
            log_id=uuid4(), exercise_id=lift, planned_sets=None, order_index=100_000
        )
        session._logs.append(found)
    target = next((one for one in found.targets or () if one.number == number), None)
    session._sets.append(a_set(session.id, exercise_id=lift, target=target))


def substitute(session: WorkoutSession, lift: UUID, by: UUID) -> None:
    """Let another exercise take over."""
    session.substitute(lift, by=by, log_id=uuid4(), at=LATER)


def told(session: WorkoutSession) -> list[tuple[UUID, int | None, int, bool, UUID | None]]:
    """Return what the logs say, in order."""
    return [
        (
            one.exercise_id,
            one.planned_sets,
            one.completed_sets,
            one.is_completed,
            one.substituted_exercise_id,
        )
        for one in session.exercise_logs
    ]


def test_nothing_done_yet_the_other_exercise_takes_the_place_and_no_weight() -> None:
    session = training(bench=(BENCH, 2))
    place = the_log(session, SQUAT).id

    substitute(session, SQUAT, LEG_PRESS)

    taken = the_log(session, LEG_PRESS)
    assert told(session) == [(LEG_PRESS, 3, 0, False, SQUAT), (BENCH, 2, 0, False, None)]
    assert (taken.id, taken.order_index) == (place, 0)
    assert taken.targets == OF_ANOTHER_LIFT


def test_percentages_become_weights_of_the_other_lift_and_nothing_else_does() -> None:
    session = training()
    own = FoundLoad(Load(Decimal(64)), Progression(reason="from_training_max"))

    taken = session.substitute(SQUAT, by=LEG_PRESS, log_id=uuid4(), at=LATER)
    taken.resolve_percentages({Decimal(80): own})

    loads = [one.load for one in the_log(session, LEG_PRESS).targets or ()]
    assert loads == [None, None, Load(Decimal(64))]


def test_what_was_done_stays_and_what_is_left_follows_after_it() -> None:
    session = training(bench=(BENCH, 2))
    log(session, SQUAT, 1)
    log(session, SQUAT, 2)

    substitute(session, SQUAT, LEG_PRESS)

    assert told(session) == [
        (SQUAT, 2, 2, True, None),
        (LEG_PRESS, 1, 0, False, SQUAT),
        (BENCH, 2, 0, False, None),
    ]
    assert the_log(session, SQUAT).targets == TARGETS[:2]
    assert the_log(session, LEG_PRESS).targets == (OF_ANOTHER_LIFT[2].numbered(1),)


def test_sets_done_out_of_order_keep_the_numbers_their_targets_have() -> None:
    session = training()
    log(session, SQUAT, 3)
    log(session, SQUAT, 1)

    substitute(session, SQUAT, LEG_PRESS)

    assert [one.number for one in the_log(session, SQUAT).targets or ()] == [1, 3]
    assert the_log(session, LEG_PRESS).targets == (OF_ANOTHER_LIFT[1].numbered(1),)


def test_sets_reported_done_but_not_logged_are_done() -> None:
    session = training()
    the_log(session, SQUAT).completed_sets = 2

    substitute(session, SQUAT, LEG_PRESS)

    assert told(session) == [(SQUAT, 2, 2, True, None), (LEG_PRESS, 1, 0, False, SQUAT)]
    assert the_log(session, SQUAT).targets == TARGETS[:2]


def test_a_set_that_met_no_target_stays_with_an_exercise_that_is_no_longer_planned() -> None:
    session = training()
    log(session, SQUAT)

    substitute(session, SQUAT, LEG_PRESS)

    assert told(session) == [(SQUAT, None, 0, False, None), (LEG_PRESS, 3, 0, False, SQUAT)]
    assert the_log(session, SQUAT).targets is None
    assert the_log(session, LEG_PRESS).targets == OF_ANOTHER_LIFT


def test_a_removed_set_was_not_done() -> None:
    session = training()
    log(session, SQUAT, 1)
    session.remove_set(session.sets[0].id, at=LATER)

    substitute(session, SQUAT, LEG_PRESS)

    assert told(session) == [(LEG_PRESS, 3, 0, False, SQUAT)]


def test_an_exercise_logged_without_a_plan_may_take_over_and_moves_up() -> None:
    session = training(bench=(BENCH, 2))
    log(session, LEG_PRESS)

    substitute(session, SQUAT, LEG_PRESS)

    assert told(session) == [(LEG_PRESS, 3, 0, False, SQUAT), (BENCH, 2, 0, False, None)]


def test_a_substitute_is_substituted_and_what_was_planned_is_still_said() -> None:
    session = training()
    log(session, SQUAT, 1)
    substitute(session, SQUAT, LEG_PRESS)
    log(session, LEG_PRESS, 1)

    substitute(session, LEG_PRESS, LUNGE)

    assert told(session) == [
        (SQUAT, 1, 1, True, None),
        (LEG_PRESS, 1, 1, True, SQUAT),
        (LUNGE, 1, 0, False, SQUAT),
    ]


@pytest.mark.parametrize("done", [0, 1])
def test_it_goes_back_to_what_was_planned(done: int) -> None:
    session = training()
    for number in range(1, done + 1):
        log(session, SQUAT, number)
    substitute(session, SQUAT, LEG_PRESS)

    substitute(session, LEG_PRESS, SQUAT)

    assert told(session) == [(SQUAT, 3, done, False, None)]
    back = the_log(session, SQUAT).targets or ()
    assert [one.number for one in back] == [1, 2, 3]
    assert back[done:] == OF_ANOTHER_LIFT[done:]


def test_a_session_begun_before_targets_were_kept_counts_its_sets() -> None:
    session = training()
    the_log(session, SQUAT).targets = None
    log(session, SQUAT)

    substitute(session, SQUAT, LEG_PRESS)

    assert told(session) == [(SQUAT, 1, 1, True, None), (LEG_PRESS, 2, 0, False, SQUAT)]
    assert the_log(session, LEG_PRESS).targets is None


def test_it_is_told_and_settles_the_session() -> None:
    session = training()
    before = session.revision

    substitute(session, SQUAT, LEG_PRESS)

    [event] = session.take_events()
    assert (event.kind, event.sequence) == ("workout.exercise.substituted", 2)  # type: ignore[attr-defined]
    assert (event.exercise_id, event.substitute_id) == (SQUAT, LEG_PRESS)  # type: ignore[attr-defined]
    assert session.revision == before + 1
    assert session.settled_at == session.updated_at == session.last_activity_at == LATER


def test_what_cannot_be_substituted_is_refused_and_leaves_no_trace() -> None:
    session = training(bench=(BENCH, 1))
    log(session, BENCH, 1)
    log(session, LUNGE)
    before = told(session)

    for lift, by, refusal in (
        (uuid4(), LEG_PRESS, ExerciseNotInSession),
        (LUNGE, LEG_PRESS, ExerciseNotPlanned),
        (BENCH, LEG_PRESS, NoSetsLeft),
        (SQUAT, BENCH, ExercisePlannedAlready),
        (SQUAT, SQUAT, Invalid),
    ):
        with pytest.raises(refusal):
            substitute(session, lift, by)

    assert told(session) == before
    assert session.take_events() == ()


def test_an_ended_session_keeps_its_exercises() -> None:
    session = training()
    session.complete(SessionSummary(), at=LATER)

    with pytest.raises(SessionNotInProgress):
        substitute(session, SQUAT, LEG_PRESS)


@pytest.mark.parametrize(("planned", "instead"), list(product(MeasurementType, repeat=2)))
def test_it_must_be_measured_as_one_that_could_become_the_other(
    planned: MeasurementType, instead: MeasurementType
) -> None:
    if sets_fit(planned, instead):
        refuse_unless_measured_alike(planned, instead)
        return

    with pytest.raises(ExerciseMeasuredOtherwise) as refused:
        refuse_unless_measured_alike(planned, instead)

    assert [one.pointer for one in refused.value.errors] == ["/exercise_id"]


REFUSALS = (
    Invalid,
    ExerciseNotInSession,
    ExerciseNotPlanned,
    ExercisePlannedAlready,
    NoSetsLeft,
)
steps = st.one_of(
    st.tuples(st.just("log"), st.sampled_from(LIFTS), st.integers(1, 5)),
    st.tuples(st.just("report"), st.sampled_from(LIFTS), st.integers(0, 4)),
    st.tuples(st.just("substitute"), st.sampled_from(LIFTS), st.sampled_from(LIFTS)),
)


@given(st.lists(steps, max_size=20))
def test_whatever_happens_the_plan_stays_whole(history: list[tuple[str, UUID, int | UUID]]) -> None:
    """As many sets of each planned exercise are asked for as at first, each target once."""
    session = training(bench=(BENCH, 2))
    for what, lift, how in history:
        found = log_of(session, lift)
        if what == "log" and isinstance(how, int):
            log(session, lift, how)
        elif what == "report" and found is not None and isinstance(how, int):
            found.completed_sets = how
            found.is_completed = found.planned_sets is not None and how >= found.planned_sets
        elif isinstance(how, UUID):
            try:
                substitute(session, lift, how)
            except REFUSALS:
                continue

    asked_for: Counter[UUID] = Counter()
    for one in session.exercise_logs:
        numbers = [target.number for target in one.targets or ()]
        assert len(numbers) == len(set(numbers)) == (one.planned_sets or 0)
        if one.planned_sets is not None:
            asked_for[one.asked_for] += one.planned_sets
            assert one.is_completed == (one.completed_sets >= one.planned_sets)
        if one.substituted_exercise_id is not None:
            assert all(target.load is None for target in one.targets or ())
    assert asked_for == {SQUAT: 3, BENCH: 2}
    lifts = [one.exercise_id for one in session.exercise_logs]
    assert len(lifts) == len(set(lifts))
    assert {one.exercise_id for one in session.sets} <= set(lifts)
