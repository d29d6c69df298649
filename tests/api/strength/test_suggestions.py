"""Suggested maxima: each exercise's best recent set, and what does not count."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.api.contract import conforming
from tests.builders.live import Training, ad_hoc_session
from tests.builders.people import People, Person
from tests.infrastructure.training.conftest import Adapters, adapters
from workout_application.strength.queries.suggest_one_rep_maxes import SuggestOneRepMaxes

pytestmark = pytest.mark.requirement("STR-09")

SUGGESTIONS = "/tools/one-rep-max/suggestions"
__all__ = ["adapters"]


def ago(days: float) -> str:
    """Return an instant in the past."""
    return (datetime.now(UTC) - timedelta(days=days)).isoformat()


async def suggested(person: Person, **query: Any) -> list[dict[str, Any]]:
    """Ask for the suggestions."""
    answer = await person.get(SUGGESTIONS, params=query)
    assert answer.status_code == 200, answer.text
    conforming(answer)
    found: list[dict[str, Any]] = answer.json()["data"]
    return found


async def best(person: Person, **query: Any) -> dict[str, Any]:
    """Ask for the suggestions where there is one."""
    [found] = await suggested(person, **query)
    return found


async def in_session(person: Person, *, days: float = 0) -> Training:
    """Begin a session some days ago."""
    training = await ad_hoc_session(person)
    moved = await person.patch(f"/sessions/{training.id}", json={"session_date": ago(days)})
    assert moved.status_code == 200, moved.text
    return training


async def exercises(person: Person, **where: str) -> list[str]:
    """Return ids of shipped exercises of a kind."""
    found = []
    for page in range(1, 12):
        listed = (await person.get(f"/exercises?page_size=100&page={page}")).json()["data"]
        found += [one["id"] for one in listed if all(one[k] == v for k, v in where.items())]
    return found


async def test_each_exercise_s_best_set_is_named_with_all_estimates(people: People) -> None:
    person = await people.athlete()
    training = await in_session(person)
    await training.log(weight=90, number_reps=5)
    heavy = await training.log(weight=100, number_reps=5)
    await training.log(weight=102.5, number_reps=3)
    await training.end()

    found = await best(person)

    assert found["exercise_id"] == training.exercise_id
    assert found["exercise_name"]
    source = found["source_set"]
    assert (source["set_id"], source["session_id"]) == (heavy["id"], training.id)
    assert (source["weight"], source["unit"], source["reps"]) == (100, "kilograms", 5)
    assert source["performed_at"] == heavy["performed_at"]
    estimates = found["one_rep_max"]
    assert [one["value"] for one in estimates["estimates"]][:2] == [112.5, 116.65]
    assert (estimates["median"], estimates["average"]) == (116.5825, 115.4877)


async def test_exercises_come_by_name_and_one_may_be_asked_for(people: People) -> None:
    person = await people.athlete()
    training = await in_session(person)
    lifts = (await exercises(person, measurement_type="weight_reps", load_kind="external"))[:4]
    for lift in lifts:
        await training.log(exercise_id=lift, weight=60, number_reps=5)

    found = await suggested(person)
    one = await suggested(person, exercise_id=lifts[2])

    names = [suggestion["exercise_name"].lower() for suggestion in found]
    assert names == sorted(names)
    assert {suggestion["exercise_id"] for suggestion in found} == set(lifts)
    assert [suggestion["exercise_id"] for suggestion in one] == [lifts[2]]


@pytest.mark.requirement("STR-10")
async def test_a_heavy_warm_up_changes_nothing(people: People) -> None:
    person = await people.athlete()
    training = await in_session(person)
    await training.log(weight=100, number_reps=5)
    before = await best(person)

    await training.log(weight=300, number_reps=5, set_type="warm_up")

    assert await best(person) == before


async def test_failed_repetitions_do_not_count(people: People) -> None:
    person = await people.athlete()
    training = await in_session(person)
    reps = [{"success": True}, {"success": True}, {"success": False}]
    await training.log(weight=100, number_reps=None, reps=reps)
    await training.log(weight=200, number_reps=None, reps=[{"success": False}])

    found = await best(person)

    assert (found["source_set"]["weight"], found["source_set"]["reps"]) == (100, 2)


async def test_repetitions_of_different_weights_count_by_what_was_moved(people: People) -> None:
    person = await people.athlete()
    training = await in_session(person)
    reps = [{"weight": 140}, {"weight": 100}, {"weight": 100}, {"weight": 100}, {"weight": 100}]
    await training.log(weight=100, number_reps=None, reps=reps)

    found = await best(person)

    assert found["one_rep_max"]["is_actual_single"]
    assert found["one_rep_max"]["median"] == 140
    assert found["source_set"]["reps"] == 1


async def test_sets_in_other_units_are_compared_exactly(people: People) -> None:
    person = await people.athlete()
    training = await in_session(person)
    await training.log(weight=100, number_reps=5)
    await training.log(weight=225, unit="pounds", number_reps=5)

    kilograms = await best(person)
    pounds = await best(person, unit="pounds")

    assert kilograms["source_set"]["unit"] == "pounds"
    assert kilograms["one_rep_max"]["unit"] == "kilograms"
    assert kilograms["one_rep_max"]["estimates"][0]["value"] == 114.8156
    assert pounds["one_rep_max"]["estimates"][0]["value"] == 253.125
    assert pounds["one_rep_max"]["weight"] == 225


async def test_the_chart_reads_the_effort_and_the_formulas_do_not(people: People) -> None:
    person = await people.athlete()
    training = await in_session(person)
    await training.log(weight=100, number_reps=5, rpe=8)

    estimates = (await best(person))["one_rep_max"]

    assert estimates["chart"]["value"] == 123.3046
    assert estimates["repetitions_to_failure"] == 5
    assert estimates["median"] == 116.5825


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, 100),
        ({"days": 7}, 80),
        ({"days": 40}, 120),
        ({"from_date": ago(60), "to_date": ago(20)}, 120),
        ({"from_date": ago(20)}, 100),
        ({"to_date": ago(20), "days": 30}, 120),
    ],
)
async def test_the_last_thirty_days_count_unless_another_period_is_asked_for(
    people: People, query: dict[str, Any], expected: float
) -> None:
    person = await people.athlete()
    for weight, days in ((120, 31), (100, 10), (80, 1)):
        training = await in_session(person, days=days)
        await training.log(weight=weight, number_reps=1)
        await training.end()

    found = await best(person, **query)

    assert found["source_set"]["weight"] == expected


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"days": 0}, "/days"),
        ({"days": 366}, "/days"),
        ({"days": 3, "from_date": "2026-01-01"}, "/days"),
        ({"from_date": "yesterday"}, "/from_date"),
        ({"from_date": "2024-01-01", "to_date": "2025-12-31"}, "/from_date"),
        ({"from_date": "2026-01-02", "to_date": "2026-01-01"}, "/from_date"),
        ({"unit": "stones"}, "/unit"),
        ({"since": "2026-01-01"}, "/since"),
    ],
)
async def test_a_period_that_cannot_be_is_refused(
    people: People, query: dict[str, Any], pointer: str
) -> None:
    person = await people.athlete()

    answer = await person.get(SUGGESTIONS, params=query)

    assert answer.status_code == 400
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


async def test_a_whole_year_of_days_may_be_asked_for(people: People) -> None:
    person = await people.athlete()

    assert await suggested(person, from_date="2025-01-01", to_date="2025-12-31") == []
    assert await suggested(person, days=365) == []


@pytest.mark.parametrize("kind", ["timed", "assisted"])
async def test_timed_and_assisted_lifts_are_left_out(people: People, kind: str) -> None:
    person = await people.athlete()
    training = await in_session(person)
    if kind == "timed":
        [lift, *_] = await exercises(person, measurement_type="weight_duration")
        await training.log(exercise_id=lift, weight=20, duration_seconds=60)
    else:
        [lift, *_] = await exercises(person, load_kind="assisted")
        await training.log(exercise_id=lift, weight=20, number_reps=5)

    assert await suggested(person) == []


async def test_what_was_deleted_and_what_others_lifted_does_not_count(people: People) -> None:
    trainer, athlete = await people.coached_pair()
    training = await in_session(athlete)
    kept = await training.log(weight=80, number_reps=5)
    removed = await training.log(weight=150, number_reps=5)
    await athlete.delete(f"/sets/{removed['id']}")
    await training.end()
    other = await in_session(athlete)
    await other.log(weight=200, number_reps=5)
    await other.end()
    await athlete.delete(f"/sessions/{other.id}")

    assert (await best(athlete))["source_set"]["set_id"] == kept["id"]
    assert await suggested(trainer) == []


@pytest.mark.requirement("DBR-23")
async def test_suggestions_cost_one_statement_whatever_was_lifted(
    adapters: Adapters, people: People
) -> None:
    person = await people.athlete()
    await adapters.send(SuggestOneRepMaxes(), person)
    nothing = len(adapters.statements.all)
    training = await in_session(person)
    for lift in (await exercises(person, measurement_type="weight_reps"))[:5]:
        for _ in range(4):
            await training.log(exercise_id=lift, weight=60, number_reps=5)

    await adapters.send(SuggestOneRepMaxes(), person)

    assert len(adapters.statements.all) == nothing == 1
