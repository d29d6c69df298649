"""Sets and repetitions over HTTP: logged, corrected, removed; progress beside them."""

from typing import Any
from uuid import UUID

import pytest

from tests.api.contract import conforming
from tests.builders.gym import Gym, a_set_body, made
from tests.builders.people import People

FIELDS = {
    "id",
    "session_id",
    "exercise_id",
    "set_type",
    "weight",
    "unit",
    "number_reps",
    "reps",
    "duration_seconds",
    "distance_meters",
    "rpe",
    "rir",
    "description",
    "notes",
    "performed_at",
    "sequence",
    "client_generated_id",
}


async def stored_kinds(database: Any, session: dict[str, Any]) -> list[str]:
    """Return the kinds of the events about a session after its start, in order."""
    rows = await database.fetch(
        "SELECT kind FROM outbox_messages WHERE aggregate_id = $1 ORDER BY id OFFSET 1",
        session["id"],
    )
    return [row["kind"] for row in rows]


@pytest.mark.requirement("TRN-14", "TRN-15", "TRN-25")
async def test_a_logged_set_says_everything_and_is_told_of(gym: Gym, database: Any) -> None:
    session = await gym.begun()
    body = a_set_body(
        gym.lifts[0],
        weight=102.5,
        rpe=8.5,
        rir=1,
        description="belt",
        notes="deep",
        performed_at="2026-03-02T12:00:00Z",
    )

    answer = await gym.athlete.post(f"/sessions/{session['id']}/sets", json=body)

    one = conforming(answer)
    assert answer.status_code == 201
    assert answer.headers["location"] == f"/api/v1/sets/{one['id']}"
    assert set(one) >= FIELDS
    assert (one["weight"], one["unit"], one["number_reps"]) == (102.5, "kilograms", 5)
    assert (one["rpe"], one["rir"], one["description"], one["notes"]) == (8.5, 1, "belt", "deep")
    assert [rep["rep_number"] for rep in one["reps"]] == [1, 2, 3, 4, 5]
    assert all(rep["success"] and rep["weight"] == 102.5 for rep in one["reps"])
    assert one["sequence"] == 2
    stored = await database.fetchrow(
        """SELECT kind, payload::jsonb->>'set_id' AS set_id FROM outbox_messages
        WHERE aggregate_id = $1 ORDER BY id DESC LIMIT 1""",
        session["id"],
    )
    assert (stored["kind"], stored["set_id"]) == ("workout.set.logged", one["id"])


async def test_a_set_looks_the_same_when_logged_and_when_read(gym: Gym) -> None:
    """Found here: instants on the whole second were written in two ways."""
    session = await gym.begun()
    logged = await gym.logged(session, performed_at="2026-03-02T12:00:00Z", rpe=8)
    fraction = await gym.logged(session, performed_at="2026-03-02T12:00:00.25Z")

    shown = await gym.seen(f"/sessions/{session['id']}")

    assert shown["sets"] == [logged, fraction]


@pytest.mark.requirement("TRN-14")
@pytest.mark.parametrize("missing", ["exercise_id", "set_type"])
async def test_a_set_needs_an_exercise_and_a_type(gym: Gym, missing: str) -> None:
    session = await gym.begun()
    body = a_set_body(gym.lifts[0])
    del body[missing]

    answer = await gym.athlete.post(f"/sessions/{session['id']}/sets", json=body)

    assert answer.status_code == 400
    assert missing in answer.text


