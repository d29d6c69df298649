"""Training maxes over HTTP: a history that people write, and rules only propose to."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.builders.lifting import MAXES, PERCENTAGES, RULES, Lifter, made
from tests.builders.people import Person

pytestmark = pytest.mark.requirement("BEY-07")

FIRST = [(65, 5), (75, 5), (85, 5)]
SECOND = [(70, 3), (80, 3), (90, 3)]


async def current(lifter: Lifter) -> Any:
    """Return the value that holds today."""
    found = await made(await lifter.athlete.get(f"{MAXES}/current"))
    return found[0]["value"] if found else None


async def test_a_training_max_is_set_and_those_before_it_stay(lifter: Lifter) -> None:
    today = datetime.now(UTC).date()
    first = await lifter.maximum(100, reason="tested", note="On Friday")
    later = await lifter.maximum(
        120, reason="estimated", effective_from=(today + timedelta(days=7)).isoformat()
    )
    before = await lifter.maximum(
        90, effective_from=(today - timedelta(days=30)).isoformat(), unit="pounds"
    )

    listed = await lifter.athlete.get(f"{MAXES}?exercise_id={lifter.exercise_id}")
    shown = await lifter.athlete.get(f"{MAXES}/{first['id']}")

    assert listed.json()["data"] == [before, later, first]
    assert shown.json()["data"] == first
    assert (first["reason"], first["note"], first["set_by"]) == (
        "tested",
        "On Friday",
        lifter.athlete.user["id"],
    )
    assert first["effective_from"] == today.isoformat()
    assert await current(lifter) == 100
    narrowed = await lifter.athlete.get(f"{MAXES}/current?exercise_id={first['id']}")
    assert narrowed.json()["data"] == []


async def test_of_two_of_one_day_the_one_set_last_holds(lifter: Lifter) -> None:
    await lifter.maximum(1000)
    await lifter.maximum(100)

    assert await current(lifter) == 100


async def test_lists_go_on_by_cursor(lifter: Lifter) -> None:
    for value in (100, 101, 102):
        await lifter.maximum(value)

    first = await lifter.athlete.get(f"{MAXES}?limit=2")
    cursor = first.json()["pagination"]["next_cursor"]
    rest = await lifter.athlete.get(f"{MAXES}?limit=2&cursor={cursor}")

    assert [one["value"] for one in first.json()["data"]] == [102, 101]
    assert [one["value"] for one in rest.json()["data"]] == [100]
    assert rest.json()["pagination"]["next_cursor"] is None


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"value": 0}, "/value"),
        ({"value": 10_000}, "/value"),
        ({"reason": "rule_accepted"}, "/reason"),
        ({"effective_from": "tomorrow"}, "/effective_from"),
        ({"unit": "stones"}, "/unit"),
        ({"max": 1}, "/max"),
    ],
)
async def test_what_is_no_training_max_is_refused(
    lifter: Lifter, change: dict[str, Any], pointer: str
) -> None:
    body = {"exercise_id": lifter.exercise_id, "value": 100, **change}

    answer = await lifter.athlete.post(MAXES, json=body)

    assert answer.status_code == 400
    assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]


async def test_a_cycle_proposes_and_only_somebody_s_word_makes_it_hold(lifter: Lifter) -> None:
    rule = await lifter.rule(PERCENTAGES)
    path = f"{RULES}/{rule['id']}"
    await lifter.train(FIRST)
    assert (await lifter.explained(rule["id"]))["next"]["reason"] == "training_max_missing"
    await lifter.maximum(100)
    early = await lifter.athlete.post(f"{path}/accept-training-max")
    assert [one["load"] for one in (await lifter.explained(rule["id"]))["next"]["sets"]] == [
        65, 75, 85
    ]  # fmt: skip

    await lifter.train(FIRST)
    await lifter.train(SECOND)
    proposed = await lifter.explained(rule["id"])
    before = await current(lifter)
    accepted = await lifter.athlete.post(f"{path}/accept-training-max", json={"note": "Well done"})
    again = await lifter.athlete.post(f"{path}/accept-training-max")

    assert (early.status_code, early.json()["code"]) == (409, "nothing_proposed")
    assert proposed["proposal"]["proposed_training_max"] == 102.5
    assert proposed["last"]["reason"] == "training_max_raise_proposed"
    assert proposed["next"]["training_max"] == before == 100
    assert accepted.status_code == 201
    new = accepted.json()["data"]
    assert (new["value"], new["reason"], new["rule_id"], new["application_id"]) == (
        102.5,
        "rule_accepted",
        rule["id"],
        proposed["proposal"]["id"],
    )
    assert accepted.headers["location"] == f"/api/v1{MAXES}/{new['id']}"
    assert (again.status_code, again.json()["code"]) == (409, "nothing_proposed")
    assert await current(lifter) == 102.5
    after = await lifter.explained(rule["id"])
    assert [one["load"] for one in after["next"]["sets"]] == [67.5, 77.5, 87.5]
    assert after["proposal"] is None
    entry = (await lifter.history(rule["id"]))[0]
    assert entry["accepted_training_max_id"] == new["id"]


async def test_a_proposal_is_overtaken_by_a_maximum_set_since(lifter: Lifter) -> None:
    rule = await lifter.rule(PERCENTAGES)
    await lifter.maximum(100)
    await lifter.train(FIRST)
    await lifter.train(SECOND)
    await lifter.maximum(105)

    refused = await lifter.athlete.post(f"{RULES}/{rule['id']}/accept-training-max")

    assert refused.json()["code"] == "nothing_proposed"
    assert (await lifter.explained(rule["id"]))["proposal"] is None


async def test_an_answer_outlives_that_the_session_is_completed_again(lifter: Lifter) -> None:
    rule = await lifter.rule(PERCENTAGES)
    await lifter.maximum(100)
    await lifter.train(FIRST)
    last = await lifter.train(SECOND)
    path = f"{RULES}/{rule['id']}/accept-training-max"
    await made(await lifter.athlete.post(path))

    await lifter.ended(last, "reopen")
    await lifter.log(last, [(60, 10)])
    await lifter.complete(last)

    assert (await lifter.explained(rule["id"]))["proposal"] is None
    assert (await lifter.athlete.post(path)).json()["code"] == "nothing_proposed"
    assert await current(lifter) == 102.5


@pytest.mark.parametrize("increment", [2.5, None])
async def test_no_session_changes_a_training_max(
    lifter: Lifter, database: Any, increment: float | None
) -> None:
    body = {**PERCENTAGES, "training_max_increment": increment}
    rule = await lifter.rule({**body, "deload": {"after_failures": 1, "percent": 10}})
    await lifter.maximum(100)
    query = "SELECT * FROM training_maxes WHERE athlete_id = $1::uuid ORDER BY id"
    before = await database.fetch(query, lifter.athlete.athlete_id)

    for sets in (FIRST, SECOND, [(200, 10)] * 3, [(65, 1)] * 3, FIRST):
        session_id = await lifter.train(sets, rpe=10)
    await lifter.ended(session_id, "reopen")
    await lifter.complete(session_id)

    assert await database.fetch(query, lifter.athlete.athlete_id) == before
    assert len(await lifter.history(rule["id"])) == 6


async def test_a_coach_sets_and_accepts_with_the_scope(coached: tuple[Person, Lifter]) -> None:
    trainer, lifter = coached
    of_lift = {"athlete_id": lifter.athlete.athlete_id, "exercise_id": lifter.exercise_id}
    rule = await made(await trainer.post(RULES, json={**of_lift, "parameters": PERCENTAGES}))
    await made(await trainer.post(MAXES, json={**of_lift, "value": 100, "unit": "kilograms"}))
    await lifter.train(FIRST)
    await lifter.train(SECOND)

    accepted = await trainer.post(
        f"{RULES}/{rule['id']}/accept-training-max",
        json={"effective_from": date(2030, 1, 1).isoformat()},
    )

    assert accepted.json()["data"]["set_by"] == trainer.user["id"]
    assert await current(lifter) == 100
    listed = await made(await trainer.get(MAXES))
    assert [one["value"] for one in listed] == [102.5, 100]
    of_athlete = await trainer.get(f"{MAXES}/current?athlete_id={of_lift['athlete_id']}")
    assert [one["value"] for one in of_athlete.json()["data"]] == [100]
    mine = await trainer.get(f"{MAXES}/current")
    assert (mine.status_code, mine.json()["code"]) == (403, "role_required")
