"""Lists of workouts and sessions: filtered, cut and ordered."""

import itertools
from typing import Any
from urllib.parse import parse_qs, urlsplit

import asyncpg
import httpx2
import pytest

from tests.api.contract import conforming
from tests.builders.gym import Gym, a_workout_body, made
from tests.builders.people import People, Person

PLANNED = [
    # name, type, scheduled_date, description, given to an athlete
    ("Squat day", "strength", "2026-03-01T10:00:00Z", "Heavy TRIPLES", True),
    ("Bench day", "strength", "2026-03-05T22:30:00Z", None, True),
    ("Long run", "endurance", "2026-03-05T23:30:00Z", "easy, 100% aerobic", False),
    ("ÜBUNG row", "hiit", "2026-03-06T05:00:00Z", "under_score", True),
    ("Rest", "recovery", "2026-03-10T10:00:00Z", None, False),
]


@pytest.fixture(scope="module")
async def planner(
    people: People,
) -> tuple[Person, Person]:
    """Return a trainer in New York with five workouts, one of them cancelled, and the athlete."""
    trainer = await people.register("trainer", time_zone="America/New_York")
    athlete = await people.athlete()
    await people.relate(trainer, athlete)
    for name, kind, moment, description, is_given in PLANNED:
        body = a_workout_body(name=name, type=kind, scheduled_date=moment, description=description)
        if is_given:
            body["athlete_id"] = athlete.athlete_id
        workout = await made(trainer, "/workouts", body)
        if name == "Rest":
            await trainer.post(f"/workouts/{workout['id']}/cancel")
    return trainer, athlete


async def names(person: Person, **query: Any) -> list[str]:
    """List workouts and return their names."""
    answer = await person.get("/workouts", params=query)
    assert answer.status_code == 200, answer.text
    return [one["name"] for one in answer.json()["data"]]


@pytest.mark.requirement("TRN-08")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"type": "strength"}, ["Bench day", "Squat day"]),
        ({"type": "hiit"}, ["ÜBUNG row"]),
        ({"status": "draft"}, ["Long run"]),
        ({"status": "assigned"}, ["ÜBUNG row", "Bench day", "Squat day"]),
        ({"status": "cancelled"}, ["Rest"]),
        ({"status": "completed"}, []),
        ({"search_term": "DAY"}, ["Bench day", "Squat day"]),
        ({"search_term": "triples"}, ["Squat day"]),
        ({"search_term": "übung"}, ["ÜBUNG row"]),
        ({"search_term": "100%"}, ["Long run"]),
        ({"search_term": "%"}, ["Long run"]),
        ({"search_term": "_"}, ["ÜBUNG row"]),
        ({"search_term": "' OR 1=1 --"}, []),
        ({"from_date": "2026-03-05T23:30:00Z"}, ["Rest", "ÜBUNG row", "Long run"]),
        ({"to_date": "2026-03-05T22:30:00Z"}, ["Bench day", "Squat day"]),
        ({"from_date": "2026-03-06T00:30:00+01:00", "to_date": "2026-03-06"}, None),
    ],
    ids=str,
)
async def test_each_filter_narrows_the_list(
    planner: tuple[Person, Person], query: dict[str, str], expected: list[str] | None
) -> None:
    trainer, _ = planner

    listed = await names(trainer, **query)

    assert listed == (["ÜBUNG row", "Long run"] if expected is None else expected)


@pytest.mark.requirement("TRN-08")
async def test_a_date_is_the_whole_local_day_of_the_caller(
    planner: tuple[Person, Person],
) -> None:
    trainer, athlete = planner
    day = {"from_date": "2026-03-05", "to_date": "2026-03-05"}

    in_new_york = await names(trainer, **day)
    in_utc = await names(athlete, **day)

    assert in_new_york == ["Long run", "Bench day"]
    assert in_utc == ["Bench day"]
    assert await names(trainer, from_date="2026-03-06", to_date="2026-03-06") == ["ÜBUNG row"]


@pytest.mark.requirement("TRN-08")
async def test_the_athlete_filter_narrows_to_one_athlete(
    planner: tuple[Person, Person], people: People
) -> None:
    trainer, athlete = planner
    other = await people.athlete()

    assert len(await names(trainer, athlete_id=athlete.athlete_id)) == 3
    assert await names(trainer, athlete_id=other.athlete_id) == []
    assert len(await names(athlete, athlete_id=athlete.athlete_id)) == 3
    assert await names(other, athlete_id=athlete.athlete_id) == []


@pytest.mark.requirement("TRN-08")
async def test_every_pair_of_filters_is_an_intersection(planner: tuple[Person, Person]) -> None:
    trainer, athlete = planner
    filters = {
        "type": "strength",
        "status": "assigned",
        "athlete_id": athlete.athlete_id,
        "from_date": "2026-03-05",
        "to_date": "2026-03-06",
        "search_term": "day",
    }
    alone = {name: set(await names(trainer, **{name: value})) for name, value in filters.items()}

    for first, second in itertools.combinations(filters, 2):
        both = set(await names(trainer, **{first: filters[first], second: filters[second]}))
        assert both == alone[first] & alone[second], (first, second)

    assert await names(trainer, **filters) == ["Bench day"]


