"""A coach's notes over HTTP."""

from typing import Any
from uuid import uuid4

import httpx2
import pytest

from tests.builders.people import People, Person

pytestmark = pytest.mark.requirement("BEY-01", "SEC-03")


async def related(people: People) -> tuple[Person, Person, str]:
    """Relate two; returns the relation's path as well."""
    trainer, athlete = await people.trainer(), await people.athlete()
    return trainer, athlete, f"/coaching/relations/{(await people.relate(trainer, athlete))['id']}"


async def written(trainer: Person, relation: str, **fields: Any) -> dict[str, Any]:
    answer = await trainer.post(f"{relation}/notes", json={"text": "Knees cave in", **fields})
    assert answer.status_code == 201, answer.text
    note: dict[str, Any] = answer.json()["data"]
    return note


async def test_a_note_is_the_coach_s_alone_unless_shared(people: People) -> None:
    trainer, athlete, relation = await related(people)
    private = await written(trainer, relation)
    shared = await written(trainer, relation, visibility="shared")

    of_trainer = (await trainer.get(f"{relation}/notes")).json()
    of_athlete = (await athlete.get(f"{relation}/notes")).json()

    assert (private["visibility"], private["text"]) == ("coach_only", "Knees cave in")
    assert of_trainer["data"] == [shared, private]
    assert of_athlete["data"] == [shared]
    assert of_athlete["pagination"]["total_items"] == 1
    hidden = await athlete.get(f"{relation}/notes/{private['id']}")
    assert (hidden.status_code, hidden.json()["code"]) == (404, "note_not_found")
    assert (await athlete.get(f"{relation}/notes/{shared['id']}")).json()["data"] == shared


async def test_creating_tells_where_and_repeats_safely(people: People) -> None:
    trainer, _, relation = await related(people)
    headers = {"Idempotency-Key": uuid4().hex}

    first = await trainer.post(f"{relation}/notes", json={"text": "x"}, headers=headers)
    again = await trainer.post(f"{relation}/notes", json={"text": "x"}, headers=headers)

    note = first.json()["data"]
    assert first.headers["location"] == f"/api/v1{relation}/notes/{note['id']}"
    assert first.headers["etag"] == f'"{note["revision"]}"'
    assert again.json() == first.json()
    assert again.headers["idempotency-replayed"] == "true"
    assert len((await trainer.get(f"{relation}/notes")).json()["data"]) == 1


async def test_changing_keeps_the_visibility_unless_it_is_said(people: People) -> None:
    trainer, athlete, relation = await related(people)
    note = await written(trainer, relation, visibility="shared")
    path = f"{relation}/notes/{note['id']}"

    changed = await trainer.put(path, json={"text": " Better now "})
    hidden = await trainer.put(path, json={"text": "Mine", "visibility": "coach_only"})

    assert (changed.json()["data"]["text"], changed.json()["data"]["visibility"]) == (
        "Better now",
        "shared",
    )
    assert hidden.json()["data"]["visibility"] == "coach_only"
    assert (await athlete.get(path)).status_code == 404


async def test_etags_guard_reads_and_changes(people: People) -> None:
    trainer, _, relation = await related(people)
    path = f"{relation}/notes/{(await written(trainer, relation))['id']}"
    tag = (await trainer.get(path)).headers["etag"]

    assert (await trainer.get(path, headers={"If-None-Match": tag})).status_code == 304
    stale = {"If-Match": '"9"'}
    assert (await trainer.put(path, json={"text": "x"}, headers=stale)).status_code == 412
    assert (await trainer.delete(path, headers=stale)).status_code == 412
    assert (await trainer.delete(path, headers={"If-Match": tag})).status_code == 204
    assert (await trainer.get(path)).status_code == 404


@pytest.mark.parametrize("how", ["end", "pause"])
async def test_in_a_relation_that_is_not_active_notes_are_only_read(
    people: People, how: str
) -> None:
    trainer, athlete, relation = await related(people)
    note = await written(trainer, relation)
    path = f"{relation}/notes/{note['id']}"
    await athlete.post(f"{relation}/{how}")

    refused = [
        await trainer.post(f"{relation}/notes", json={"text": "x"}),
        await trainer.put(path, json={"text": "x"}),
        await trainer.delete(path),
    ]

    assert {(one.status_code, one.json()["code"]) for one in refused} == {
        (409, "relation_not_active")
    }
    assert (await trainer.get(path)).json()["data"] == note
    assert (await trainer.get(f"{relation}/notes")).json()["data"] == [note]


async def test_only_the_coach_of_the_relation_writes(people: People) -> None:
    trainer, athlete = await people.trainer(), await people.register("both")
    relation = f"/coaching/relations/{(await people.relate(trainer, athlete))['id']}"
    plain = await people.athlete()
    path = f"{relation}/notes/{(await written(trainer, relation, visibility='shared'))['id']}"

    async def tried(person: Person) -> set[tuple[int, str]]:
        answers = [
            await person.post(f"{relation}/notes", json={"text": "x"}),
            await person.put(path, json={"text": "x"}),
            await person.delete(path),
        ]
        return {(one.status_code, one.json()["code"]) for one in answers}

    assert await tried(athlete) == {(403, "wrong_side")}
    assert await tried(plain) == {(403, "role_required")}
    assert await tried(await people.trainer()) == {(404, "relation_not_found")}


async def test_others_and_strangers_see_nothing(people: People, api: httpx2.AsyncClient) -> None:
    trainer, _, relation = await related(people)
    note = await written(trainer, relation, visibility="shared")
    other, _, elsewhere = await related(people)

    for path in (f"{relation}/notes", f"{relation}/notes/{note['id']}"):
        assert (await other.get(path)).json()["code"] == "relation_not_found"
        assert (await api.get(path)).status_code == 401
    astray = await other.get(f"{elsewhere}/notes/{note['id']}")
    assert astray.json()["code"] == "note_not_found"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": ""},
        {"text": "  \n"},
        {"text": "x" * 5001},
        {"text": 1},
        {"text": "x", "visibility": "public"},
        {"text": "x", "more": 1},
        [],
    ],
)
async def test_bad_bodies_are_refused(people: People, body: Any) -> None:
    trainer, _, relation = await related(people)
    path = f"{relation}/notes/{(await written(trainer, relation))['id']}"

    assert (await trainer.post(f"{relation}/notes", json=body)).status_code == 400
    assert (await trainer.put(path, json=body)).status_code == 400


async def test_pages_and_sort_orders(people: People) -> None:
    trainer, _, relation = await related(people)
    made = [await written(trainer, relation, text=f"Note {number}") for number in range(3)]

    oldest = await trainer.get(f"{relation}/notes?sort=created_at&page_size=2")
    rest = await trainer.get(f"{relation}/notes?sort=created_at&page_size=2&page=2")

    assert oldest.json()["data"] + rest.json()["data"] == made
    assert (await trainer.get(f"{relation}/notes?sort=text")).status_code == 400
