"""Guessing shuts the door for a while, but never the owner's."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx2
import pytest

from tests.api.identity.places import ANDROID, PHONE, client_at
from tests.builders.people import PASSWORD, People
from tests.conftest import running, settings_for
from tests.fakes.clock import AdjustableClock
from workout_presentation.composition.container import build_container

Api = httpx2.AsyncClient
PAUSE = timedelta(minutes=15, seconds=1)


async def log_in(
    api: Api, username: str, password: str = PASSWORD, agent: str = "Test/1.0"
) -> httpx2.Response:
    """Try to sign in from a device."""
    body = {"username": username, "password": password}
    return await api.post("/auth/login", json=body, headers={"User-Agent": agent})


async def fail(api: Api, username: str, times: int = 5, agent: str = "Test/1.0") -> list[int]:
    """Guess wrongly; returns the statuses."""
    return [(await log_in(api, username, "wrong guess", agent)).status_code for _ in range(times)]


async def registered(api: Api, people: People) -> str:
    """Open an account nobody has signed in to; returns its username."""
    registration = people.registration()
    created = await api.post("/auth/register", json=registration)
    assert created.status_code == 201
    return str(registration["username"])


@pytest.mark.requirement("IAM-24")
async def test_five_failures_lock_for_fifteen_minutes(
    api: Api, people: People, clock: AdjustableClock
) -> None:
    name = await registered(api, people)

    assert await fail(api, name) == [401] * 5
    locked = await log_in(api, name)
    wrong = await log_in(api, name, "wrong guess")
    clock.advance(PAUSE)
    after = await log_in(api, name)

    assert (locked.status_code, locked.json()["code"]) == (403, "locked")
    assert locked.json()["locked_until"] is not None
    assert wrong.json()["code"] == "invalid_credentials"
    assert after.status_code == 200


@pytest.mark.requirement("IAM-24")
async def test_four_failures_and_a_success_start_counting_anew(api: Api, people: People) -> None:
    name = await registered(api, people)

    assert await fail(api, name, 4) == [401] * 4
    assert (await log_in(api, name)).status_code == 200
    assert await fail(api, name, 4) == [401] * 4
    assert (await log_in(api, name)).status_code == 200


@pytest.mark.requirement("IAM-24")
async def test_failures_of_long_ago_do_not_count(
    api: Api, people: People, clock: AdjustableClock
) -> None:
    name = await registered(api, people)

    await fail(api, name, 4)
    clock.advance(PAUSE)
    await fail(api, name, 4)

    assert (await log_in(api, name)).status_code == 200


@pytest.mark.requirement("IAM-24")
async def test_trying_on_does_not_prolong_the_lock(
    api: Api, people: People, clock: AdjustableClock
) -> None:
    name = await registered(api, people)
    await fail(api, name)

    clock.advance(timedelta(minutes=10))
    await fail(api, name, 6)
    clock.advance(timedelta(minutes=5, seconds=1))

    assert (await log_in(api, name)).status_code == 200


@pytest.mark.requirement("IAM-24")
async def test_guessing_at_another_address_does_not_shut_out_the_owner(
    api: Api, people: People
) -> None:
    name = await registered(api, people)
    async with client_at(api.base_url, "127.0.0.7") as attacker:
        await fail(attacker, name, 12)
        theirs = await log_in(attacker, name)

    assert theirs.json()["code"] == "locked"
    assert (await log_in(api, name)).status_code == 200


@pytest.mark.requirement("IAM-24")
async def test_a_device_that_signed_in_before_still_may_where_somebody_beside_it_guesses(
    api: Api, people: People
) -> None:
    name = await registered(api, people)
    assert (await log_in(api, name, agent=PHONE)).status_code == 200

    await fail(api, name, 12, agent="Gym Guest/1.0")
    guest = await log_in(api, name, agent="Gym Guest/1.0")
    owner = await log_in(api, name, agent=PHONE)
    new_device = await log_in(api, name, agent=ANDROID)

    assert guest.json()["code"] == "locked"
    assert owner.status_code == 200
    assert new_device.json()["code"] == "locked"


@pytest.mark.requirement("IAM-24")
async def test_a_known_device_is_locked_by_its_own_failures(api: Api, people: People) -> None:
    name = await registered(api, people)
    await log_in(api, name, agent=PHONE)

    await fail(api, name, agent=PHONE)

    assert (await log_in(api, name, agent=PHONE)).json()["code"] == "locked"
    assert (await log_in(api, name, agent=ANDROID)).status_code == 200


@pytest.mark.requirement("IAM-24")
async def test_twenty_guesses_at_once_are_counted_like_twenty_in_a_row(
    api: Api, people: People, database: Any
) -> None:
    name = await registered(api, people)

    answers = await asyncio.gather(*(log_in(api, name, "wrong guess") for _ in range(20)))

    locks = await database.fetchval(
        "SELECT count(*) FROM login_history h JOIN users u ON u.id = h.user_id "
        "WHERE u.username = $1 AND h.locked_until IS NOT NULL",
        name,
    )
    assert {answer.status_code for answer in answers} == {401}
    assert locks == 1
    assert (await log_in(api, name)).json()["code"] == "locked"


@pytest.mark.requirement("IAM-24", "SEC-08")
async def test_a_lock_out_is_marked_and_audited_with_its_address(
    api: Api, people: People, database: Any
) -> None:
    name = await registered(api, people)
    await fail(api, name)

    row = await database.fetchrow(
        "SELECT h.marks, a.action, a.ip_address FROM users u "
        "JOIN login_history h ON h.user_id = u.id AND h.locked_until IS NOT NULL "
        "JOIN audit_log a ON a.subject_id = u.id AND a.action = 'auth.sign_in.locked_out' "
        "WHERE u.username = $1",
        name,
    )
    assert row["marks"] == ["many_failures"]
    assert row["ip_address"] == "127.0.0.1"


async def test_a_stolen_session_cannot_be_used_to_guess_the_password(people: People) -> None:
    person = await people.athlete()
    body = {"current_password": "wrong guess", "new_password": "a quite different password"}

    answers = [await person.put("/me/password", body) for _ in range(5)]
    locked = await person.put("/me/password", {**body, "current_password": PASSWORD})

    assert [answer.json()["code"] for answer in answers] == ["wrong_password"] * 5
    assert (locked.status_code, locked.json()["code"]) == (403, "locked")


@pytest.mark.requirement("IAM-24")
async def test_another_address_of_the_same_ipv6_network_does_not_start_counting_anew(
    people: People, database_url: str, redis_url: str
) -> None:
    registration = people.registration()
    settings = settings_for(database_url, redis_url, trusted_proxies="127.0.0.1")
    body = {"username": registration["username"], "password": "wrong guess"}

    async with (
        running(build_container(settings)) as server,
        httpx2.AsyncClient(base_url=f"{server.url}/api/v1") as api,
    ):
        await api.post("/auth/register", json=registration)
        for host in range(1, 6):
            subscriber = {"X-Forwarded-For": f"2001:db8:7:7::{host:x}"}
            await api.post("/auth/login", json=body, headers=subscriber)
        body["password"] = PASSWORD
        here, elsewhere = [
            await api.post("/auth/login", json=body, headers={"X-Forwarded-For": address})
            for address in ("2001:db8:7:7:ffff::1", "2001:db8:7:8::1")
        ]

    assert here.json()["code"] == "locked"
    assert elsewhere.status_code == 200


@pytest.mark.requirement("IAM-24")
async def test_attempts_under_unknown_names_do_not_wait_for_each_other(
    api: Api, database: Any
) -> None:
    queue = "SELECT pg_advisory_xact_lock(hashtextextended('sign_in:', 0))"

    async with database.transaction():
        await database.execute(queue)
        answer = await log_in(api, "nobody.at.all")

    assert answer.json()["code"] == "invalid_credentials"