@pytest.mark.parametrize(
    "query",
    [
        "type=yoga",
        "status=open",
        "athlete_id=me",
        "from_date=yesterday",
        "from_date=2026-02-30",
        "to_date=2026-03-05T10:00:00",
        "to_date=9999-12-31",
        "search_term=" + "x" * 201,
        "search_term=%00",
        "page=0",
        "page=x",
        "page_size=0",
        "page_size=101",
        "sort=colour",
        "limit=0",
        "limit=101",
        "cursor=nonsense",
        "cursor=WzEsMl0",
        "cursor=WyIwMDAxLTAxLTAxVDAwOjAwOjAwKzE0OjAwIiwiMDE5MDAwMDAtMDAwMC03MDAwLTgwMDAtMDAwMDAwMDAwMDAwIl0",
        "cursor=&page=2",
        "limit=5&sort=name",
        "colour=red",
    ],
)
async def test_a_query_of_nonsense_is_400(planner: tuple[Person, Person], query: str) -> None:
    trainer, _ = planner

    answer = await trainer.get(f"/workouts?{query}")

    assert answer.status_code == 400
    assert answer.json()["code"] == "validation_failed"


@pytest.mark.parametrize(
    "query",
    [
        "status=draft",
        "workout_id=one",
        "athlete_id=me",
        "from_date=soon",
        "sort=name",
        "limit=0",
        "cursor=nonsense",
        "type=strength",
    ],
)
async def test_a_query_of_nonsense_about_sessions_is_400(
    planner: tuple[Person, Person], query: str
) -> None:
    trainer, _ = planner

    answer = await trainer.get(f"/sessions?{query}")

    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("scheduled_date", ["Squat day", "Bench day", "Long run", "ÜBUNG row", "Rest"]),
        ("-scheduled_date", ["Rest", "ÜBUNG row", "Long run", "Bench day", "Squat day"]),
        ("name", None),
        ("created_at", [one[0] for one in PLANNED]),
        ("-created_at", [one[0] for one in reversed(PLANNED)]),
    ],
)
async def test_the_list_is_ordered_as_asked(
    planner: tuple[Person, Person], sort: str, expected: list[str] | None
) -> None:
    trainer, _ = planner

    listed = await names(trainer, sort=sort)

    if expected is None:
        assert listed[:4] == ["Bench day", "Long run", "Rest", "Squat day"]
        assert await names(trainer, sort="-name") == listed[::-1]
    else:
        assert listed == expected


@pytest.fixture(scope="module")
async def many(people: People, database_url: str) -> Person:
    """Return a trainer with 25 workouts, one a day, and three at the same instant."""
    trainer = await people.trainer()
    connection = await asyncpg.connect(database_url)
    await connection.execute(
        """INSERT INTO workouts (id, revision, created_at, updated_at, name, trainer_id, type,
                              status, scheduled_date, estimated_duration_minutes)
        SELECT gen_random_uuid(), 1, now(), now(), 'Day ' || n, $1, 'strength', 'draft',
               '2026-03-01T12:00:00Z'::timestamptz + least(n, 22) * interval '1 day', 0
        FROM generate_series(0, 24) n""",
        trainer.trainer_id,
    )
    await connection.close()
    return trainer


def links(answer: httpx2.Response) -> dict[str, dict[str, str]]:
    """Read the queries of an RFC 8288 ``Link`` header, by relation."""
    found = {}
    for part in answer.headers.get("link", "").split(", "):
        target, _, relation = part.partition("; ")
        query = parse_qs(urlsplit(target.strip("<>")).query, keep_blank_values=True)
        found[relation.removeprefix('rel="').rstrip('"')] = {k: v[0] for k, v in query.items()}
    return found


@pytest.mark.requirement("TRN-09")
async def test_the_third_page_of_25_has_five_newest_first(many: Person) -> None:
    first = await many.get("/workouts")
    third = await many.get("/workouts?page=3")

    items = conforming(third)
    assert len(conforming(first)) == 10
    assert [one["name"] for one in items] == [f"Day {n}" for n in (4, 3, 2, 1, 0)]
    assert third.json()["pagination"] == {
        "current_page": 3,
        "page_size": 10,
        "total_pages": 3,
        "total_items": 25,
        "has_next": False,
        "has_previous": True,
    }


@pytest.mark.requirement("TRN-09")
async def test_pages_link_to_one_another_and_keep_the_query(many: Person) -> None:
    middle = await many.get("/workouts?page=2&page_size=5&search_term=Day&sort=name")
    last = await many.get("/workouts?page=5&page_size=5")

    kept = {"page_size": "5", "search_term": "Day", "sort": "name"}
    assert links(middle) == {
        "first": {**kept, "page": "1"},
        "prev": {**kept, "page": "1"},
        "next": {**kept, "page": "3"},
        "last": {**kept, "page": "5"},
    }
    assert set(links(last)) == {"first", "prev", "last"}


