"""The calendar: what is planned and what was done, by the athlete's own days."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.api.contract import conforming
from tests.builders.administrators import administrator
from tests.builders.gym import Gym, listed
from tests.builders.people import People, Person
from tests.fakes.clock import AdjustableClock

MARCH = "from_date=2026-03-01&to_date=2026-03-31"
AUCKLAND = ZoneInfo("Pacific/Auckland")


async def calendar_of(person: Person, query: str = MARCH, athlete: Person | None = None) -> Any:
    """Read a calendar, one's own or an athlete's."""
    of = "" if athlete is None else f"&athlete_id={athlete.athlete_id}"
    return conforming(await person.get(f"/calendar?{query}{of}"))


async def narrowed(gym: Gym, *scopes: str) -> None:
    """Let the athlete leave the coach these scopes."""
    [relation] = await listed(gym.athlete, "/coaching/relations")
    answer = await gym.athlete.patch(
        f"/coaching/relations/{relation['id']}", json={"scopes": list(scopes)}
    )
    assert answer.is_success, answer.text


@pytest.fixture
async def auckland(fresh_gym: Gym) -> Gym:
    """Return a pair whose athlete lives in Auckland, half a day ahead of UTC."""
    changed = await fresh_gym.athlete.put(
        "/me", json={"first_name": "A", "last_name": "B", "time_zone": AUCKLAND.key}
    )
    assert changed.is_success, changed.text
    return fresh_gym


@pytest.mark.requirement("BEY-09")
async def test_planned_and_done_stand_on_the_athletes_own_day(auckland: Gym) -> None:
    workout = await auckland.assigned(scheduled_date="2026-03-01T11:00:00Z", name="Planned")
    session = await auckland.started(workout, session_date="2026-03-02T10:30:00Z")
    await auckland.completed(session, duration_minutes=40)
    alone = await auckland.begun(name="Alone", session_date="2026-03-02T11:00:00Z")

    for person in (auckland.athlete, auckland.trainer):
        calendar = await calendar_of(person, athlete=auckland.athlete)
        assert calendar["time_zone"] == AUCKLAND.key
        assert (calendar["athlete_id"], calendar["left_out"]) == (auckland.athlete.athlete_id, [])
        first, second = calendar["days"]
        # Midnight in Auckland is eleven in the morning of the day before in UTC.
        assert (first["date"], second["date"]) == ("2026-03-02", "2026-03-03")
        [planned], [done] = first["workouts"], first["sessions"]
        assert (planned["id"], planned["status"]) == (workout["id"], "in_progress")
        assert (planned["done"], planned["missed"]) == (True, False)
        assert (done["id"], done["workout_id"]) == (session["id"], workout["id"])
        assert (done["status"], done["duration_minutes"]) == ("completed", 40)
        assert second["workouts"] == []
        assert [(one["id"], one["workout_id"]) for one in second["sessions"]] == [
            (alone["id"], None)
        ]


@pytest.mark.requirement("BEY-09")
async def test_both_days_are_whole_and_inclusive(auckland: Gym) -> None:
    edges = ("2026-03-01T10:59:59Z", "2026-03-01T11:00:00Z", "2026-03-02T10:59:59Z")
    for number, moment in enumerate((*edges, "2026-03-02T11:00:00Z")):
        await auckland.assigned(scheduled_date=moment, name=f"Day {number}")

    calendar = await calendar_of(auckland.athlete, "from_date=2026-03-02&to_date=2026-03-02")

    [day] = calendar["days"]
    assert [one["name"] for one in day["workouts"]] == ["Day 1", "Day 2"]


@pytest.mark.requirement("BEY-09")
async def test_missed_is_what_nobody_began_before_its_day_was_over(
    auckland: Gym, clock: AdjustableClock
) -> None:
    today = clock.now().astimezone(AUCKLAND).date()
    first_moment = datetime.combine(today, time.min, AUCKLAND)
    moments = {
        "last moment of yesterday": first_moment - timedelta(seconds=1),
        "first moment of today": first_moment,
        "tomorrow": first_moment + timedelta(days=1, hours=12),
    }
    for name, moment in moments.items():
        await auckland.assigned(name=name, scheduled_date=moment.isoformat())
    begun = await auckland.assigned(name="begun", scheduled_date="2026-03-02T12:00:00Z")
    await auckland.started(begun)
    cancelled = await auckland.assigned(name="cancelled", scheduled_date="2026-03-02T12:00:00Z")
    await auckland.trainer.post(f"/workouts/{cancelled['id']}/cancel")
    closed = await auckland.assigned(name="closed", scheduled_date="2026-03-02T12:00:00Z")
    await auckland.trainer.post(f"/workouts/{closed['id']}/complete")
    around = f"from_date={today - timedelta(days=2)}&to_date={today + timedelta(days=2)}"

    days = [
        *(await calendar_of(auckland.athlete, around))["days"],
        *(await calendar_of(auckland.athlete))["days"],
    ]

    shown = {one["name"]: (one["done"], one["missed"]) for day in days for one in day["workouts"]}
    assert shown == {
        "last moment of yesterday": (False, True),
        "first moment of today": (False, False),
        "tomorrow": (False, False),
        "begun": (False, False),
        "cancelled": (False, False),
        "closed": (True, False),
    }


@pytest.mark.requirement("TRN-10")
async def test_what_was_deleted_is_on_no_day(fresh_gym: Gym) -> None:
    workout = await fresh_gym.assigned()
    session = await fresh_gym.started(workout, session_date="2026-03-02T12:00:00Z")
    await fresh_gym.completed(session)
    await fresh_gym.athlete.delete(f"/sessions/{session['id']}")

    [day] = (await calendar_of(fresh_gym.athlete))["days"]
    await fresh_gym.trainer.delete(f"/workouts/{workout['id']}")

    # It is still in progress, but nothing of it is left: it was missed after all.
    assert [(one["done"], one["missed"]) for one in day["workouts"]] == [(False, True)]
    assert day["sessions"] == []
    assert (await calendar_of(fresh_gym.athlete))["days"] == []


@pytest.mark.requirement("BEY-01")
async def test_a_coach_sees_the_part_the_athlete_lets_them_see(fresh_gym: Gym) -> None:
    workout = await fresh_gym.assigned()
    session = await fresh_gym.started(workout, session_date="2026-03-02T12:00:00Z")
    await fresh_gym.completed(session)
    trainer, athlete = fresh_gym.trainer, fresh_gym.athlete

    await narrowed(fresh_gym, "view_workouts")
    planned = await calendar_of(trainer, athlete=athlete)
    await narrowed(fresh_gym, "view_sessions")
    done = await calendar_of(trainer, athlete=athlete)
    await narrowed(fresh_gym, "assign_workouts")
    neither = await trainer.get(f"/calendar?{MARCH}&athlete_id={athlete.athlete_id}")

    assert (planned["left_out"], done["left_out"]) == (["sessions"], ["workouts"])
    [day] = planned["days"]
    # What the sessions say is not told by another name.
    assert [(one["done"], one["missed"]) for one in day["workouts"]] == [(False, False)]
    assert day["sessions"] == []
    assert [(len(day["workouts"]), len(day["sessions"])) for day in done["days"]] == [(0, 1)]
    assert (neither.status_code, neither.json()["code"]) == (403, "scope_required")


@pytest.mark.requirement("COA-04", "BEY-01")
async def test_a_coach_sees_their_own_plans_and_nothing_of_other_coaches(
    fresh_gym: Gym, people: People
) -> None:
    other = await people.trainer()
    invited = await other.post("/coaching/invitations", json={})
    code = invited.json()["data"]["code"]
    await fresh_gym.athlete.post("/coaching/invitations/accept", json={"code": code})
    await fresh_gym.assigned(name="Mine")

    of_other = await calendar_of(other, athlete=fresh_gym.athlete)
    of_trainer = await calendar_of(fresh_gym.trainer, athlete=fresh_gym.athlete)

    assert of_other["days"] == []
    assert [one["name"] for day in of_trainer["days"] for one in day["workouts"]] == ["Mine"]


@pytest.mark.requirement("SEC-03", "BEY-01")
async def test_to_strangers_there_is_no_such_athlete(
    fresh_gym: Gym, other_pair: tuple[Person, Person], people: People, database: Any
) -> None:
    await fresh_gym.assigned()
    admin = await administrator(people, database)
    of_athlete = f"/calendar?{MARCH}&athlete_id={fresh_gym.athlete.athlete_id}"
    nobody = f"/calendar?{MARCH}&athlete_id=00000000-0000-0000-0000-000000000007"

    answers = [await person.get(of_athlete) for person in other_pair]
    answers += [await fresh_gym.trainer.get(nobody), await admin.get(nobody)]

    assert [(one.status_code, one.json()["code"]) for one in answers] == [
        (404, "athlete_not_found")
    ] * 4
    assert len((await calendar_of(admin, athlete=fresh_gym.athlete))["days"]) == 1
    assert (await calendar_of(admin))["days"] == []


@pytest.mark.requirement("BEY-01")
async def test_the_athlete_is_told_that_a_coach_saw_their_sessions(fresh_gym: Gym) -> None:
    session = await fresh_gym.begun(session_date="2026-03-02T12:00:00Z")
    await calendar_of(fresh_gym.athlete)
    await calendar_of(fresh_gym.trainer, athlete=fresh_gym.athlete)
    elsewhere = "from_date=2025-03-01&to_date=2025-03-31"
    await calendar_of(fresh_gym.trainer, elsewhere, athlete=fresh_gym.athlete)

    entries = await listed(fresh_gym.athlete, "/coaching/access-log?action=read")

    assert session
    assert [(one["operation"], one["count"]) for one in entries] == [("get_calendar", 1)]


async def test_an_unchanged_calendar_is_not_sent_again(fresh_gym: Gym) -> None:
    workout = await fresh_gym.assigned()
    path = f"/calendar?{MARCH}"
    first = await fresh_gym.athlete.get(path)
    tag = {"If-None-Match": first.headers["etag"]}

    again = await fresh_gym.athlete.get(path, headers=tag)
    session = await fresh_gym.started(workout)
    changed = await fresh_gym.athlete.get(path, headers=tag)

    assert (again.status_code, again.content) == (304, b"")
    assert session
    assert changed.status_code == 200
    assert changed.headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize(
    ("query", "pointers"),
    [
        ("", ["/from_date", "/to_date"]),
        ("from_date=2026-03-01", ["/to_date"]),
        ("from_date=2026-03-01T00:00:00Z&to_date=20260331", ["/from_date", "/to_date"]),
        ("from_date=2026-03-02&to_date=2026-03-01", ["/to_date"]),
        ("from_date=2026-01-01&to_date=2026-04-03", ["/to_date"]),
        ("from_date=0001-01-01&to_date=0001-01-02", ["/from_date", "/to_date"]),
        ("from_date=9999-12-31&to_date=9999-12-31", ["/from_date", "/to_date"]),
        (f"{MARCH}&athlete_id=nobody", ["/athlete_id"]),
        (f"{MARCH}&page=1", ["/page"]),
    ],
)
async def test_wrong_days_are_refused(gym: Gym, query: str, pointers: list[str]) -> None:
    answer = await gym.athlete.get(f"/calendar?{query}")

    assert answer.status_code == 400, answer.text
    assert sorted(error["pointer"] for error in answer.json()["errors"]) == pointers


async def test_ninety_two_days_are_shown(gym: Gym) -> None:
    assert (await gym.athlete.get("/calendar?from_date=2026-01-01&to_date=2026-04-02")).is_success
