"""History that can be edited: back-dated, reopened, corrected, and what was said before kept."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.api.contract import conforming
from tests.builders.gym import Gym, a_set_body, listed, made
from tests.builders.people import People
from tests.fakes.clock import AdjustableClock

LONG_AGO = "2019-05-04T17:30:00Z"


def from_now(**span: float) -> str:
    """Return an instant some time from now."""
    return (datetime.now(UTC) + timedelta(**span)).isoformat()


async def history(gym: Gym, one: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the history of a set, as the athlete sees it."""
    return await listed(gym.athlete, f"/sets/{one['id']}/history")


@pytest.mark.requirement("BEY-10")
async def test_a_session_of_long_ago_is_logged_after_the_fact(fresh_gym: Gym) -> None:
    session = await fresh_gym.begun(session_date=LONG_AGO, time_zone="Europe/Vienna")
    one = await fresh_gym.logged(session, performed_at=LONG_AGO)

    done = await fresh_gym.completed(session, duration_minutes=55)

    assert (done["session_date"], done["local_date"]) == (LONG_AGO, "2019-05-04")
    assert (done["duration_minutes"], one["performed_at"]) == (55, LONG_AGO)
    of_day = await listed(fresh_gym.athlete, "/sessions?from_date=2019-05-04&to_date=2019-05-04")
    assert [item["id"] for item in of_day] == [session["id"]]


@pytest.mark.requirement("BEY-10")
async def test_what_lies_in_the_future_is_refused_everywhere(gym: Gym) -> None:
    ahead = from_now(hours=25)
    workout = await gym.assigned()
    refused = [
        await gym.athlete.post("/sessions", json={"name": "A", "session_date": ahead}),
        await gym.athlete.post(f"/workouts/{workout['id']}/sessions", json={"session_date": ahead}),
    ]
    session = await gym.begun(session_date=from_now(hours=23))
    one = await gym.logged(session, performed_at=from_now(hours=23))
    refused += [
        await gym.athlete.patch(f"/sessions/{session['id']}", json={"session_date": ahead}),
        await gym.athlete.post(
            f"/sessions/{session['id']}/sets", json=a_set_body(gym.lifts[0], performed_at=ahead)
        ),
        await gym.athlete.put(f"/sets/{one['id']}", json={"performed_at": ahead}),
    ]

    found = [(answer.status_code, answer.json()["errors"]) for answer in refused]
    assert [status for status, _ in found] == [400] * 5
    assert [errors[0]["code"] for _, errors in found] == ["future"] * 5
    assert [errors[0]["pointer"] for _, errors in found] == ["/session_date"] * 3 + [
        "/performed_at"
    ] * 2


@pytest.mark.requirement("BEY-10")
async def test_a_completed_session_is_reopened_corrected_and_completed_again(
    gym: Gym, clock: AdjustableClock
) -> None:
    session = await gym.begun()
    one = await gym.logged(session, weight=1000)
    done = await gym.completed(session, duration_minutes=62.5, session_rpe=8, notes="Strong")
    clock.advance(timedelta(minutes=30))
    path = f"/sessions/{session['id']}"
    first = await gym.athlete.get(path)

    stale = await gym.athlete.post(f"{path}/reopen", headers={"If-Match": '"1"'})
    reopened = await gym.athlete.post(f"{path}/reopen", headers={"If-Match": first.headers["etag"]})
    corrected = await gym.athlete.put(
        f"/sets/{one['id']}", json={"weight": 100}, headers={"If-Match": reopened.headers["etag"]}
    )
    again = await gym.athlete.post(
        f"{path}/complete", headers={"If-Match": corrected.headers["etag"]}
    )

    assert (stale.status_code, stale.json()["code"]) == (412, "stale_revision")
    after = conforming(again)
    assert (after["duration_minutes"], after["session_rpe"], after["notes"]) == (62.5, 8, "Strong")
    assert after["completed_at"] > done["completed_at"]
    assert after["volume"] == 500
    [kept] = await history(gym, one)
    assert kept["before"]["weight"] == 1000


@pytest.mark.requirement("BEY-10")
async def test_a_repeated_end_may_say_another_duration(gym: Gym) -> None:
    session = await gym.begun()
    await gym.completed(session, duration_minutes=62.5)
    await gym.athlete.post(f"/sessions/{session['id']}/reopen")

    again = await gym.completed(session, duration_minutes=70)

    assert again["duration_minutes"] == 70