async def test_a_page_behind_the_last_is_empty(many: Person) -> None:
    answer = await many.get("/workouts?page=9")

    assert answer.json()["data"] == []
    assert answer.json()["pagination"]["total_items"] == 25


async def test_cursors_walk_through_everything_once_without_a_total(many: Person) -> None:
    seen: list[str] = []
    query: dict[str, Any] | None = {"limit": 7, "cursor": ""}

    while query is not None:
        answer = await many.get("/workouts", params=query)
        conforming(answer)
        seen += [one["id"] for one in answer.json()["data"]]
        figures = answer.json()["pagination"]
        assert set(figures) == {"limit", "next_cursor", "has_next"}
        assert figures["has_next"] is (figures["next_cursor"] is not None)
        query = links(answer).get("next") if figures["has_next"] else None

    assert len(seen) == len(set(seen)) == 25
    paged = [
        one["id"]
        for page in (1, 2, 3)
        for one in (await many.get(f"/workouts?page={page}")).json()["data"]
    ]
    assert seen == paged


async def test_an_empty_cursor_takes_twenty(many: Person) -> None:
    answer = await many.get("/workouts?cursor=")

    assert len(answer.json()["data"]) == 20
    assert answer.json()["pagination"]["limit"] == 20


async def test_a_cursor_keeps_its_place_while_the_list_grows(people: People) -> None:
    trainer = await people.trainer()
    for day in (1, 2, 3):
        await made(trainer, "/workouts", a_workout_body(scheduled_date=f"2026-03-0{day}T12:00:00Z"))
    first = await trainer.get("/workouts?limit=2")
    await made(trainer, "/workouts", a_workout_body(scheduled_date="2026-04-01T12:00:00Z"))

    second = await trainer.get("/workouts", params=links(first)["next"])

    days = [one["scheduled_date"][:10] for one in second.json()["data"]]
    assert days == ["2026-03-01"]


@pytest.fixture(scope="module")
async def sessions_of(people: People, catalogue: dict[str, list[str]]) -> Gym:
    """Return a pair whose athlete had four sessions, one of them of a workout."""
    pair = await people.coached_pair()
    gym = Gym(*pair, lifts=catalogue["weight_reps"], measured_in={})
    for day in (1, 2, 3):
        session = await gym.begun(name=f"Own {day}", session_date=f"2026-03-0{day}T12:00:00Z")
        if day == 2:
            await gym.rest()
        else:
            await gym.completed(session)
    await gym.started(session_date="2026-03-04T12:00:00Z")
    return gym


@pytest.mark.requirement("TRN-13")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, [4, 3, 2, 1]),
        ({"status": "completed"}, [3, 1]),
        ({"status": "abandoned"}, [2]),
        ({"status": "in_progress"}, [4]),
        ({"from_date": "2026-03-03"}, [4, 3]),
        ({"to_date": "2026-03-02"}, [2, 1]),
        ({"from_date": "2026-03-02", "to_date": "2026-03-03", "status": "completed"}, [3]),
        ({"sort": "session_date"}, [1, 2, 3, 4]),
        ({"sort": "-started_at"}, [4, 3, 2, 1]),
        ({"page": 2, "page_size": 3}, [1]),
        ({"limit": 3}, [4, 3, 2]),
    ],
    ids=str,
)
async def test_sessions_are_listed_newest_first_and_narrowed(
    sessions_of: Gym, query: dict[str, Any], expected: list[int]
) -> None:
    of_athlete = await sessions_of.athlete.get("/sessions", params=query)
    of_coach = await sessions_of.trainer.get("/sessions", params=query)

    items = conforming(of_athlete)
    assert [int(one["session_date"][8:10]) for one in items] == expected
    assert of_coach.json()["data"] == items
    assert all("sets" not in one for one in items)


async def test_sessions_are_narrowed_to_a_workout_and_to_an_athlete(
    sessions_of: Gym, people: People
) -> None:
    active = await sessions_of.seen("/sessions/active")
    other = await people.athlete()

    of_workout = await sessions_of.athlete.get(
        "/sessions", params={"workout_id": active["workout_id"]}
    )
    of_athlete = await sessions_of.trainer.get(
        "/sessions", params={"athlete_id": sessions_of.athlete.athlete_id}
    )
    of_other = await sessions_of.trainer.get("/sessions", params={"athlete_id": other.athlete_id})

    assert [one["id"] for one in of_workout.json()["data"]] == [active["id"]]
    assert of_athlete.json()["pagination"]["total_items"] == 4
    assert of_other.json()["data"] == []


async def test_a_walk_by_cursor_finds_every_session(sessions_of: Gym) -> None:
    first = await sessions_of.athlete.get("/sessions?limit=3")

    second = await sessions_of.athlete.get("/sessions", params=links(first)["next"])

    assert len(first.json()["data"]) == 3
    assert len(conforming(second)) == 1
    assert second.json()["pagination"]["has_next"] is False
