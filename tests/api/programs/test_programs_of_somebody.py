"""What programs hold about somebody: in the copy of their data, and gone with their account."""

from typing import Any

import pytest

from tests.builders.lifting import LINEAR, MAXES, RULES, Lifter, made
from tests.builders.people import Person

TABLES = ("progression_rules", "training_maxes")


@pytest.mark.requirement("BEY-07", "SEC-08")
async def test_the_copy_holds_rules_with_their_history_and_training_maxes(lifter: Lifter) -> None:
    rule = await lifter.rule(LINEAR, note="My start")
    maximum = await lifter.maximum(100)
    session_id = await lifter.train([(80, 5)] * 3)

    copy = (await lifter.athlete.get("/me/export")).json()["data"]

    (copied,) = copy["progression_rules"]
    assert (copied["id"], copied["parameters"]["kind"]) == (rule["id"], "linear")
    entries = [one["entry"] for one in copied["applications"]]
    assert [(one["cause"], one["note"], one["session_id"]) for one in entries] == [
        ("started", "My start", None),
        ("session", None, session_id),
    ]
    assert [(one["id"], one["value"]) for one in copy["training_maxes"]] == [(maximum["id"], 100)]


@pytest.mark.requirement("BEY-07", "SEC-08")
async def test_an_athlete_s_programs_go_with_their_account(
    coached: tuple[Person, Lifter], database: Any
) -> None:
    trainer, lifter = coached
    of_lift = {"athlete_id": lifter.athlete.athlete_id, "exercise_id": lifter.exercise_id}
    rule = await made(await trainer.post(RULES, json={**of_lift, "parameters": LINEAR}))
    await made(await trainer.post(MAXES, json={**of_lift, "value": 100}))
    await lifter.train([(80, 5)] * 3)
    assert (await lifter.athlete.delete("/me")).status_code == 204
    before = await trainer.get(f"{RULES}/{rule['id']}")

    await lifter.follow()

    assert before.status_code == 404
    assert await made(await trainer.get(RULES)) == []
    for table in TABLES:
        left = await database.fetchval(
            f"SELECT count(*) FROM {table} WHERE athlete_id = $1::uuid",
            lifter.athlete.athlete_id,
        )
        assert left == 0
    left = await database.fetchval(
        "SELECT count(*) FROM progression_applications WHERE rule_id = $1::uuid", rule["id"]
    )
    assert left == 0


@pytest.mark.requirement("BEY-07")
async def test_what_a_coach_set_outlives_the_coach_s_account(
    coached: tuple[Person, Lifter],
) -> None:
    trainer, lifter = coached
    of_lift = {"athlete_id": lifter.athlete.athlete_id, "exercise_id": lifter.exercise_id}
    rule = await made(await trainer.post(RULES, json={**of_lift, "parameters": LINEAR}))
    assert (await trainer.delete("/me")).status_code == 204
    await lifter.follow()

    await lifter.train([(80, 5)] * 3)

    assert await lifter.next_load(rule["id"]) == 82.5
