"""What the domain is made of: aggregates with events, guards, values that never change."""

import sys
from dataclasses import FrozenInstanceError, fields, is_dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final, get_args, get_type_hints
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.architecture.registries import messages, wired
from tests.architecture.sources import classes, product
from workout_domain.catalogue.exercise import Exercise, ExerciseDetails
from workout_domain.identity.user import Profile, User
from workout_domain.kernel.aggregate import Aggregate
from workout_domain.kernel.errors import Invalid
from workout_domain.kernel.events import DomainEvent
from workout_domain.kernel.load import Load, LoadNotAllowed, MeasurementUnit
from workout_domain.training.prescription import Prescription
from workout_domain.training.workout import Plan, Workout, WorkoutType
from workout_domain.training.workout_session import SessionOwner, WorkoutSession
from workout_presentation.api.problems import status_of

NOON: Final = datetime(2026, 3, 2, 12, tzinfo=UTC)
amounts = st.decimals(Decimal(0), Decimal("9999.999"), places=3, allow_nan=False)
units = st.sampled_from(MeasurementUnit)


def a_plan(name: str = "Lower body A") -> Plan:
    """Make a plan."""
    return Plan(name=name, type=WorkoutType.STRENGTH, scheduled_date=NOON)


def a_workout() -> Workout:
    """Draft a workout."""
    return Workout.draft(
        workout_id=uuid4(), trainer_id=uuid4(), plan=a_plan(), exercises=[], at=NOON
    )


def a_user() -> User:
    """Register a user."""
    return User.register(
        user_id=uuid4(),
        username="ana",
        email="ana@example.com",
        password_hash="hash",
        profile=Profile(first_name="Ana", last_name="Silva"),
        at=NOON,
    )


def a_session() -> WorkoutSession:
    """Start a session."""
    return WorkoutSession.start(
        session_id=uuid4(),
        owner=SessionOwner(user_id=uuid4()),
        name="Evening bench",
        session_date=NOON,
        at=NOON,
    )


def an_exercise(name: str = "Squat") -> Exercise:
    """Create an exercise."""
    return Exercise.create(
        exercise_id=uuid4(), owner_id=uuid4(), details=ExerciseDetails(name=name), at=NOON
    )


@pytest.mark.requirement("ARC-13")
@pytest.mark.parametrize("make", [a_workout, a_user, a_session, an_exercise])
def test_a_new_aggregate_has_its_id_instants_and_one_pending_event(make: Any) -> None:
    made = make()

    events = made.take_events()

    assert isinstance(made.id, UUID)
    assert made.created_at == made.updated_at == NOON
    assert not made.is_deleted
    assert len(events) == made.revision == 1
    assert events[0].occurred_at == NOON
    assert events[0].aggregate_id == made.id


@pytest.mark.requirement("ARC-13")
@pytest.mark.parametrize("make", [a_workout, a_user, a_session, an_exercise])
def test_taking_the_events_empties_the_list(make: Any) -> None:
    made = make()
    made.take_events()

    assert made.take_events() == ()


@pytest.mark.requirement("ARC-13")
def test_deleting_marks_the_aggregate_and_leaves_an_event() -> None:
    exercise = an_exercise()

    exercise.delete(at=NOON)

    assert exercise.is_deleted
    assert [type(event).__name__ for event in exercise.take_events()] == [
        "ExerciseCreated",
        "ExerciseDeleted",
    ]


@pytest.mark.requirement("ARC-14")
@given(st.text(alphabet=" \t\n\r", max_size=20))
def test_a_blank_name_is_refused_and_the_field_named(name: str) -> None:
    for make in (a_plan, an_exercise):
        with pytest.raises(Invalid) as refused:
            make(name)

        assert [error.pointer for error in refused.value.errors] == ["/name"]
        assert status_of(type(refused.value)) == 400


