"""Rules and training maxes follow an exercise that becomes another one, through the worker."""

from typing import Any

import pytest

from tests.builders.catalogue import an_exercise_of
from tests.builders.lifting import LINEAR, MAXES, RULES, Lifter, made
from tests.builders.people import Person
from tests.builders.planned_lifting import Planner, weights
from tests.worker.conftest import Workers
from tests.worker.test_merged_exercises import moved

pytestmark = pytest.mark.requirement("BEY-07", "BEY-14")

DONE = [(80, 5)] * 3


@pytest.fixture
async def planner(coached: tuple[Person, Lifter]) -> Planner:
    """Return a coach with an exercise of their own, which the athlete trains."""
    planner = Planner(*coached)
    planner.lifter.exercise_id = (await an_exercise_of(planner.trainer))["id"]
    return planner


async def another(planner: Planner) -> Lifter:
    """Return the same athlete with another exercise of the coach."""
    exercise = await an_exercise_of(planner.trainer)
    return Lifter(planner.lifter.athlete, exercise["id"], planner.lifter.follow)


async def merged(planner: Planner, into: Lifter) -> None:
    """Let the planner's exercise become the other one, and everything follow."""
    path = f"/exercises/{planner.lifter.exercise_id}/merge"
    await made(await planner.trainer.post(path, json={"into_id": into.exercise_id}))
    for _ in range(3):
        await into.follow()
    planner.lifter = into


async def rules_of(lifter: Lifter) -> list[dict[str, Any]]:
    """Return the rules the athlete has for the exercise."""
    listed: list[dict[str, Any]] = await made(
        await lifter.athlete.get(f"{RULES}?exercise_id={lifter.exercise_id}")
    )
    return listed


async def test_a_rule_and_training_maxes_go_on_with_the_other_exercise(planner: Planner) -> None:
    source, into = planner.lifter, await another(planner)
    rule = await source.rule(LINEAR)
    maximum = await source.maximum(100)
    await source.train(DONE)
    before = await source.history(rule["id"])
    await merged(planner, into)

    [moved] = await rules_of(into)
    assert (moved["id"], moved["exercise_id"]) == (rule["id"], into.exercise_id)
    assert moved["state"]["load"] == 82.5
    assert moved["revision"] > rule["revision"]
    assert await into.history(rule["id"], with_superseded=True) == before
    [current] = await made(await into.athlete.get(f"{MAXES}/current"))
    assert current == {
        **maximum,
        "exercise_id": into.exercise_id,
        "exercise_name": moved["exercise_name"],
    }
    session = await planner.begun({"targets": [{}, {"percent_of_training_max": 75}]})
    assert weights(session) == [82.5, 75]
    await into.train([(82.5, 5)] * 3)
    assert await into.next_load(rule["id"]) == 85


async def test_where_both_progress_by_a_rule_that_of_the_other_exercise_stays(
    planner: Planner, database: Any
) -> None:
    source, into = planner.lifter, await another(planner)
    goes = await source.rule({**LINEAR, "start": 60})
    stays = await into.rule(LINEAR)
    await into.train(DONE)
    gone_history = await source.history(goes["id"])

    await merged(planner, into)

    [kept] = await rules_of(into)
    assert (kept["id"], kept["state"]["load"]) == (stays["id"], 82.5)
    gone = await into.athlete.get(f"{RULES}/{goes['id']}")
    assert (gone.status_code, gone.json()["code"]) == (404, "progression_rule_not_found")
    assert await database.fetchval(
        """SELECT count(*) FROM progression_applications x
        JOIN progression_rules r ON r.id = x.rule_id AND r.deleted_at IS NOT NULL
        WHERE r.id = $1::uuid AND r.exercise_id = $2::uuid""",
        goes["id"],
        into.exercise_id,
    ) == len(gone_history)
    assert weights(await planner.begun({"sets": 3})) == [82.5] * 3


async def test_training_maxes_of_both_are_one_history(planner: Planner) -> None:
    source, into = planner.lifter, await another(planner)
    of_source = await source.maximum(100, effective_from="2026-01-01")
    of_into = await into.maximum(110, effective_from="2026-02-01")
    latest = await source.maximum(120, effective_from="2026-03-01")

    await merged(planner, into)

    path = f"{MAXES}?exercise_id={into.exercise_id}"
    listed = await made(await into.athlete.get(path))
    assert [one["id"] for one in listed] == [latest["id"], of_into["id"], of_source["id"]]
    assert [one["value"] for one in listed] == [120, 110, 100]
    [current] = await made(await into.athlete.get(f"{MAXES}/current"))
    assert current["value"] == 120
    assert weights(await planner.begun({"targets": [{"percent_of_training_max": 50}]})) == [60]


async def test_the_rule_follows_the_sessions_that_came_to_its_exercise(planner: Planner) -> None:
    source, into = planner.lifter, await another(planner)
    rule = await into.rule(LINEAR)
    came = await source.train(DONE)
    own = await into.train([(82.5, 5)] * 3)
    assert await into.next_load(rule["id"]) == 82.5

    await merged(planner, into)

    assert await into.next_load(rule["id"]) == 85
    history = await into.history(rule["id"])
    assert [one["session_id"] for one in history] == [own, came, None]
    everything = await into.history(rule["id"], with_superseded=True)
    assert len(everything) == len(history) + 1
    await into.follow()
    assert await into.history(rule["id"], with_superseded=True) == everything


async def test_a_session_that_ran_through_the_merge_counts_once_it_has_come_over(
    planner: Planner, workers: Workers
) -> None:
    source, into = planner.lifter, await another(planner)
    rule, container = await source.rule(LINEAR), workers(redis="")
    running = await source.begin()
    await source.log(running, DONE)

    await merged(planner, into)
    await into.complete(running)
    before = await into.next_load(rule["id"])
    await moved(container)
    await into.follow()

    assert before == 80
    assert await into.next_load(rule["id"]) == 82.5
    assert [one["session_id"] for one in await into.history(rule["id"])] == [running, None]