@pytest.mark.requirement("TRN-14")
async def test_a_set_type_is_named_by_code_or_by_id(gym: Gym) -> None:
    session = await gym.begun()
    types = {one["code"]: one["id"] for one in (await gym.athlete.get("/set-types")).json()["data"]}
    by_id = {"set_type": None, "set_type_id": types["warm_up"]}

    first = await gym.logged(session, set_type="drop_set")
    second = await gym.logged(session, **by_id)

    assert (first["set_type"], first["set_type_id"]) == ("drop_set", types["drop_set"])
    assert (second["set_type"], second["set_type_id"]) == ("warm_up", types["warm_up"])


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"exercise_id": str(UUID(int=7))}, "exercise_unknown"),
        ({"set_type": "giant"}, "set_type_unknown"),
        ({"set_type": None, "set_type_id": str(UUID(int=7))}, "set_type_unknown"),
        ({"set_type_id": str(UUID(int=7))}, "validation_failed"),
        ({"weight": -1}, "validation_failed"),
        ({"weight": 100.0001}, "validation_failed"),
        ({"weight": 10_000}, "validation_failed"),
        ({"unit": "stone"}, "validation_failed"),
        ({"number_reps": -1}, "validation_failed"),
        ({"number_reps": 1001}, "validation_failed"),
        ({"number_reps": None}, "validation_failed"),
        ({"number_reps": 0}, "validation_failed"),
        ({"number_reps": True}, "validation_failed"),
        ({"number_reps": 2, "reps": [{}]}, "validation_failed"),
        ({"number_reps": None, "reps": []}, "validation_failed"),
        ({"number_reps": None, "reps": [{"rep_number": 1}] * 2}, "validation_failed"),
        ({"number_reps": None, "reps": [{"rep_number": 0}]}, "validation_failed"),
        ({"rpe": 0.5}, "validation_failed"),
        ({"rpe": 10.5}, "validation_failed"),
        ({"rpe": 8.3}, "validation_failed"),
        ({"rir": -1}, "validation_failed"),
        ({"performed_at": "2026-03-02"}, "validation_failed"),
        ({"client_generated_id": "ü"}, "validation_failed"),
        ({"notes": "x" * 10_001}, "validation_failed"),
        ({"session_id": str(UUID(int=7))}, "validation_failed"),
    ],
    ids=str,
)
async def test_a_set_of_nonsense_is_400_and_leaves_nothing(
    gym: Gym, wrong: dict[str, Any], code: str
) -> None:
    session = await gym.begun()
    body = {**a_set_body(gym.lifts[0]), **wrong}

    answer = await gym.athlete.post(f"/sessions/{session['id']}/sets", json=body)

    assert (answer.status_code, answer.json()["code"]) == (400, code)
    after = await gym.seen(f"/sessions/{session['id']}")
    assert (after["sets"], after["sequence"]) == ([], 1)


@pytest.mark.parametrize(
    ("measure", "given", "missing"),
    [
        ("reps", {"number_reps": 12}, {"duration_seconds": 30}),
        ("duration", {"duration_seconds": 90.5}, {"number_reps": 1}),
        ("weight_distance", {"weight": 40, "distance_meters": 30}, {"weight": 40}),
        ("distance_duration", {"distance_meters": 5000}, {"number_reps": 1}),
        ("distance_duration", {"duration_seconds": 1500}, {"weight": 1}),
    ],
)
async def test_a_set_is_measured_as_its_exercise_is(
    gym: Gym, measure: str, given: dict[str, Any], missing: dict[str, Any]
) -> None:
    session = await gym.begun()
    path = f"/sessions/{session['id']}/sets"
    base = {"exercise_id": gym.measured_in[measure], "set_type": "normal"}

    logged = await made(gym.athlete, path, {**base, **given})
    refused = await gym.athlete.post(path, json={**base, **missing})

    assert {name: logged[name] for name in given} == given
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["code"] == "required"


@pytest.mark.requirement("TRN-23")
async def test_weights_are_kept_as_entered(gym: Gym, database: Any) -> None:
    session = await gym.begun()

    pounds = await gym.logged(session, weight=220.462, unit="pounds")

    assert (pounds["weight"], pounds["unit"]) == (220.462, "pounds")
    stored = await database.fetchrow(
        "SELECT weight::text, unit FROM performed_sets WHERE id = $1", pounds["id"]
    )
    assert tuple(stored) == ("220.462", "pounds")


@pytest.mark.requirement("TRN-16")
async def test_repetitions_may_be_listed_one_by_one(gym: Gym) -> None:
    session = await gym.begun()
    listed = [{"success": True}, {"success": False, "weight": 95}, {"rep_number": 7}]

    one = await gym.logged(session, number_reps=None, reps=listed)

    shown = [(rep["rep_number"], rep["weight"], rep["success"]) for rep in one["reps"]]
    assert shown == [(1, 100, True), (2, 95, False), (7, 100, True)]
    assert one["number_reps"] == 3


