"""Everything about one account at once: nothing blocks for long, and nothing fails."""

import asyncio
import hashlib
from collections import Counter
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import httpx2
import pytest

from tests.builders.people import PASSWORD, People, Person
from tests.waiting import until

Api = httpx2.AsyncClient


def failures(answers: Iterable[httpx2.Response]) -> Counter[tuple[str, int]]:
    """Return what the server could not do."""
    return Counter((one.url.path, one.status_code) for one in answers if one.status_code >= 500)


async def somebody_waits(database: Any) -> bool:
    """Tell whether another connection waits for what this one holds."""
    mine = "pg_blocking_pids(pid) @> ARRAY[pg_backend_pid()]"
    return bool(await database.fetchval(f"SELECT count(*) FROM pg_stat_activity WHERE {mine}"))


async def log_in(api: Api, person: Person) -> httpx2.Response:
    """Give name and password."""
    body = {"username": person.user["username"], "password": PASSWORD}
    return await api.post("/auth/login", json=body)


@pytest.mark.requirement("IAM-10")
async def test_signing_in_while_a_second_factor_is_confirmed_blocks_nobody(
    api: Api, people: People
) -> None:
    person = await people.athlete()
    await person.post("/auth/second-factor/enroll")

    answers = await asyncio.gather(
        *(log_in(api, person) for _ in range(8)),
        *(person.post("/auth/second-factor/confirm", {"code": "000000"}) for _ in range(4)),
        *(log_in(api, person) for _ in range(8)),
    )

    assert failures(answers) == {}


@pytest.mark.requirement("IAM-15")
async def test_a_refresh_that_waits_for_the_account_holds_none_of_its_sessions(
    api: Api, people: People, database: Any
) -> None:
    person = await people.athlete()
    user_id = UUID(person.user["id"])

    # As changing the password does it: the account first, then its sessions.
    async with database.transaction():
        await database.execute("SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE", user_id)
        refreshing = asyncio.create_task(api.post("/auth/refresh", json=person.tokens_to_refresh()))
        await until(lambda: somebody_waits(database), what="a lock")
        await database.execute(
            "SELECT 1 FROM login_sessions WHERE user_id = $1 FOR UPDATE NOWAIT", user_id
        )

    assert (await refreshing).status_code == 200


@pytest.mark.requirement("IAM-15")
async def test_a_refresh_token_that_goes_while_it_is_presented_is_refused(
    api: Api, people: People, database: Any
) -> None:
    person = await people.athlete()
    user_id = UUID(person.user["id"])

    async with database.transaction():
        session_id = await database.fetchval(
            "SELECT id FROM login_sessions WHERE user_id = $1 FOR UPDATE", user_id
        )
        presenting = asyncio.create_task(api.post("/auth/refresh", json=person.tokens_to_refresh()))
        await until(lambda: somebody_waits(database), what="a lock")
        await database.execute("DELETE FROM refresh_tokens WHERE session_id = $1", session_id)
    answer = await presenting

    assert (answer.status_code, answer.json()["code"]) == (401, "invalid_token")


@pytest.mark.requirement("IAM-08")
async def test_an_account_deleted_while_its_password_is_checked_is_an_unknown_one(
    api: Api, people: People, database: Any
) -> None:
    person = await people.athlete()
    user_id = UUID(person.user["id"])

    async with database.transaction():
        await database.execute("SELECT 1 FROM users WHERE id = $1 FOR UPDATE", user_id)
        signing_in = asyncio.create_task(log_in(api, person))
        await until(lambda: somebody_waits(database), what="a lock")
        await database.execute("UPDATE users SET deleted_at = now() WHERE id = $1", user_id)
    answer = await signing_in

    assert (answer.status_code, answer.json()["code"]) == (401, "invalid_credentials")


@pytest.mark.requirement("IAM-15")
@pytest.mark.parametrize("leaver", ["trainer", "athlete"])
async def test_a_relation_begun_while_one_side_deletes_the_account_ends_with_it(
    leaver: str, people: People, database: Any
) -> None:
    trainer, athlete = await people.trainer(), await people.athlete()
    code = (await trainer.post("/coaching/invitations", {})).json()["data"]["code"]
    held, profile_id = ("athletes", athlete.athlete_id)
    if leaver == "athlete":
        held, profile_id = ("trainers", trainer.trainer_id)
    leaving = trainer if leaver == "trainer" else athlete

    async with database.transaction():
        await database.execute(f"SELECT 1 FROM {held} WHERE id = $1 FOR UPDATE", UUID(profile_id))
        accepting = asyncio.create_task(
            athlete.post("/coaching/invitations/accept", {"code": code})
        )
        await until(lambda: somebody_waits(database), what="a lock")
        deleting = asyncio.create_task(leaving.delete("/me"))
        await until(lambda: is_over_or_waits(deleting, database), what="the deletion")
    accepted, deleted = await accepting, await deleting
    standing = await database.fetchval(
        "SELECT count(*) FROM coaching_relations WHERE status <> 'ended' AND $1 IN "
        "(trainer_user_id, athlete_user_id)",
        UUID(leaving.user["id"]),
    )

    assert deleted.status_code == 204
    assert accepted.status_code in {201, 404, 409}
    assert standing == 0


async def is_over_or_waits(task: asyncio.Task[Any], database: Any) -> bool:
    """Tell whether a request is answered, or waits for another one."""
    waiting = await database.fetchval(
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0"
    )
    return task.done() or waiting > 1


@pytest.mark.requirement("IAM-10")
async def test_a_challenge_that_waits_for_the_account_holds_none_of_its_tokens(
    api: Api, people: People, database: Any
) -> None:
    person = await people.athlete()
    user_id = UUID(person.user["id"])
    digest = hashlib.sha256(b"a challenge").hexdigest()
    await database.execute(
        "INSERT INTO one_time_tokens (token_hash, user_id, purpose, created_at, expires_at) "
        "VALUES ($1, $2, 'second_factor', now(), now() + interval '5 minutes')",
        digest,
        user_id,
    )

    async with database.transaction():
        await database.execute("SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE", user_id)
        body = {"challenge_token": "a challenge", "code": "000000"}
        verifying = asyncio.create_task(api.post("/auth/second-factor/verify", json=body))
        await until(lambda: somebody_waits(database), what="a lock")
        await database.execute(
            "SELECT 1 FROM one_time_tokens WHERE token_hash = $1 FOR UPDATE NOWAIT", digest
        )

    assert (await verifying).json()["code"] == "invalid_second_factor_code"
