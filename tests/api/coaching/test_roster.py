"""A trainer's athletes over HTTP."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx2
import pytest

from tests.builders.people import People, Person
from workout_application.messaging.coach_access import Standing
from workout_domain.coaching.scopes import Scope
from workout_infrastructure.persistence.coaching.access import SqlCoachAccess, athletes_open_to
from workout_presentation.composition.container import Container

pytestmark = pytest.mark.requirement("COA-06", "BEY-01")


async def assigned_workout(trainer: Person, athlete: Person, *, days_ago: float) -> str:
    when = datetime.now(UTC) - timedelta(days=days_ago)
    body = {"name": "Squats", "type": "strength", "scheduled_date": when.isoformat()}
    created = await trainer.post("/workouts", json={**body, "athlete_id": athlete.athlete_id})
    assert created.status_code == 201, created.text
    return str(created.json()["data"]["id"])


async def trained(athlete: Person, workout_id: str) -> None:
    started = await athlete.post(f"/workouts/{workout_id}/sessions")
    assert started.status_code == 201, started.text
    ended = await athlete.post(f"/sessions/{started.json()['data']['id']}/complete")
    assert ended.status_code == 200, ended.text


async def test_the_roster_names_athletes_and_what_they_allow(people: People) -> None:
    trainer = await people.trainer()
    zoe = await people.register("athlete", first_name="Zoe")
    abe = await people.register("athlete", first_name="Abe")
    relation = await people.relate(trainer, zoe, ["view_workouts"])
    await people.relate(trainer, abe)

    answer = (await trainer.get("/athletes")).json()

    assert [one["athlete_id"] for one in answer["data"]] == [abe.athlete_id, zoe.athlete_id]
    assert answer["pagination"]["total_items"] == 2
    assert answer["data"][1] == {
        "athlete_id": zoe.athlete_id,
        "user_id": zoe.user["id"],
        "username": zoe.user["username"],
        "name": zoe.user["name"],
        "relation_id": relation["id"],
        "status": "active",
        "scopes": ["view_workouts"],
        "since": relation["accepted_at"],
        "groups": [],
        "adherence": None,
    }


async def test_adherence_counts_what_was_due_in_the_last_28_days(people: People) -> None:
    trainer, athlete = await people.coached_pair()
    done = await assigned_workout(trainer, athlete, days_ago=3)
    await assigned_workout(trainer, athlete, days_ago=2)
    await assigned_workout(trainer, athlete, days_ago=29)
    await assigned_workout(trainer, athlete, days_ago=-1)
    cancelled = await assigned_workout(trainer, athlete, days_ago=1)
    await trainer.post(f"/workouts/{cancelled}/cancel")
    await trained(athlete, done)

    entry = (await trainer.get("/athletes")).json()["data"][0]

    assert entry["adherence"] == {"planned": 2, "completed": 1, "rate": 0.5}


async def test_nothing_planned_gives_no_rate(people: People) -> None:
    trainer, _ = await people.coached_pair()

    entry = (await trainer.get("/athletes")).json()["data"][0]

    assert entry["adherence"] == {"planned": 0, "completed": 0, "rate": None}


async def test_a_paused_athlete_stays_on_the_roster_without_figures(people: People) -> None:
    trainer, athlete = await people.trainer(), await people.athlete()
    relation = await people.relate(trainer, athlete)
    await athlete.post(f"/coaching/relations/{relation['id']}/pause")

    entry = (await trainer.get("/athletes")).json()["data"][0]

    assert (entry["status"], entry["adherence"]) == ("paused", None)


async def test_an_ended_relation_is_shown_only_when_asked_for(people: People) -> None:
    trainer, athlete = await people.trainer(), await people.athlete()
    relation = await people.relate(trainer, athlete)
    await athlete.post(f"/coaching/relations/{relation['id']}/end")

    assert (await trainer.get("/athletes")).json()["data"] == []
    assert len((await trainer.get("/athletes?status=ended")).json()["data"]) == 1


async def test_pages_and_sort_orders(people: People) -> None:
    trainer = await people.trainer()
    athletes = [await people.athlete() for _ in range(3)]
    for athlete in athletes:
        await people.relate(trainer, athlete)
    wanted = [athlete.athlete_id for athlete in athletes]

    newest = await trainer.get("/athletes?sort=-since&page_size=2")
    rest = await trainer.get("/athletes?sort=-since&page_size=2&page=2")

    listed = [one["athlete_id"] for one in newest.json()["data"] + rest.json()["data"]]
    assert listed == wanted[::-1]


async def test_only_trainers_have_a_roster(people: People, api: httpx2.AsyncClient) -> None:
    assert (await api.get("/athletes")).status_code == 401
    assert (await (await people.athlete()).get("/athletes")).status_code == 403
    assert (await (await people.trainer()).get("/athletes")).json()["data"] == []


@pytest.mark.parametrize("query", ["sort=rate", "status=x", "page_size=0", "who=me"])
async def test_bad_queries_are_refused(people: People, query: str) -> None:
    assert (await (await people.trainer()).get(f"/athletes?{query}")).status_code == 400


async def test_other_contexts_learn_who_coaches_whom(
    people: People, container: Container, database: Any
) -> None:
    trainer, athlete = await people.trainer(), await people.athlete()
    roster = SqlCoachAccess(container.pool())
    asked = UUID(trainer.trainer_id), UUID(athlete.athlete_id)
    seen = athletes_open_to("$1::uuid", Scope.VIEW_SESSIONS)
    before = await roster.standing(*asked, "view_sessions")

    relation = await people.relate(trainer, athlete, ["view_sessions"])

    assert before is Standing.STRANGER
    assert await roster.standing(*asked, "view_sessions") is Standing.ALLOWED
    assert await roster.standing(*asked, "message") is Standing.WITHOUT_SCOPE
    assert len(await database.fetch(seen, asked[0])) == 1
    await athlete.post(f"/coaching/relations/{relation['id']}/pause")
    assert await roster.standing(*asked, "view_sessions") is Standing.STRANGER
    assert await database.fetch(seen, asked[0]) == []