async def test_a_corrected_set_keeps_what_is_not_mentioned(gym: Gym, database: Any) -> None:
    session = await gym.begun()
    before = await gym.logged(session, rpe=8, notes="deep")

    answer = await gym.athlete.put(
        f"/sets/{before['id']}",
        json={"weight": 105, "unit": "kilograms", "set_type": "failure", "notes": None},
    )

    after = conforming(answer)
    assert (after["weight"], after["set_type"], after["notes"]) == (105, "failure", None)
    assert (after["rpe"], after["number_reps"]) == (8, 5)
    assert {rep["weight"] for rep in after["reps"]} == {105}
    assert after["sequence"] == before["sequence"]
    assert (await gym.seen(f"/sessions/{session['id']}"))["sets"] == [after]
    assert await stored_kinds(database, session) == ["workout.set.logged", "workout.set.changed"]


async def test_repetitions_of_a_corrected_set_are_replaced(gym: Gym) -> None:
    session = await gym.begun()
    before = await gym.logged(session)

    after = await gym.athlete.put(f"/sets/{before['id']}", json={"number_reps": 2})

    assert len(after.json()["data"]["reps"]) == 2
    assert after.json()["data"]["number_reps"] == 2
    [shown] = (await gym.seen(f"/sessions/{session['id']}"))["sets"]
    assert shown == after.json()["data"]


async def test_a_bare_figure_corrects_a_set_in_the_unit_it_has(gym: Gym) -> None:
    """Found here: correcting 225 lb to 230 made it 230 kg for those who prefer kilograms."""
    session = await gym.begun()
    one = await gym.logged(session, weight=225, unit="pounds")

    corrected = await gym.athlete.put(f"/sets/{one['id']}", json={"weight": 230})

    assert (corrected.json()["data"]["weight"], corrected.json()["data"]["unit"]) == (230, "pounds")
    assert {rep["unit"] for rep in corrected.json()["data"]["reps"]} == {"pounds"}


async def test_a_unit_alone_corrects_the_unit(gym: Gym) -> None:
    """Found here: it was accepted and changed nothing."""
    session = await gym.begun()
    one = await gym.logged(session, weight=225, unit="kilograms")

    corrected = await gym.athlete.put(f"/sets/{one['id']}", json={"unit": "pounds"})

    assert (corrected.json()["data"]["weight"], corrected.json()["data"]["unit"]) == (225, "pounds")


async def test_a_bare_figure_of_a_repetition_is_in_the_unit_of_its_set(gym: Gym) -> None:
    """Found here: a repetition of a set in pounds was taken for kilograms."""
    session = await gym.begun()
    one = await gym.logged(session, weight=225, unit="pounds")

    added = await gym.athlete.post(f"/sets/{one['id']}/reps", json={"weight": 215})
    changed = await gym.athlete.put(f"/reps/{one['reps'][0]['id']}", json={"weight": 220})
    replaced = await gym.athlete.put(f"/sets/{one['id']}", json={"reps": [{"weight": 210}]})

    assert (added.json()["data"]["weight"], added.json()["data"]["unit"]) == (215, "pounds")
    assert (changed.json()["data"]["weight"], changed.json()["data"]["unit"]) == (220, "pounds")
    [rep] = replaced.json()["data"]["reps"]
    assert (rep["weight"], rep["unit"]) == (210, "pounds")


async def test_a_bare_figure_of_a_new_set_is_in_the_unit_one_prefers(people: People) -> None:
    athlete = await people.register("athlete", preferred_unit="pounds")
    session = await made(
        athlete, "/sessions", {"name": "A", "session_date": "2026-03-02T12:00:00Z"}
    )
    lift = (await athlete.get("/exercises?search=bench&page_size=1")).json()["data"][0]["id"]

    one = await made(
        athlete,
        f"/sessions/{session['id']}/sets",
        {"exercise_id": lift, "set_type": "normal", "weight": 225, "number_reps": 1},
    )

    assert (one["weight"], one["unit"]) == (225, "pounds")


