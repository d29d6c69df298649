"""Reads of the catalogue come from the cache, and never outlive an edit."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.builders.administrators import administrator
from tests.builders.catalogue import an_exercise_body, an_exercise_of
from tests.builders.figures import look_ups
from tests.builders.people import People, Person
from workout_presentation.composition.container import Container

Reading = Callable[[Person, str], str]

OF_EXERCISES: dict[str, Reading] = {
    "list": lambda _, name: f"/exercises?search={name}",
    "detail": lambda _, identifier: f"/exercises/{identifier}",
    "substitutes": lambda _, identifier: f"/exercises/{identifier}/substitutes?limit=100",
}


def hits(container: Container) -> float:
    """Return how many reads of the catalogue were answered from the cache so far."""
    return look_ups(container, "catalogue", "hit")


async def twice(read: Callable[[], Awaitable[Any]], container: Container) -> tuple[Any, float]:
    """Read twice; return the second answer, and how many hits the second read was."""
    first = await read()
    before = hits(container)
    second = await read()
    assert first.status_code == second.status_code == 200, second.text
    assert first.json()["data"] == second.json()["data"]
    return second.json()["data"], hits(container) - before


@pytest.mark.requirement("CAT-07", "CAC-14", "CAC-26")
@pytest.mark.parametrize("reading", OF_EXERCISES)
async def test_a_second_read_of_exercises_is_a_hit_and_an_edit_shows_in_the_next(
    people: People, container: Container, reading: str
) -> None:
    trainer, athlete = await people.coached_pair()
    of = await an_exercise_of(trainer)
    like = await an_exercise_of(trainer)
    named = of["name"] if reading == "list" else of["id"]
    path = OF_EXERCISES[reading](athlete, named)

    before, hit = await twice(lambda: athlete.get(path), container)
    edited = like if reading == "substitutes" else of
    body = an_exercise_body(name=edited["name"], description="Edited just now")
    assert (await trainer.put(f"/exercises/{edited['id']}", json=body)).status_code == 200
    after = (await athlete.get(path)).json()["data"]

    assert hit == 1
    assert "Edited just now" not in str(before)
    assert "Edited just now" in str(after)


@pytest.mark.requirement("CAT-07", "CAC-14")
async def test_a_second_read_of_set_types_is_a_hit_and_an_edit_shows_in_the_next(
    people: People, container: Container, database: Any
) -> None:
    admin, athlete = await administrator(people, database), await people.athlete()
    before, hit = await twice(lambda: athlete.get("/set-types"), container)

    made = await admin.post(
        "/set-types", json={"code": f"c{athlete.user['username']}", "name": "X"}
    )
    after = (await athlete.get("/set-types")).json()["data"]

    assert hit == 1
    assert [one for one in after if one not in before] == [made.json()["data"]]
    deleted = await admin.delete(f"/set-types/{made.json()['data']['id']}")
    assert deleted.status_code == 204
    assert (await athlete.get("/set-types")).json()["data"] == before
