"""Telemetry of the plate calculator: where it is on, each use leaves an event; else none."""

import json
from typing import Any

import pytest

from tests.builders.people import People, Person
from tests.conftest import running, settings_for
from workout_presentation.composition.container import build_container

pytestmark = pytest.mark.requirement("STR-14")

PLATES = {"target": 101, "unit": "kilograms"}


async def events_of(database: Any, person: Person) -> list[dict[str, Any]]:
    """Return the events a person's use of the calculator left."""
    rows = await database.fetch(
        """SELECT payload FROM outbox_messages
        WHERE kind = 'tools.platecalc.query' AND actor_id = $1::uuid ORDER BY id""",
        person.user["id"],
    )
    return [json.loads(row["payload"]) for row in rows]


async def test_with_telemetry_each_use_leaves_an_event(
    people: People, database: Any, database_url: str, redis_url: str
) -> None:
    person = await people.athlete()
    settings = settings_for(database_url, redis_url, tool_telemetry=True)

    async with running(build_container(settings)) as server:
        for _ in range(2):
            answer = await person.api.post(
                f"{server.url}/api/v1/tools/plates", json=PLATES, headers=person.headers
            )
            assert answer.status_code == 200, answer.text
        refused = await person.api.post(
            f"{server.url}/api/v1/tools/plates", json={"target": 1}, headers=person.headers
        )

    assert refused.status_code == 400
    events = await events_of(database, person)
    assert len(events) == 2
    assert events[0] == {
        "user_id": person.user["id"],
        "target": 101,
        "unit": "kilograms",
        "achieved": 100,
        "loadable": False,
        "source": "standard",
        "inventory_id": None,
    }


async def test_without_telemetry_there_is_none(people: People, database: Any) -> None:
    person = await people.athlete()

    answer = await person.post("/tools/plates", json=PLATES)

    assert answer.status_code == 200
    assert await events_of(database, person) == []
