"""Progression rules over HTTP: set, followed by sessions, explained, overridden, changed."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.builders.lifting import LINEAR, PERCENTAGES, RULES, Lifter, made
from tests.builders.people import People, Person

pytestmark = pytest.mark.requirement("BEY-07")

DONE = [(80, 5)] * 3


def reasons(entries: list[dict[str, Any]]) -> list[str]:
    """Return the reasons of entries, the oldest first."""
    return [one["reason"] for one in reversed(entries)]


async def test_a_rule_is_set_shown_listed_changed_and_deleted(lifter: Lifter) -> None:
    athlete = lifter.athlete
    created = await athlete.post(
        RULES, json={"exercise_id": lifter.exercise_id, "parameters": LINEAR, "note": "Start"}
    )
    rule = created.json()["data"]
    path = f"{RULES}/{rule['id']}"

    shown = await athlete.get(path)
    listed = await athlete.get(f"{RULES}?exercise_id={lifter.exercise_id}")
    twice = await athlete.post(
        RULES, json={"exercise_id": lifter.exercise_id, "parameters": LINEAR}
    )
    changed = await athlete.put(path, json={"parameters": {**rule["parameters"], "sets": 4}})

    assert created.status_code == 201
    assert created.headers["location"] == f"/api/v1{path}"
    assert shown.json()["data"] == rule
    assert shown.headers["etag"] == created.headers["etag"] == '"1"'
    assert listed.json()["data"] == [rule]
    assert (twice.status_code, twice.json()["code"]) == (409, "progression_rule_exists")
    assert rule["state"]["load"] == 80
    assert rule["parameters"]["rounding"] == {"step": 2.5, "mode": "nearest"}
    assert changed.json()["data"]["parameters"] == {**rule["parameters"], "sets": 4}
    assert (changed.json()["data"]["version"], changed.headers["etag"]) == (2, '"2"')
    unchanged = await athlete.get(path, headers={"If-None-Match": '"2"'})
    assert unchanged.status_code == 304
    stale = await athlete.put(path, json={"parameters": LINEAR}, headers={"If-Match": '"1"'})
    assert stale.status_code == 412
    assert (await athlete.delete(path, headers={"If-Match": '"1"'})).status_code == 412
    assert (await athlete.delete(path, headers={"If-Match": '"2"'})).status_code == 204
    for gone in (path, f"{path}/explain", f"{path}/applications"):
        assert (await athlete.get(gone)).json()["code"] == "progression_rule_not_found"
    await lifter.rule(LINEAR)


async def test_sessions_move_a_rule_on_and_its_history_says_why(lifter: Lifter) -> None:
    rule = await lifter.rule(LINEAR)
    first = await lifter.train(DONE)
    await lifter.train([(82.5, 5), (82.5, 5), (82.5, 4)])
    await lifter.train([(82.5, 5), (82.5, 5), (82.5, 3)])

    history = await lifter.history(rule["id"])

    assert reasons(history) == ["started", "increased", "failure_counted", "deloaded"]
    assert await lifter.next_load(rule["id"]) == 75
    increased = history[2]
    assert (increased["session_id"], increased["outcome"]) == (first, "success")
    assert (increased["before"]["load"], increased["after"]["load"]) == (80, 82.5)
    assert [(one["load"], one["reps"], one["is_as_asked"]) for one in increased["sets"]] == [
        (80, 5, True)
    ] * 3
    assert increased["sentence"] == (
        "All 3 sets were done as asked with 80 kg: the load goes up by 2.5 kg."
    )
    shown = await made(await lifter.athlete.get(f"{RULES}/{rule['id']}"))
    assert shown["state"]["load"] == 75
    assert shown["revision"] == 4


async def test_an_explanation_tells_sets_rule_figures_and_what_else_would_follow(
    lifter: Lifter,
) -> None:
    rule = await lifter.rule(LINEAR)
    session_id = await lifter.train(DONE)

    explained = await lifter.explained(rule["id"])

    assert explained["next"]["load"] == 82.5
    assert explained["parameters"] == rule["parameters"]
    assert explained["last"] == explained["last_session"]
    assert explained["last"]["session_id"] == session_id
    assert len(explained["last"]["sets"]) == 3
    assert [
        (one["operation"], one["what"], one["operand"], one["result"])
        for one in explained["last"]["chain"]
    ] == [("take", "load", 80, 80), ("add", "increment", 2.5, 82.5)]
    assert explained["next"]["sets"][0]["chain"] == [
        {"operation": "take", "what": "load", "operand": 82.5, "result": 82.5}
    ]
    assert explained["sentence"] == (
        "3 sets of 5 with 82.5 kg. All 3 sets were done as asked with 80 kg: "
        "the load goes up by 2.5 kg."
    )
    assert [(one["outcome"], one["reason"], one["load"]) for one in explained["otherwise"]] == [
        ("failure", "failure_counted", 80)
    ]
    assert [(one["outcome"], one["load"]) for one in explained["ahead"]] == [
        ("success", 85),
        ("failure", 82.5),
    ]
    assert explained["proposal"] is None


async def test_only_what_counts_is_judged(lifter: Lifter) -> None:
    rule = await lifter.rule(LINEAR)
    session_id = await lifter.begin()
    await lifter.log(session_id, [(40, 5), (60, 3)], set_type="warm_up")
    await lifter.log(session_id, DONE)
    await lifter.log(session_id, [(60, 12)], set_type="drop_set")
    await lifter.complete(session_id)
    only_warm = await lifter.begin()
    await lifter.log(only_warm, [(40, 5)], set_type="warm_up")
    await lifter.complete(only_warm)

    history = await lifter.history(rule["id"])

    assert reasons(history) == ["started", "increased"]
    assert [one["ignored"] for one in history[0]["sets"]] == [
        "warm_up", "warm_up", None, None, None, "drop_set"
    ]  # fmt: skip


async def test_an_estimate_that_was_saved_moves_no_rule(lifter: Lifter) -> None:
    rule = await lifter.rule(LINEAR)
    body = {"exercise_id": lifter.exercise_id, "weight": 100, "unit": "kilograms", "reps": 5}
    await made(await lifter.athlete.post("/tools/one-rep-max/save", json=body))
    await lifter.follow()

    assert reasons(await lifter.history(rule["id"])) == ["started"]


async def test_failed_repetitions_are_failures(lifter: Lifter) -> None:
    rule = await lifter.rule(LINEAR)
    session_id = await lifter.begin()
    await lifter.log(session_id, DONE[:2])
    reps = [{"rep_number": number, "success": number < 5} for number in range(1, 6)]
    body = {"exercise_id": lifter.exercise_id, "set_type": "normal", "weight": 80, "reps": reps}
    await made(await lifter.athlete.post(f"/sessions/{session_id}/sets", json=body))
    await lifter.complete(session_id)

    (entry, *_) = await lifter.history(rule["id"])

    assert (entry["outcome"], entry["after"]["failures"]) == ("failure", 1)
    assert (entry["sets"][2]["reps"], entry["sets"][2]["failed_reps"]) == (4, 1)


async def test_a_session_completed_again_is_judged_anew_and_the_history_keeps_both(
    lifter: Lifter,
) -> None:
    rule = await lifter.rule(LINEAR)
    session_id = await lifter.begin()
    logged = await lifter.log(session_id, DONE)
    await lifter.complete(session_id)
    assert await lifter.next_load(rule["id"]) == 82.5

    await lifter.ended(session_id, "reopen")
    await lifter.follow()
    reopened = await lifter.history(rule["id"])
    changed = await lifter.athlete.put(f"/sets/{logged[0]['id']}", json={"weight": 60})
    assert changed.status_code == 200, changed.text
    await lifter.complete(session_id)

    assert reasons(reopened) == ["started"]
    assert reasons(await lifter.history(rule["id"])) == ["started", "failure_counted"]
    assert await lifter.next_load(rule["id"]) == 80
    whole = await lifter.history(rule["id"], with_superseded=True)
    assert reasons(whole) == ["started", "increased", "failure_counted"]
    assert whole[1]["superseded_at"] is not None
    assert whole[0]["superseded_at"] is None


async def test_what_followed_a_session_that_changes_follows_it(lifter: Lifter) -> None:
    rule = await lifter.rule(LINEAR)
    first = await lifter.train(DONE)
    await lifter.train([(82.5, 5)] * 3)
    assert await lifter.next_load(rule["id"]) == 85

    gone = await lifter.athlete.delete(f"/sessions/{first}")
    assert gone.status_code == 204, gone.text
    await lifter.follow()

    # 80 was asked for now, and 82.5 is harder: a success at 80.
    assert await lifter.next_load(rule["id"]) == 82.5
    assert reasons(await lifter.history(rule["id"])) == ["started", "increased"]


async def test_a_session_entered_later_takes_its_place_and_one_before_the_rule_none(
    lifter: Lifter, database: Any
) -> None:
    rule = await lifter.rule(LINEAR)
    await database.execute(
        """UPDATE progression_applications SET at = $2::timestamptz,
        entry = jsonb_set(entry, '{at}', to_jsonb($3::text)) WHERE rule_id = $1::uuid""",
        rule["id"],
        datetime.now(UTC) - timedelta(days=10),
        (datetime.now(UTC) - timedelta(days=10)).isoformat(),
    )
    await lifter.train(DONE)
    now = datetime.now(UTC)
    days = {
        "inside": (now - timedelta(days=3)).isoformat(),
        "before": (now - timedelta(days=30)).isoformat(),
    }
    for day, sets in (("inside", [(80, 4)] * 3), ("before", DONE)):
        late = await lifter.begin(session_date=days[day])
        await lifter.log(late, sets)
        await lifter.complete(late)

    history = await lifter.history(rule["id"])
    in_time = sorted(history, key=lambda one: str(one["at"]))

    assert [one["reason"] for one in in_time] == ["started", "failure_counted", "increased"]


async def test_repeats_and_swaps_of_events_change_nothing(lifter: Lifter, database: Any) -> None:
    rule = await lifter.rule(LINEAR)
    await lifter.train(DONE)
    before = await lifter.history(rule["id"], with_superseded=True)

    await database.execute(
        """UPDATE inbox_entries SET status = 'pending', available_at = now()
        WHERE subscriber = 'when_session_changes_follow_rules'"""
    )
    await lifter.follow()

    assert await lifter.history(rule["id"], with_superseded=True) == before


async def test_a_coach_overrides_and_the_rule_goes_on_from_there(
    coached: tuple[Person, Lifter],
) -> None:
    trainer, lifter = coached
    body = {
        "athlete_id": lifter.athlete.athlete_id,
        "exercise_id": lifter.exercise_id,
        "parameters": LINEAR,
    }
    rule = await made(await trainer.post(RULES, json=body))
    path = f"{RULES}/{rule['id']}"
    await lifter.train(DONE)

    overridden = await trainer.post(
        f"{path}/override", json={"load": 60, "unit": "kilograms", "reason": "Her knee hurts."}
    )
    await lifter.train([(60, 5)] * 3)

    assert overridden.json()["data"]["state"]["load"] == 60
    history = await lifter.history(rule["id"])
    assert reasons(history) == ["started", "increased", "overridden", "increased"]
    assert (history[1]["load"], history[1]["by"]) == (60, trainer.user["id"])
    assert history[1]["note"] == "Her knee hurts."
    assert (history[1]["before"]["load"], history[1]["after"]["load"]) == (82.5, 60)
    assert await lifter.next_load(rule["id"]) == 62.5
    seen = await made(await trainer.get(f"{path}/explain"))
    assert seen["next"]["load"] == 62.5


async def test_an_override_survives_that_an_earlier_session_changes(lifter: Lifter) -> None:
    rule = await lifter.rule(LINEAR)
    first = await lifter.train(DONE)
    path = f"{RULES}/{rule['id']}/override"
    await made(await lifter.athlete.post(path, json={"load": 100, "reason": "Strong"}))

    await lifter.athlete.delete(f"/sessions/{first}")
    await lifter.follow()

    history = await lifter.history(rule["id"])
    assert reasons(history) == ["started", "overridden"]
    assert history[0]["note"] == "Strong"
    assert (history[0]["before"]["load"], history[0]["after"]["load"]) == (80, 100)


async def test_parameters_have_versions_and_sessions_keep_theirs(lifter: Lifter) -> None:
    rule = await lifter.rule(LINEAR)
    await lifter.train(DONE)
    path = f"{RULES}/{rule['id']}"
    heavier = {**LINEAR, "increment": 5}
    await made(await lifter.athlete.put(path, json={"parameters": heavier, "note": "Bigger"}))
    await lifter.train([(82.5, 5)] * 3)

    history = await lifter.history(rule["id"])

    assert [one["version"] for one in reversed(history)] == [1, 1, 2, 2]
    assert reasons(history) == ["started", "increased", "changed", "increased"]
    assert await lifter.next_load(rule["id"]) == 87.5
    restarted = {**heavier, "start": 60}
    again = await made(await lifter.athlete.put(path, json={"parameters": restarted}))
    assert again["state"]["load"] == 60


async def test_other_units_are_exact(lifter: Lifter) -> None:
    in_pounds = {**LINEAR, "unit": "pounds", "start": 225, "increment": 5}
    rule = await lifter.rule(in_pounds)
    # 102.5 kg are 225.97 lb.
    await lifter.train([(102.5, 5)] * 3)

    assert await lifter.next_load(rule["id"]) == 230
    body = {"load": 100, "unit": "kilograms", "reason": "Kilograms"}
    path = f"{RULES}/{rule['id']}/override"
    overridden = await made(await lifter.athlete.post(path, json=body))
    assert overridden["state"]["load"] == 220.462
    assert await lifter.next_load(rule["id"]) == 220


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        (
            {"start": None, "reps": None, "weeks": []},
            {
                ("/parameters/start", "required"),
                ("/parameters/reps", "required"),
                ("/parameters/weeks", "not_allowed"),
                ("/parameters/weeks", "too_short"),
            },
        ),
        (
            {"minimum": 100, "maximum": 90, "sets": 0},
            {
                ("/parameters/maximum", "out_of_order"),
                ("/parameters/start", "out_of_range"),
                ("/parameters/sets", "greater_than_equal"),
            },
        ),
        (
            {"minimum": 81, "maximum": 82, "start": 81},
            {("/parameters/maximum", "nothing_loadable")},
        ),
        (
            {"deload": {"after_failures": 3}},
            {("/parameters/deload/percent", "one_of")},
        ),
        (
            {"kind": "rpe", "target_rpe": 5, "reps": 15, "increment": None, "step_cap": 1},
            {
                ("/parameters/target_rpe", "not_in_chart"),
                ("/parameters/step_cap", "out_of_range"),
            },
        ),
        ({"kind": "magic"}, {("/parameters/kind", "enum")}),
        (
            {"kind": "double_progression", "reps": None, "reps_min": 12, "reps_max": 8},
            {("/parameters/reps_max", "out_of_order")},
        ),
    ],
)
async def test_everything_wrong_with_parameters_is_said_at_once(
    lifter: Lifter, change: dict[str, Any], errors: set[tuple[str, str]]
) -> None:
    parameters = {**LINEAR, "rounding": {"step": 2.5}, **change}
    body = {"exercise_id": lifter.exercise_id, "parameters": parameters}

    for answer in (
        await lifter.athlete.post(RULES, json=body),
        await lifter.athlete.post(
            f"{RULES}/simulate",
            json={"parameters": parameters, "performances": [{"sets": [{"reps": 5}]}]},
        ),
    ):
        assert answer.status_code == 400, answer.text
        found = {(one["pointer"], one["code"]) for one in answer.json()["errors"]}
        assert found == errors


async def test_a_rule_fits_its_lift(
    people: People, lifter: Lifter, catalogue: dict[str, list[str]]
) -> None:
    timed = {"exercise_id": catalogue["duration"][0], "parameters": LINEAR}
    unknown = {"exercise_id": lifter.athlete.athlete_id, "parameters": LINEAR}
    trainer = await people.trainer()
    assisted = await made(
        await trainer.post(
            "/exercises",
            json={"name": "Assisted dip", "category": "strength", "load_kind": "assisted"},
        )
    )
    on_assisted = {"exercise_id": assisted["id"], "parameters": PERCENTAGES}
    await made(await trainer.post("/athletes/me"))
    signed_in = await trainer.post(RULES, json=on_assisted)

    answers = [
        await lifter.athlete.post(RULES, json=timed),
        await lifter.athlete.post(RULES, json=unknown),
        signed_in,
    ]

    assert [(one.status_code, one.json()["errors"][0]["code"]) for one in answers] == [
        (400, "not_in_repetitions"),
        (400, "lift_unknown"),
        (400, "assisted"),
    ]


async def test_a_coach_sees_and_sets_by_scope_and_is_noted(
    people: People, coached: tuple[Person, Lifter]
) -> None:
    trainer, lifter = coached
    athlete = lifter.athlete
    body = {
        "athlete_id": athlete.athlete_id,
        "exercise_id": lifter.exercise_id,
        "parameters": LINEAR,
    }
    rule = await made(await trainer.post(RULES, json=body))
    path = f"{RULES}/{rule['id']}"
    await made(await trainer.get(path))
    await made(await trainer.get(f"{path}/explain"))
    listed = await made(await trainer.get(RULES))
    relation = (await made(await athlete.get("/coaching/relations")))[0]
    relation_path = f"/coaching/relations/{relation['id']}"

    only_plans = {"scopes": ["view_workouts"]}
    await made(await athlete.patch(relation_path, json=only_plans))

    assert [one["id"] for one in listed] == [rule["id"]]
    assert (await trainer.get(path)).status_code == 200
    maximum = {"athlete_id": body["athlete_id"], "exercise_id": lifter.exercise_id, "value": 1}
    for refused in (
        await trainer.get(f"{path}/explain"),
        await trainer.get(f"{path}/applications"),
        await trainer.put(path, json={"parameters": LINEAR}),
        await trainer.post(f"{path}/override", json={"load": 1, "reason": "x"}),
        await trainer.post(f"{path}/accept-training-max"),
        await trainer.post("/training-maxes", json=maximum),
        await trainer.delete(path),
    ):
        assert (refused.status_code, refused.json()["code"]) == (403, "scope_required")
    other = await people.trainer()
    assert (await other.get(path)).json()["code"] == "progression_rule_not_found"
    assert (await other.post(RULES, json=body)).json()["code"] == "athlete_not_coached"
    log = await made(await athlete.get("/coaching/access-log?limit=100"))
    noted = {(one["action"], one["operation"]) for one in log if one["subject"] == "program"}
    assert {
        ("changed", "set_progression_rule"),
        ("read", "get_progression_rule"),
        ("read", "explain_progression"),
        ("read", "list_progression_rules"),
    } <= noted