@pytest.mark.requirement("BEY-10")
async def test_every_correction_keeps_what_was_said_before(gym: Gym) -> None:
    session = await gym.begun()
    one = await gym.logged(session, number_reps=2, notes="typo")
    first, second = one["reps"]
    path = f"/sessions/{session['id']}"

    said = [one]
    for change in (
        gym.athlete.put(f"/sets/{one['id']}", json={"weight": 105, "notes": None}),
        gym.athlete.put(f"/reps/{first['id']}", json={"success": False}),
        gym.athlete.delete(f"/reps/{second['id']}"),
    ):
        answer = await change
        assert answer.status_code in {200, 204}
        said.append((await gym.seen(path))["sets"][0])
    await gym.athlete.delete(f"/sets/{one['id']}")

    kept = await history(gym, one)

    assert [item["operation"] for item in reversed(kept)] == [
        "set_changed",
        "rep_changed",
        "rep_removed",
        "set_removed",
    ]
    assert [item["before"] for item in reversed(kept)] == said
    assert [item["rep_id"] for item in reversed(kept)] == [None, first["id"], second["id"], None]
    assert {item["changed_by"] for item in kept} == {gym.athlete.user["id"]}
    events = await listed(gym.athlete, f"{path}/events")
    told = [event["sequence"] for event in events if event["sequence"] > one["sequence"]]
    assert [item["sequence"] for item in reversed(kept)] == told


@pytest.mark.requirement("BEY-10", "BEY-08")
async def test_another_body_weight_keeps_what_bodies_moved_before(gym: Gym) -> None:
    pull_up = (await gym.athlete.get("/exercises?search=pull-up&page_size=1")).json()["data"][0]
    session = await gym.begun(bodyweight=80, bodyweight_unit="kilograms")
    body = await gym.logged(session, exercise_id=pull_up["id"])
    bar = await gym.logged(session)

    await gym.athlete.patch(f"/sessions/{session['id']}", json={"bodyweight": 82})

    [kept] = await history(gym, body)
    assert (kept["operation"], kept["before"]) == ("bodyweight_changed", body)
    assert await history(gym, bar) == []


@pytest.mark.requirement("BEY-10")
async def test_what_is_refused_leaves_no_history(gym: Gym) -> None:
    session = await gym.begun()
    one = await gym.logged(session)
    stale = {"If-Match": '"1"'}

    refused = [
        await gym.athlete.put(f"/sets/{one['id']}", json={"rpe": 8}, headers=stale),
        await gym.athlete.delete(f"/sets/{one['id']}", headers=stale),
        await gym.athlete.put(f"/reps/{one['reps'][0]['id']}", json={}, headers=stale),
        await gym.athlete.delete(f"/reps/{one['reps'][0]['id']}", headers=stale),
        await gym.athlete.put(f"/reps/{one['reps'][0]['id']}", json={"rep_number": 2}),
    ]

    assert [answer.status_code for answer in refused] == [412] * 4 + [409]
    assert await history(gym, one) == []
    assert (await gym.seen(f"/sessions/{session['id']}"))["sets"] == [one]


@pytest.mark.requirement("BEY-10")
async def test_the_present_revision_of_the_session_lets_a_correction_pass(gym: Gym) -> None:
    session = await gym.begun()
    one = await gym.logged(session)
    tag = (await gym.athlete.get(f"/sessions/{session['id']}")).headers["etag"]

    changed = await gym.athlete.put(
        f"/sets/{one['id']}", json={"rpe": 8}, headers={"If-Match": tag}
    )
    rep = await gym.athlete.put(
        f"/reps/{one['reps'][0]['id']}",
        json={"success": False},
        headers={"If-Match": changed.headers["etag"]},
    )
    shown = await gym.athlete.get(f"/sessions/{session['id']}")

    assert (changed.status_code, rep.status_code) == (200, 200)
    assert shown.headers["etag"] == rep.headers["etag"]


@pytest.mark.requirement("BEY-10")
async def test_the_history_is_read_in_runs_newest_first(gym: Gym) -> None:
    session = await gym.begun()
    one = await gym.logged(session)
    for weight in (1, 2, 3, 4, 5):
        await gym.athlete.put(f"/sets/{one['id']}", json={"weight": weight})
    path = f"/sets/{one['id']}/history"

    first = await gym.athlete.get(f"{path}?limit=3")
    cursor = first.json()["pagination"]["next_cursor"]
    second = await gym.athlete.get(path, params={"limit": 3, "cursor": cursor})

    weights = [item["before"]["weight"] for item in conforming(first) + conforming(second)]
    assert weights == [4, 3, 2, 1, 100]
    assert 'rel="next"' in first.headers["link"]
    assert second.json()["pagination"] == {"limit": 3, "next_cursor": None, "has_next": False}


