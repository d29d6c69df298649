"""Administrators find accounts, see what is odd about them, lock and unlock them."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.api.contract import conforming
from tests.builders.logins import an_attempt
from tests.builders.people import PASSWORD, People, Person
from tests.builders.statements import CountingPool, Statements
from tests.fakes.clock import AdjustableClock
from workout_application.identity.ports import AccountFilter
from workout_infrastructure.persistence.identity.administration import SqlAccountDirectory
from workout_shared.pages import PageRequest

ODD = {"marks": ["many_failures"], "is_successful": False, "failure": "wrong_password"}
NEW = {"marks": ["new_device", "new_address"]}


async def found(admin: Person, query: str) -> list[dict[str, Any]]:
    answer = await admin.get(f"/admin/users?page_size=100&{query}")
    assert answer.status_code == 200, answer.text
    conforming(answer)
    items: list[dict[str, Any]] = answer.json()["data"]
    return items


async def seen(admin: Person, person: Person) -> dict[str, Any]:
    answer = await admin.get(f"/admin/users/{person.user['id']}")
    assert answer.status_code == 200, answer.text
    conforming(answer)
    account: dict[str, Any] = answer.json()["data"]
    return account


async def log_in(person: Person) -> Any:
    credentials = {"username": person.user["username"], "password": PASSWORD}
    return await person.api.post("/auth/login", json=credentials)


@pytest.mark.requirement("IAM-29")
async def test_accounts_are_found_by_part_of_name_or_address(admin: Person, people: People) -> None:
    person = await people.register(first_name="Zoë_", last_name="Quill%er")
    name, number = person.user["username"], person.user["username"].removeprefix("person")

    for search in (name.upper(), f"PERSON{number}@EXAMPLE", "zoë_ quill%"):
        items = await found(admin, f"search={search.replace('%', '%25')}")
        assert person.user["id"] in [one["id"] for one in items], search
    assert await found(admin, "search=%25uill_er") == []
    (item,) = await found(admin, f"search={name}@")
    assert (item["name"], item["roles"], item["athlete_id"]) == (
        "Zoë_ Quill%er",
        ["athlete"],
        person.athlete_id,
    )
    assert item["trainer_id"] is None
    assert item["last_login_at"] is not None
    assert (item["is_locked"], item["suspicious"], item["marks"]) == (False, False, [])


@pytest.mark.requirement("IAM-29")
async def test_accounts_are_narrowed_sorted_and_paged(admin: Person, people: People) -> None:
    mark = (await people.athlete()).user["username"]
    for kind in ("trainer", "athlete", "both"):
        await people.register(kind, last_name=f"of {mark} {kind}")
    query = f"search=of {mark}"

    assert len(await found(admin, f"{query}&role=trainer")) == 2
    assert len(await found(admin, f"{query}&role=admin")) == 0
    by_name = [one["name"] for one in await found(admin, f"{query}&sort=-name")]
    assert by_name == sorted(by_name, reverse=True)
    page = await admin.get(f"/admin/users?{query}&page_size=2&page=2&sort=username")
    assert page.json()["pagination"]["total_items"] == 3
    assert len(page.json()["data"]) == 1
    assert 'rel="prev"' in page.headers["link"]


@pytest.mark.parametrize(
    "query", ["sort=password_hash", "role=king", "is_locked=perhaps", "limit=3", "page_size=101"]
)
async def test_a_query_that_is_none_is_refused(admin: Person, query: str) -> None:
    answer = await admin.get(f"/admin/users?{query}")

    assert answer.status_code == 400


@pytest.mark.requirement("IAM-24", "IAM-29")
@pytest.mark.parametrize(
    ("attempt", "hours", "is_suspicious"),
    [
        (ODD, 1, True),
        (ODD, 25, False),
        (NEW, 1, True),
        ({"marks": ["new_device"]}, 1, False),
        ({**NEW, "is_successful": False}, 1, False),
    ],
)
async def test_odd_sign_ins_of_the_last_day_make_an_account_suspicious(
    admin: Person,
    people: People,
    database: Any,
    clock: AdjustableClock,
    attempt: dict[str, Any],
    hours: int,
    is_suspicious: bool,
) -> None:
    person = await people.athlete()
    await an_attempt(database, person.user["id"], clock.now() - timedelta(hours=hours), **attempt)
    query = f"search={person.user['username']}@"

    (item,) = await found(admin, query)

    assert item["suspicious"] is is_suspicious
    assert item["marks"] == (sorted(attempt["marks"]) if hours < 24 else [])
    assert len(await found(admin, f"{query}&suspicious=true")) == is_suspicious
    assert len(await found(admin, f"{query}&suspicious=false")) == (not is_suspicious)


@pytest.mark.requirement("IAM-24", "IAM-29")
async def test_unlocking_looks_into_what_was_odd_until_then(
    admin: Person, people: People, database: Any, clock: AdjustableClock
) -> None:
    person = await people.athlete()
    await an_attempt(database, person.user["id"], clock.now() - timedelta(minutes=1), **ODD)
    assert (await seen(admin, person))["suspicious"] is True

    answer = await admin.post(f"/admin/users/{person.user['id']}/unlock")

    conforming(answer)
    assert (answer.status_code, answer.json()["data"]["suspicious"]) == (200, False)
    assert (await seen(admin, person))["reviewed_at"] is not None
    await an_attempt(database, person.user["id"], clock.now() + timedelta(seconds=1), **ODD)
    assert (await seen(admin, person))["suspicious"] is True


@pytest.mark.requirement("IAM-29")
async def test_an_account_is_shown_with_what_it_did_lately(
    admin: Person, people: People, database: Any, clock: AdjustableClock
) -> None:
    trainer, athlete = await people.coached_pair()
    for minutes in range(25):
        await an_attempt(
            database,
            athlete.user["id"],
            clock.now() - timedelta(minutes=minutes),
            marks=["new_device"],
        )

    account = await seen(admin, athlete)

    assert len(account["recent_logins"]) == 20
    times = [one["login_time"] for one in account["recent_logins"]]
    assert times == sorted(times, reverse=True)
    assert "bucket" not in account["recent_logins"][0]
    assert account["counts"]["coaches"] == 1
    assert account["counts"]["login_sessions"] == 1
    assert (await seen(admin, trainer))["counts"]["coached_athletes"] == 1
    assert "password_hash" not in account


async def test_reading_takes_as_many_statements_for_many_as_for_one(
    people: People, database: Any, database_url: str, clock: AdjustableClock
) -> None:
    mark = (await people.athlete()).user["username"]
    for number in range(4):
        person = await people.register(last_name=f"counted {mark}")
        for minutes in range(3):
            at = clock.now() - timedelta(minutes=minutes + number)
            await an_attempt(database, person.user["id"], at, **ODD)
    statements = Statements()
    pool = CountingPool(database_url, statements)
    directory = SqlAccountDirectory(pool)

    page = await directory.page(
        AccountFilter(search=f"counted {mark}", suspicious=True), PageRequest(), at=clock.now()
    )
    of_list = len(statements.all)
    await directory.detail(UUID(person.user["id"]), at=clock.now())
    await pool.close()

    assert len(page.items) == 4
    assert (of_list, len(statements.all) - of_list) == (2, 1)


@pytest.mark.requirement("IAM-29")
async def test_whoever_is_locked_is_out_at_once_and_may_come_back(
    admin: Person, people: People, database: Any
) -> None:
    person = await people.athlete()
    path = f"/admin/users/{person.user['id']}"

    locked = await admin.post(f"{path}/lock", json={"reason": "shared password"})

    conforming(locked)
    assert (locked.status_code, locked.json()["data"]["is_locked"]) == (200, True)
    assert (await person.get("/me")).status_code == 401
    refresh = {"refresh_token": person.tokens["refresh_token"]}
    assert (await person.api.post("/auth/refresh", json=refresh)).status_code == 401
    refused = await log_in(person)
    assert (refused.status_code, refused.json()["code"]) == (403, "locked")
    wrong = {"username": person.user["username"], "password": "not the password"}
    unknown = await person.api.post("/auth/login", json=wrong)
    assert (unknown.status_code, unknown.json()["code"]) == (401, "invalid_credentials")
    assert [
        one["id"] for one in await found(admin, f"is_locked=true&search={person.user['username']}@")
    ] == [person.user["id"]]
    again = await admin.post(f"{path}/lock")
    assert again.json()["data"]["revision"] == locked.json()["data"]["revision"]

    unlocked = await admin.post(f"{path}/unlock")

    assert unlocked.json()["data"]["is_locked"] is False
    assert (await log_in(person)).status_code == 200
    assert (await person.get("/me")).status_code == 401, "the old session has ended"
    actions = await database.fetch(
        "SELECT action, details FROM audit_log WHERE subject_id = $1::uuid AND actor_id = $2::uuid",
        person.user["id"],
        admin.user["id"],
    )
    assert [row["action"] for row in actions] == ["user.locked", "user.unlocked"]
    assert "shared password" in actions[0]["details"]


@pytest.mark.requirement("IAM-29")
@pytest.mark.parametrize(
    "body", [{"reason": "x" * 501}, {"why": "?"}, {"reason": 7}, []], ids=range(4)
)
async def test_a_lock_that_is_none_is_refused(admin: Person, people: People, body: Any) -> None:
    person = await people.athlete()

    answer = await admin.post(f"/admin/users/{person.user['id']}/lock", json=body)

    assert answer.status_code == 400
    assert (await person.get("/me")).status_code == 200


async def test_administrators_do_not_lock_themselves(admin: Person) -> None:
    answer = await admin.post(f"/admin/users/{admin.user['id']}/lock")

    conforming(answer)
    assert (answer.status_code, answer.json()["code"]) == (409, "cannot_lock_oneself")
    assert (await admin.get("/me")).status_code == 200


@pytest.mark.parametrize("path", ["", "/roles"])
async def test_who_is_not_there_is_not_found(admin: Person, path: str) -> None:
    nobody = "/admin/users/01990000-0000-7000-8000-000000000000"

    assert (await admin.get(f"{nobody}{path}")).status_code == 404
    assert (await admin.post(f"{nobody}/lock")).status_code == 404
    assert (await admin.put(f"{nobody}/roles", json={"roles": []})).status_code == 404


async def test_signing_in_and_being_locked_at_once_leaves_nobody_in(
    admin: Person, people: People, database: Any
) -> None:
    person = await people.athlete()
    path = f"/admin/users/{person.user['id']}/lock"

    await asyncio.gather(log_in(person), admin.post(path), log_in(person))

    open_ones = await database.fetchval(
        "SELECT count(*) FROM login_sessions WHERE user_id = $1::uuid AND revoked_at IS NULL",
        person.user["id"],
    )
    assert open_ones == 0
