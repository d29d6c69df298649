"""What a coach would have assigned, derived from what was logged."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from workout_domain.portability.training_log import (
    LoggedExercise,
    LoggedRest,
    LoggedSet,
    LoggedWorkout,
)
from workout_presentation.demo.planning import (
    ProgressStep,
    RestStep,
    SetStep,
    Training,
    prescription,
    training_of,
)

EVENING = datetime(2026, 1, 5, 18, tzinfo=UTC)


def a_set(line: int = 2, name: str = "Squat", **facts: Any) -> LoggedSet:
    """Make a set of five repetitions, unless it says something else."""
    if not {"reps", "duration_seconds", "distance_meters"} & set(facts):
        facts["reps"] = 5
    if facts.get("weight") is not None:
        facts = {"unit": "kilograms", **facts, "weight": Decimal(facts["weight"])}
    return LoggedSet(line=line, exercise_name=name, **facts)


def a_run(*entries: LoggedSet | LoggedRest, name: str = "Squat") -> LoggedExercise:
    """Make a run of one exercise."""
    return LoggedExercise(name=name, entries=entries)


def a_training(*runs: LoggedExercise, **facts: Any) -> Training:
    """Plan a workout whose exercises have their names for ids."""
    logged = LoggedWorkout(**{"name": "Legs", "started_at": EVENING, "exercises": runs, **facts})
    return training_of(logged, lambda one: one.exercise_name)


def prescribed(*sets: LoggedSet | LoggedRest) -> dict[str, Any]:
    """Prescribe a run."""
    run = a_run(*sets)
    return prescription(run, "squat", run.sets)


def test_warm_up_sets_are_not_prescribed() -> None:
    warm_up = a_set(weight="60", set_type="warm_up", reps=10)

    asked = prescribed(warm_up, a_set(weight="100"), a_set(weight="100", set_type="failure"))

    assert asked["sets"] == 2
    assert asked["reps"] == 5


def test_a_run_of_nothing_but_warm_up_is_prescribed_as_it_is() -> None:
    assert prescribed(a_set(set_type="warm_up"), a_set(set_type="warm_up"))["sets"] == 2


def test_the_most_frequent_repetitions_are_asked_for() -> None:
    assert prescribed(a_set(reps=8), a_set(reps=5), a_set(reps=5))["reps"] == 5


def test_the_heaviest_working_weight_is_asked_for_in_its_own_unit() -> None:
    sets = (
        a_set(weight="200", set_type="warm_up"),
        a_set(weight="100"),
        a_set(weight="225", unit="pounds"),
    )

    asked = prescribed(*sets)

    assert (asked["weight"], asked["unit"]) == (225, "pounds")


def test_body_weight_is_prescribed_without_a_weight() -> None:
    assert {"weight", "unit"}.isdisjoint(prescribed(a_set(reps=12)))


def test_a_timed_lift_is_prescribed_by_its_time() -> None:
    sets = [a_set(duration_seconds=seconds) for seconds in (60, 60, 45)]

    asked = prescribed(*sets)

    assert asked["duration_seconds"] == 60
    assert "reps" not in asked


def test_a_carry_is_prescribed_by_its_distance() -> None:
    asked = prescribed(a_set(weight="32.5", distance_meters=Decimal("40.5")))

    assert (asked["distance_meters"], asked["weight"]) == (40.5, 32.5)


def test_the_usual_rest_is_asked_for() -> None:
    rest = LoggedRest(line=3, exercise_name="Squat", seconds=Decimal("89.5"))

    assert prescribed(a_set(), rest, a_set())["rest_time_seconds"] == 90


def test_the_steps_keep_the_order_of_the_log() -> None:
    rest = LoggedRest(line=3, exercise_name="Squat", seconds=90)

    training = a_training(a_run(a_set(2), rest, a_set(4)), a_run(a_set(5, "Plank"), name="Plank"))

    kinds = [type(step) for step in training.steps]
    assert kinds == [SetStep, RestStep, SetStep, ProgressStep, SetStep, ProgressStep]
    lines = [step.line for step in training.steps if isinstance(step, SetStep)]
    assert lines == [2, 4, 5]


def test_progress_counts_on_when_an_exercise_comes_back() -> None:
    squat, plank = a_run(a_set(2), a_set(3)), a_run(a_set(4, "Plank"), name="Plank")

    training = a_training(squat, plank, a_run(a_set(5)))

    told = [step for step in training.steps if isinstance(step, ProgressStep)]
    assert [(step.exercise_id, step.completed_sets) for step in told] == [
        ("Squat", 2),
        ("Plank", 1),
        ("Squat", 3),
    ]
    assert sum(one["sets"] for one in training.workout["exercises"]) == 4


def test_sets_are_spread_over_the_workout() -> None:
    training = a_training(a_run(a_set(2), a_set(3)), duration_minutes=Decimal(60))

    moments = [step.body["performed_at"] for step in training.steps if isinstance(step, SetStep)]
    assert moments == ["2026-01-05T18:30:00Z", "2026-01-05T19:00:00Z"]


def test_sets_of_a_forgotten_session_follow_one_another_within_minutes() -> None:
    training = a_training(a_run(a_set(2), a_set(3)), ended_at=EVENING + timedelta(days=3))

    moments = [step.body["performed_at"] for step in training.steps if isinstance(step, SetStep)]
    assert moments == ["2026-01-05T18:03:00Z", "2026-01-05T18:06:00Z"]
    assert training.summary["duration_minutes"] == 3 * 24 * 60


def test_a_workout_without_a_name_gets_one() -> None:
    assert a_training(a_run(a_set()), name="  ").name == "Workout"


def test_a_set_is_sent_as_it_was_entered() -> None:
    one = a_set(7, weight="82.50", unit="pounds", rpe=Decimal("8.5"), notes="Slow")

    step = a_training(a_run(one)).steps[0]

    assert isinstance(step, SetStep)
    assert step.body == {
        "exercise_id": "Squat",
        "set_type": "normal",
        "weight": 82.5,
        "unit": "pounds",
        "number_reps": 5,
        "rpe": 8.5,
        "notes": "Slow",
        "performed_at": "2026-01-05T18:03:00Z",
        "client_generated_id": "line-7",
    }
