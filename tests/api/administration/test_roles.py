"""Administrators give and take roles; what was done in a role stays, its rights do not."""

import asyncio
from typing import Any

import asyncpg
import httpx2
import pytest

from tests.api.contract import conforming
from tests.builders.administrators import administrator
from tests.builders.live import planned_session
from tests.builders.people import People, Person
from tests.conftest import fresh_database, running, settings_for
from tests.fakes.clock import AdjustableClock
from workout_presentation.composition.container import build_container


def path(person: Person, role: str = "") -> str:
    return f"/admin/users/{person.user['id']}/roles" + (f"/{role}" if role else "")


async def roles_of(admin: Person, person: Person) -> list[str]:
    answer = await admin.get(path(person))
    conforming(answer)
    roles: list[str] = answer.json()["data"]["roles"]
    return roles


@pytest.mark.requirement("IAM-19", "IAM-29")
async def test_a_granted_role_counts_at_once_and_brings_its_profile(
    admin: Person, people: People, database: Any
) -> None:
    person = await people.athlete()
    assert (await person.get("/athletes")).status_code == 403

    granted = await admin.post(path(person), json={"role": "trainer"})

    conforming(granted)
    assert (granted.status_code, granted.json()["data"]["roles"]) == (200, ["athlete", "trainer"])
    assert (await person.get("/athletes")).status_code == 200
    me = (await person.get("/me")).json()["data"]
    assert (me["roles"], me["trainer_id"] is not None) == (["athlete", "trainer"], True)
    again = await admin.post(path(person), json={"role": "trainer"})
    assert again.json()["data"] == granted.json()["data"]
    actions = await database.fetch(
        "SELECT actor_id FROM audit_log WHERE subject_id = $1::uuid AND action = $2"
        " AND details ->> 'role' = 'trainer'",
        person.user["id"],
        "user.role.granted",
    )
    assert [str(row["actor_id"]) for row in actions] == [admin.user["id"]]


@pytest.mark.requirement("IAM-19", "IAM-29", "IAM-17")
async def test_a_revoked_role_takes_the_rights_and_leaves_the_data(
    admin: Person, people: People, database: Any
) -> None:
    trainer, athlete = await people.coached_pair()
    training = await planned_session(trainer, athlete)
    assert (await trainer.get(f"/sessions/{training.id}")).status_code == 200

    revoked = await admin.delete(path(trainer, "trainer"))

    assert (revoked.status_code, revoked.content) == (204, b"")
    for closed in ("/athletes", "/coaching/invitations"):
        assert (await trainer.get(closed)).status_code == 403
    for hidden in (f"/sessions/{training.id}", f"/workouts/{training.session['workout_id']}"):
        assert (await trainer.get(hidden)).status_code == 404
    assert (await trainer.get("/workouts")).json()["data"] == []
    assert (await trainer.get("/coaching/relations")).json()["data"] == []
    assert (await trainer.post("/trainers/me")).json()["code"] == "profile_exists"
    assert (await admin.delete(path(trainer, "trainer"))).status_code == 204
    assert await roles_of(admin, trainer) == []
    revocations = await database.fetchval(
        "SELECT count(*) FROM audit_log WHERE subject_id = $1::uuid AND action = $2",
        trainer.user["id"],
        "user.role.revoked",
    )
    assert revocations == 1

    await admin.post(path(trainer), json={"role": "trainer"})

    assert (await trainer.get(f"/sessions/{training.id}")).status_code == 200
    assert (await trainer.get("/me")).json()["data"]["trainer_id"] == trainer.trainer_id


@pytest.mark.requirement("IAM-29")
async def test_roles_are_replaced_all_at_once(admin: Person, people: People) -> None:
    person = await people.trainer()
    shown = await admin.get(path(person))

    replaced = await admin.put(
        path(person),
        json={"roles": ["athlete", "admin"]},
        headers={"If-Match": shown.headers["etag"]},
    )

    conforming(replaced)
    assert replaced.json()["data"]["roles"] == ["admin", "athlete"]
    assert (await person.get("/admin")).status_code == 200
    assert (await person.get("/athletes")).status_code == 403
    stale = await admin.put(
        path(person), json={"roles": []}, headers={"If-Match": shown.headers["etag"]}
    )
    assert stale.status_code == 412
    assert (await admin.put(path(person), json={"roles": []})).json()["data"]["roles"] == []


@pytest.mark.parametrize(
    ("method", "body"),
    [
        ("POST", {"role": "king"}),
        ("POST", {}),
        ("POST", {"role": "trainer", "for": "ever"}),
        ("PUT", {"roles": ["king"]}),
        ("PUT", {"roles": "admin"}),
        ("PUT", {}),
    ],
    ids=range(6),
)
async def test_a_role_that_is_none_is_refused(
    admin: Person, people: People, method: str, body: Any
) -> None:
    person = await people.athlete()

    answer = await admin.request(method, path(person), json=body)

    assert answer.status_code == 400
    assert await roles_of(admin, person) == ["athlete"]


async def test_an_address_of_a_role_that_is_none_is_refused(admin: Person) -> None:
    assert (await admin.delete(path(admin, "king"))).status_code == 400


@pytest.fixture(scope="module")
def database_of_their_own(worker_name: str) -> str:
    """Return a database in which nobody administers but whom a test makes."""
    return fresh_database(f"admins_{worker_name}")


@pytest.mark.requirement("IAM-29")
async def test_of_two_administrators_who_act_against_each_other_one_is_left(
    database_of_their_own: str, redis_url: str, clock: AdjustableClock
) -> None:
    container = build_container(settings_for(database_of_their_own, redis_url))
    container.clock.override(clock)
    database = await asyncpg.connect(database_of_their_own)
    async with (
        running(container) as server,
        httpx2.AsyncClient(base_url=f"{server.url}/api/v1", timeout=20) as api,
    ):
        people = People(api)
        for method in ("DELETE", "PUT", "LOCK", "ME"):
            await database.execute("DELETE FROM user_roles WHERE role = 'admin'")
            one, other = [await administrator(people, database) for _ in range(2)]
            answers = await asyncio.gather(against(method, one, other), against(method, other, one))
            codes = sorted(answer.status_code for answer in answers)
            assert codes[0] in {200, 204}, method
            assert codes[1] in {401, 403, 409}, method
            left = await database.fetchval(
                """SELECT count(*) FROM user_roles r JOIN users u ON u.id = r.user_id
                WHERE r.role = 'admin' AND u.locked_at IS NULL AND u.deleted_at IS NULL"""
            )
            assert left == 1, method

        await database.execute("DELETE FROM user_roles WHERE role = 'admin'")
        last = await administrator(people, database)
        for method in ("DELETE", "PUT", "ME"):
            answer = await against(method, last, last)
            assert (answer.status_code, answer.json()["code"]) == (409, "last_admin")
            conforming(answer)
    await database.close()


async def against(method: str, one: Person, other: Person) -> Any:
    if method == "DELETE":
        return await one.delete(path(other, "admin"))
    if method == "PUT":
        return await one.put(path(other), json={"roles": ["athlete"]})
    if method == "LOCK":
        return await one.post(f"/admin/users/{other.user['id']}/lock")
    return await one.delete("/me")