@pytest.mark.requirement("ARC-14")
@given(st.integers(max_value=0))
def test_no_sets_or_fewer_are_refused_and_the_field_named(sets: int) -> None:
    with pytest.raises(Invalid) as refused:
        Prescription(exercise_id=uuid4(), sets=sets, reps=5)

    assert [error.pointer for error in refused.value.errors] == ["/sets"]
    assert status_of(type(refused.value)) == 400


@pytest.mark.requirement("ARC-14")
@given(
    st.one_of(
        st.decimals(max_value=Decimal("-0.001"), allow_nan=False, allow_infinity=False),
        st.sampled_from([Decimal("NaN"), Decimal("Infinity"), Decimal("-Infinity")]),
    )
)
def test_a_negative_or_endless_weight_is_refused_and_the_field_named(amount: Decimal) -> None:
    with pytest.raises(LoadNotAllowed) as refused:
        Load(amount)

    assert [error.pointer for error in refused.value.errors] == ["/weight"]
    assert status_of(type(refused.value)) == 400


@pytest.mark.requirement("ARC-15")
@given(amounts, units)
def test_two_loads_of_equal_amount_and_unit_are_equal(
    amount: Decimal, unit: MeasurementUnit
) -> None:
    one, other = Load(amount, unit), Load(Decimal(str(amount)), unit)

    assert one == other
    assert hash(one) == hash(other)


@pytest.mark.requirement("ARC-15")
@given(amounts)
def test_the_unit_is_part_of_a_load(amount: Decimal) -> None:
    assert Load(amount, MeasurementUnit.KILOGRAMS) != Load(amount, MeasurementUnit.POUNDS)


@pytest.mark.requirement("ARC-15")
@pytest.mark.parametrize(
    "value",
    [
        Load(Decimal(100)),
        a_plan(),
        Prescription(exercise_id=UUID(int=1), sets=3, reps=5),
        Profile(first_name="Ana", last_name="Silva"),
        SessionOwner(user_id=UUID(int=1)),
        ExerciseDetails(name="Squat"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_value_cannot_be_changed(value: Any) -> None:
    with pytest.raises(FrozenInstanceError):
        setattr(value, fields(value)[0].name, None)


@pytest.mark.requirement("ARC-15")
def test_every_dataclass_of_the_domain_is_frozen() -> None:
    # Rows of an aggregate's own collection, which the mapping fills.
    kept_by_aggregates = {"UserRole", "RefreshToken", "RecoveryCode"}
    found = {
        node.name: kind
        for file in product()
        if file.is_below("workout_domain")
        for node in classes(file)
        if is_dataclass(kind := getattr(sys.modules[file.module], node.name))
    }

    changeable = {name for name, kind in found.items() if not _is_frozen(kind)}

    assert changeable <= kept_by_aggregates
    assert {"Load", "Plan", "SetDraft", "WorkoutCreated"} <= set(found)


def _is_frozen(kind: Any) -> bool:
    return bool(kind.__dataclass_params__.frozen)


@pytest.mark.requirement("ARC-09")
@pytest.mark.parametrize("message", messages(), ids=lambda kind: kind.__name__)
def test_a_handler_takes_what_it_needs_by_constructor_and_in_its_own_words(message: Any) -> None:
    handler = type(wired().handlers()[message])
    needs = get_type_hints(handler.__init__)

    homes = {need.__module__.split(".")[0] for need in needs.values() if need is not type(None)}

    assert homes <= {"workout_application", "workout_domain", "workout_shared", "builtins"}


@pytest.mark.requirement("ARC-26")
@pytest.mark.parametrize("message", messages(), ids=lambda kind: kind.__name__)
def test_a_handler_never_answers_with_an_aggregate(message: Any) -> None:
    handler = type(wired().handlers()[message])

    answered = set(_parts(get_type_hints(handler.handle)["return"]))

    assert not [kind for kind in answered if isinstance(kind, type) and issubclass(kind, Aggregate)]
    assert not [
        kind for kind in answered if isinstance(kind, type) and issubclass(kind, DomainEvent)
    ]


def _parts(hint: Any) -> list[Any]:
    return [hint, *(part for inner in get_args(hint) for part in _parts(inner))]