@pytest.mark.parametrize("query", ["cursor=nonsense", "cursor=WyJhIl0", "limit=0", "page=1"])
async def test_a_history_after_nonsense_is_400(gym: Gym, query: str) -> None:
    one = await gym.logged(await gym.begun())

    answer = await gym.athlete.get(f"/sets/{one['id']}/history?{query}")

    assert answer.status_code == 400


@pytest.mark.requirement("BEY-10")
async def test_the_history_is_seen_by_whoever_sees_the_session(people: People) -> None:
    trainer, athlete = await people.coached_pair()
    blind, _ = await people.trainer(), await people.athlete()
    await people.relate(blind, athlete, ["assign_workouts"])
    lift = (await athlete.get("/exercises?search=squat&page_size=1")).json()["data"][0]["id"]
    gym = Gym(trainer, athlete, [lift], {})
    session = await gym.begun()
    one, other = await gym.logged(session), await gym.logged(session)
    await athlete.put(f"/sets/{one['id']}", json={"weight": 105})
    await athlete.delete(f"/sets/{other['id']}")
    paths = [f"/sets/{item['id']}/history" for item in (one, other)]

    seen = {
        name: [(await person.get(path)).status_code for path in paths]
        for name, person in {
            "athlete": athlete,
            "trainer": trainer,
            "blind": blind,
            "stranger": await people.athlete(),
        }.items()
    }
    await athlete.delete(f"/sessions/{session['id']}")
    gone = [(await athlete.get(path)).status_code for path in paths]

    # A removed set is its owner's business alone.
    assert seen == {
        "athlete": [200, 200],
        "trainer": [200, 404],
        "blind": [403, 404],
        "stranger": [404, 404],
    }
    assert gone == [404, 404]


@pytest.mark.requirement("BEY-10")
async def test_the_copy_of_personal_data_holds_the_history(gym: Gym) -> None:
    session = await gym.begun(bodyweight=80, time_zone="Europe/Vienna")
    one = await gym.logged(session)
    await gym.athlete.delete(f"/sets/{one['id']}")

    copy = (await gym.athlete.get("/me/export")).json()["data"]

    kept = [item for item in copy["set_history"] if item["set_id"] == one["id"]]
    assert [(item["operation"], item["before"]) for item in kept] == [("set_removed", one)]
    [own] = [item for item in copy["sessions"] if item["id"] == session["id"]]
    assert (own["time_zone"], own["bodyweight"]) == ("Europe/Vienna", 80)


@pytest.mark.requirement("BEY-10")
async def test_a_changed_description_is_told_and_raises_the_revision(
    gym: Gym, database: Any
) -> None:
    session = await gym.begun()
    before = await database.fetchrow(STATE, session["id"])

    changed = await gym.athlete.patch(
        f"/sessions/{session['id']}", json={"session_date": LONG_AGO, "bodyweight": 80}
    )

    after = await database.fetchrow(STATE, session["id"])
    assert after["revision"] > before["revision"]
    assert after["updated_at"] > before["updated_at"]
    assert after["settled_at"] > before["settled_at"]
    assert changed.json()["data"]["sequence"] == session["sequence"] + 1
    [event] = await listed(gym.athlete, f"/sessions/{session['id']}/events?after=1")
    assert (event["event"], event["session_date"]) == ("SessionChanged", LONG_AGO)
    assert (event["local_date"], event["bodyweight"]) == ("2019-05-04", 80)
    kind = await database.fetchval(
        "SELECT kind FROM outbox_messages WHERE aggregate_id = $1 ORDER BY id DESC LIMIT 1",
        session["id"],
    )
    assert kind == "workout.session.changed"


@pytest.mark.requirement("BEY-10")
@pytest.mark.parametrize("what", ["set", "rep", "new_rep", "removed_rep", "removed_set"])
async def test_every_correction_raises_what_reports_go_by(
    gym: Gym, database: Any, what: str
) -> None:
    session = await gym.begun()
    one = await gym.logged(session)
    rep = one["reps"][0]["id"]
    before = await database.fetchrow(STATE, session["id"])

    if what == "set":
        await gym.athlete.put(f"/sets/{one['id']}", json={"weight": 101})
    elif what == "rep":
        await gym.athlete.put(f"/reps/{rep}", json={"success": False})
    elif what == "new_rep":
        await made(gym.athlete, f"/sets/{one['id']}/reps", {})
    elif what == "removed_rep":
        await gym.athlete.delete(f"/reps/{rep}")
    else:
        await gym.athlete.delete(f"/sets/{one['id']}")

    after = await database.fetchrow(STATE, session["id"])
    assert after["revision"] == before["revision"] + 1
    assert after["updated_at"] > before["updated_at"]


STATE = "SELECT revision, updated_at, settled_at FROM workout_sessions WHERE id = $1"