@pytest.mark.parametrize(
    "wrong",
    [
        {"weight": -1},
        {"weight": "heavy"},
        {"rpe": 11},
        {"set_type": "giant"},
        {"number_reps": 0},
        {"reps": []},
        {"exercise_id": str(UUID(int=7))},
        {"performed_at": "now"},
    ],
    ids=str,
)
async def test_a_wrong_correction_is_400_and_changes_nothing(
    gym: Gym, wrong: dict[str, Any]
) -> None:
    session = await gym.begun()
    one = await gym.logged(session)

    answer = await gym.athlete.put(f"/sets/{one['id']}", json=wrong)

    assert answer.status_code == 400
    after = await gym.seen(f"/sessions/{session['id']}")
    assert (after["sets"], after["sequence"]) == ([one], 2)


@pytest.mark.requirement("TRN-28")
async def test_a_removed_set_takes_its_repetitions_along(gym: Gym, database: Any) -> None:
    session = await gym.begun()
    one, other = await gym.logged(session), await gym.logged(session)

    removed = await gym.athlete.delete(f"/sets/{one['id']}")

    gone = [
        await gym.athlete.delete(f"/sets/{one['id']}"),
        await gym.athlete.put(f"/sets/{one['id']}", json={"rpe": 8}),
        await gym.athlete.post(f"/sets/{one['id']}/reps"),
        await gym.athlete.put(f"/reps/{one['reps'][0]['id']}", json={"success": False}),
        await gym.athlete.delete(f"/reps/{one['reps'][0]['id']}"),
    ]
    assert removed.status_code == 204
    assert [answer.status_code for answer in gone] == [404] * len(gone)
    assert (await gym.seen(f"/sessions/{session['id']}"))["sets"] == [other]
    assert (await stored_kinds(database, session))[-1] == "workout.set.removed"


@pytest.mark.requirement("TRN-16")
async def test_a_repetition_follows_the_others_and_succeeds_unless_it_says_otherwise(
    gym: Gym, database: Any
) -> None:
    session = await gym.begun()
    one = await gym.logged(session)

    answer = await gym.athlete.post(f"/sets/{one['id']}/reps")
    failed = await gym.athlete.post(f"/sets/{one['id']}/reps", json={"success": False})

    rep = conforming(answer)
    assert answer.headers["location"] == f"/api/v1/reps/{rep['id']}"
    assert (rep["rep_number"], rep["success"], rep["set_id"]) == (6, True, one["id"])
    assert (rep["weight"], rep["unit"]) == (100, "kilograms")
    assert (failed.json()["data"]["rep_number"], failed.json()["data"]["success"]) == (7, False)
    [shown] = (await gym.seen(f"/sessions/{session['id']}"))["sets"]
    assert shown["number_reps"] == len(shown["reps"]) == 7
    kinds = await stored_kinds(database, session)
    assert kinds == ["workout.set.logged", "workout.set.changed", "workout.set.changed"]


@pytest.mark.requirement("TRN-16")
async def test_a_repetition_number_is_unique_in_its_set(gym: Gym) -> None:
    session = await gym.begun()
    one = await gym.logged(session)

    added = await gym.athlete.post(f"/sets/{one['id']}/reps", json={"rep_number": 3})
    changed = await gym.athlete.put(f"/reps/{one['reps'][0]['id']}", json={"rep_number": 2})

    for answer in (added, changed):
        assert (answer.status_code, answer.json()["code"]) == (409, "rep_number_taken")


async def test_a_set_takes_at_most_a_thousand_repetitions(gym: Gym) -> None:
    """Found here: the one after the thousandth was numbered 1001."""
    session = await gym.begun()
    one = await gym.logged(session, number_reps=None, reps=[{"rep_number": 1000}])

    added = await gym.athlete.post(f"/sets/{one['id']}/reps")

    assert added.status_code == 400


@pytest.mark.requirement("TRN-16")
async def test_a_repetition_is_corrected(gym: Gym) -> None:
    session = await gym.begun()
    one = await gym.logged(session)
    path = f"/reps/{one['reps'][4]['id']}"

    failed = conforming(await gym.athlete.put(path, json={"success": False, "rep_number": 9}))
    lighter = conforming(await gym.athlete.put(path, json={"weight": 95}))
    as_the_set = conforming(await gym.athlete.put(path, json={"weight": None}))

    assert (failed["success"], failed["rep_number"], failed["weight"]) == (False, 9, 100)
    assert (lighter["success"], lighter["weight"]) == (False, 95)
    assert as_the_set["weight"] == 100


