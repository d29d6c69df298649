"""Administrators keep the types of sets."""

from typing import Any
from uuid import uuid4

import httpx2
import pytest

from tests.builders.administrators import administrator
from tests.builders.live import planned_session
from tests.builders.people import People, Person

NO_SUCH = "0194aaaa-0000-7000-8000-000000000000"


def a_type(**fields: Any) -> dict[str, Any]:
    """Return an acceptable type of set with a code nobody has."""
    return {"code": f"t{uuid4().hex}", "name": "Back-off set", **fields}


async def made_by(person: Person, **fields: Any) -> dict[str, Any]:
    """Let an administrator add a type of set."""
    answer = await person.post("/set-types", json=a_type(**fields))
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()["data"]
    return made


async def listed(person: Person, set_type_id: str) -> list[dict[str, Any]]:
    """Return the type as the list shows it."""
    answer = await person.get("/set-types")
    return [one for one in answer.json()["data"] if one["id"] == set_type_id]


@pytest.fixture
async def admin(people: People, database: Any) -> Person:
    """Return an administrator."""
    return await administrator(people, database)


@pytest.mark.requirement("CAT-02", "CAT-03")
async def test_an_administrator_adds_a_type_that_everybody_lists_and_logs(
    people: People, admin: Person
) -> None:
    trainer, athlete = await people.coached_pair()
    body = a_type(description="Lighter.", is_warm_up=True)

    answer = await admin.post("/set-types", json=body)

    made = answer.json()["data"]
    assert answer.status_code == 201
    assert {name: made[name] for name in body} == body
    assert answer.headers["etag"] == '"1"'
    shown = await athlete.get(answer.headers["location"].removeprefix("/api/v1"))
    assert shown.json()["data"] == made
    assert await listed(athlete, made["id"]) == [made]
    training = await planned_session(trainer, athlete)
    assert (await training.log(set_type=made["code"]))["set_type"] == made["code"]


@pytest.mark.requirement("CAT-03")
async def test_a_change_shows_in_the_next_read_and_the_code_stays(
    people: People, admin: Person
) -> None:
    athlete = await people.athlete()
    made = await made_by(admin)
    assert await listed(athlete, made["id"]) == [made]

    body = {"name": "Ramp", "is_warm_up": True}
    changed = await admin.put(f"/set-types/{made['id']}", json=body)

    expected = {**made, **body, "revision": 2}
    assert changed.status_code == 200
    assert changed.json()["data"] == expected
    assert await listed(athlete, made["id"]) == [expected]
    one = await athlete.get(f"/set-types/{made['id']}")
    unchanged = await athlete.get(
        f"/set-types/{made['id']}", headers={"If-None-Match": one.headers["etag"]}
    )
    assert (one.json()["data"], unchanged.status_code) == (expected, 304)


async def test_an_unused_type_is_deleted_and_its_code_stays_taken(
    people: People, admin: Person
) -> None:
    athlete = await people.athlete()
    made = await made_by(admin)

    deleted = await admin.delete(f"/set-types/{made['id']}")

    assert deleted.status_code == 204
    assert await listed(athlete, made["id"]) == []
    assert (await athlete.get(f"/set-types/{made['id']}")).status_code == 404
    again = await admin.post("/set-types", json=a_type(code=made["code"]))
    assert (again.status_code, again.json()["code"]) == (409, "set_type_code_taken")


async def test_a_type_of_performed_sets_and_those_of_the_contract_stay(
    people: People, admin: Person
) -> None:
    made = await made_by(admin)
    training = await planned_session(*await people.coached_pair())
    await training.log(set_type_id=made["id"], set_type=None)
    normal = next(
        one for one in (await admin.get("/set-types")).json()["data"] if one["code"] == "normal"
    )

    refusals = [await admin.delete(f"/set-types/{one['id']}") for one in (made, normal)]

    assert [one.status_code for one in refusals] == [409, 409]
    assert {one.json()["code"] for one in refusals} == {"set_type_needed"}


@pytest.mark.requirement("CAT-08")
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
async def test_only_administrators_keep_them(
    people: People, api: httpx2.AsyncClient, admin: Person, method: str
) -> None:
    trainer = await people.trainer()
    made = await made_by(admin)
    path = "/set-types" if method == "POST" else f"/set-types/{made['id']}"
    body = {"POST": a_type(), "PUT": {"name": "Mine"}}.get(method)
    options: dict[str, Any] = {} if body is None else {"json": body}

    assert (await api.request(method, path, **options)).status_code == 401
    assert (await trainer.request(method, path, **options)).status_code == 403
    assert await listed(trainer, made["id"]) == [made]


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "Back Off"},
        {"code": ""},
        {"code": "a" * 51},
        {"name": " "},
        {"name": "n" * 101},
        {"description": "d" * 501},
        {"is_warm_up": "perhaps"},
        {"colour": "red"},
    ],
)
async def test_a_bad_type_is_refused_naming_the_field(admin: Person, wrong: dict[str, Any]) -> None:
    answer = await admin.post("/set-types", json=a_type(**wrong))

    assert answer.status_code == 400
    assert [one["pointer"] for one in answer.json()["errors"]] == [f"/{next(iter(wrong))}"]


async def test_what_is_not_there_or_older_is_refused(admin: Person) -> None:
    made = await made_by(admin)
    stale = {"headers": {"If-Match": '"7"'}}

    assert (await admin.put(f"/set-types/{NO_SUCH}", json={"name": "X"})).status_code == 404
    assert (await admin.delete(f"/set-types/{NO_SUCH}")).status_code == 404
    changed = await admin.put(f"/set-types/{made['id']}", json={"name": "X"}, **stale)
    assert changed.status_code == 412
    assert (await admin.delete(f"/set-types/{made['id']}", **stale)).status_code == 412
    renamed = await admin.put(f"/set-types/{made['id']}", json={"name": "X", "code": "other"})
    assert renamed.status_code == 400