@pytest.mark.parametrize(
    "wrong",
    [
        {"rep_number": 0},
        {"rep_number": 1001},
        {"weight": -1},
        {"success": "perhaps"},
        {"set_id": str(UUID(int=7))},
    ],
    ids=str,
)
async def test_a_repetition_of_nonsense_is_400(gym: Gym, wrong: dict[str, Any]) -> None:
    session = await gym.begun()
    one = await gym.logged(session)

    added = await gym.athlete.post(f"/sets/{one['id']}/reps", json=wrong)
    changed = await gym.athlete.put(f"/reps/{one['reps'][0]['id']}", json=wrong)

    assert (added.status_code, changed.status_code) == (400, 400)


async def test_a_removed_repetition_leaves_the_numbers_of_the_others(gym: Gym) -> None:
    session = await gym.begun()
    one = await gym.logged(session, number_reps=3)

    removed = await gym.athlete.delete(f"/reps/{one['reps'][1]['id']}")

    [shown] = (await gym.seen(f"/sessions/{session['id']}"))["sets"]
    assert removed.status_code == 204
    assert [rep["rep_number"] for rep in shown["reps"]] == [1, 3]
    assert shown["number_reps"] == 2


@pytest.mark.requirement("TRN-17", "TRN-18")
async def test_an_exercise_is_done_when_all_planned_sets_are(gym: Gym, database: Any) -> None:
    workout = await gym.assigned(exercises=[gym.prescription(0, sets=3)])
    session = await gym.started(workout)
    path = f"/sessions/{session['id']}/exercises/{gym.lifts[0]}/progress"

    part = conforming(await gym.athlete.put(path, json={"completed_sets": 2}))
    whole = conforming(await gym.athlete.put(path, json={"completed_sets": 3}))
    back = conforming(await gym.athlete.put(path, json={"completed_sets": 0}))

    assert (part["completed_sets"], part["planned_sets"], part["is_completed"]) == (2, 3, False)
    assert (whole["completed_sets"], whole["is_completed"]) == (3, True)
    assert (back["completed_sets"], back["is_completed"]) == (0, False)
    assert back["sequence"] == 4
    assert await stored_kinds(database, session) == ["workout.progress.updated"] * 3


@pytest.mark.requirement("TRN-18")
@pytest.mark.parametrize("completed_sets", [-1, 1001, None, "three", True, 1.5])
async def test_progress_of_nonsense_is_400(gym: Gym, completed_sets: Any) -> None:
    session = await gym.started()

    answer = await gym.athlete.put(
        f"/sessions/{session['id']}/exercises/{gym.lifts[0]}/progress",
        json={"completed_sets": completed_sets},
    )

    assert answer.status_code == 400


@pytest.mark.requirement("TRN-18")
async def test_progress_is_reported_only_of_exercises_of_the_session(gym: Gym) -> None:
    session = await gym.started()

    answer = await gym.athlete.put(
        f"/sessions/{session['id']}/exercises/{gym.lifts[5]}/progress", json={"completed_sets": 1}
    )

    assert (answer.status_code, answer.json()["code"]) == (404, "exercise_not_in_session")


@pytest.mark.requirement("TRN-17")
async def test_logging_gives_an_unplanned_exercise_a_log_and_no_progress(gym: Gym) -> None:
    session = await gym.begun()
    await gym.logged(session)

    [log] = (await gym.seen(f"/sessions/{session['id']}"))["exercise_logs"]

    assert (log["exercise_id"], log["planned_sets"]) == (gym.lifts[0], None)
    assert (log["completed_sets"], log["is_completed"]) == (0, False)


@pytest.mark.requirement("TRN-18")
async def test_progress_reported_again_under_its_id_is_told_once(gym: Gym) -> None:
    session = await gym.started()
    path = f"/sessions/{session['id']}/exercises/{gym.lifts[0]}/progress"
    body = {"completed_sets": 1, "client_event_id": "tap-1"}

    first = await gym.athlete.put(path, json=body)
    again = await gym.athlete.put(path, json={**body, "completed_sets": 2})

    assert again.json()["data"] == first.json()["data"]
    after = await gym.seen(f"/sessions/{session['id']}")
    assert (after["sequence"], after["exercise_logs"][0]["completed_sets"]) == (2, 1)
