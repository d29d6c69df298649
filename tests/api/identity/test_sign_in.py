"""Signing in and out, and exchanging refresh tokens."""

import asyncio
import base64
import json
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any

import httpx2
import pytest

from tests.builders.people import PASSWORD, People, Person
from tests.conftest import running, settings_for
from tests.fakes.clock import AdjustableClock
from workout_infrastructure.security.passwords import LONGEST_QUEUE
from workout_presentation.composition.container import build_container

Api = httpx2.AsyncClient


async def log_in(api: Api, username: str, password: str = PASSWORD) -> httpx2.Response:
    """Try to sign in."""
    return await api.post("/auth/login", json={"username": username, "password": password})


async def refresh(api: Api, token: str) -> httpx2.Response:
    """Exchange a refresh token."""
    return await api.post("/auth/refresh", json={"refresh_token": token})


async def status_of_me(api: Api, tokens: dict[str, Any]) -> int:
    """Ask for one's own account with an access token."""
    headers = {"Authorization": f"Bearer {tokens['access_token']}"}
    return (await api.get("/me", headers=headers)).status_code


def claims_of(token: str) -> dict[str, Any]:
    """Read the claims of an access token."""
    part = token.split(".")[1]
    claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return claims


@pytest.mark.requirement("IAM-11", "IAM-13")
async def test_a_login_answers_with_two_tokens_and_their_lifetimes(people: People) -> None:
    person = await people.athlete()

    tokens = person.tokens
    assert set(tokens) == {
        "access_token",
        "refresh_token",
        "token_type",
        "expires_in",
        "refresh_expires_in",
    }
    assert tokens["token_type"] == "bearer"
    assert tokens["expires_in"] == 3600
    assert tokens["refresh_expires_in"] == 7 * 24 * 3600


@pytest.mark.requirement("IAM-14")
async def test_the_access_token_says_who_it_is_for(people: People) -> None:
    person = await people.register("both")

    claims = claims_of(person.tokens["access_token"])

    assert claims["sub"] == person.user["id"]
    assert claims["username"] == person.user["username"]
    assert claims["email"] == person.user["email"]
    assert claims["roles"] == ["athlete", "trainer"]
    assert (claims["iss"], claims["aud"]) == ("workout", "workout-api")
    assert claims["exp"] - claims["iat"] == 3600


@pytest.mark.requirement("IAM-08")
@pytest.mark.parametrize("field", ["username", "email"])
@pytest.mark.parametrize("spelling", [str, str.upper, str.title, "  {}  ".format])
async def test_one_signs_in_by_name_or_address_in_any_spelling(
    api: Api, people: People, field: str, spelling: Callable[[str], str]
) -> None:
    registration = people.registration()
    await api.post("/auth/register", json=registration)

    answer = await log_in(api, spelling(registration[field]))

    assert answer.status_code == 200


@pytest.mark.requirement("IAM-08")
async def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(
    api: Api, people: People
) -> None:
    person = await people.athlete()

    wrong = await log_in(api, person.user["username"], "wrong horse battery staple")
    unknown = await log_in(api, "nobody.is.called.so")

    bodies = [{**answer.json(), "correlation_id": ""} for answer in (wrong, unknown)]
    assert wrong.status_code == unknown.status_code == 401
    assert bodies[0] == bodies[1]
    assert bodies[0]["code"] == "invalid_credentials"
    assert wrong.headers["www-authenticate"] == unknown.headers["www-authenticate"]


async def test_a_wrong_password_and_an_unknown_name_take_the_same_time(
    api: Api, people: People
) -> None:
    person = await people.athlete()

    async def seconds(name: str) -> float:
        started = time.perf_counter()
        await log_in(api, name, "wrong horse battery staple")
        return time.perf_counter() - started

    taken = [(await seconds(person.user["username"]), await seconds("nobody")) for _ in range(7)]

    known, unknown = (median(column) for column in zip(*taken, strict=True))
    assert 1 / 3 < known / unknown < 3


@pytest.mark.parametrize("name", ["a\u200bb", "a\tb", "x" * 254, "%", "' OR 1=1 --", "ana\u202e"])
async def test_odd_names_are_just_unknown(api: Api, name: str) -> None:
    answer = await log_in(api, name)

    assert answer.status_code == 401
    assert answer.json()["code"] == "invalid_credentials"


async def test_a_hash_of_weaker_settings_is_replaced_at_the_next_login(
    api: Api, people: People, database: Any
) -> None:
    from passlib.hash import argon2

    weak = argon2.using(type="ID", memory_cost=8192, time_cost=1, parallelism=1).hash(PASSWORD)
    person = await people.athlete()
    await database.execute(
        "UPDATE users SET password_hash = $2 WHERE id = $1", person.user["id"], weak
    )

    first, second = (
        await log_in(api, person.user["username"]),
        await log_in(api, person.user["username"]),
    )

    stored = await database.fetchval(
        "SELECT password_hash FROM users WHERE id = $1", person.user["id"]
    )
    assert (first.status_code, second.status_code) == (200, 200)
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


@pytest.mark.requirement("IAM-08", "IAM-15", "SEC-04")
async def test_neither_passwords_nor_tokens_are_anywhere_in_the_database(
    api: Api, people: People, database: Any
) -> None:
    password = "no such password is anywhere else"
    person = await people.register("both", password=password)
    renewed = (await refresh(api, person.tokens["refresh_token"])).json()["data"]
    key = {"Idempotency-Key": "kept"}
    code = (await person.post("/coaching/invitations", headers=key)).json()["data"]["code"]
    secrets = [password, *person.tokens.values(), *renewed.values()]
    texts = [text for text in secrets if isinstance(text, str) and len(text) > 10]

    found = await places_of(database, texts)

    assert len(texts) == 5
    assert found == []
    assert len(code) >= 32


async def places_of(database: Any, texts: list[str]) -> list[str]:
    """Search every column of every table for the texts, whatever its type."""
    tables = await database.fetch(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
    )
    found = []
    for (table,) in tables:
        for text in texts:
            hit = await database.fetchval(
                f'SELECT count(*) FROM "{table}" t WHERE strpos(t::text, $1) > 0 '
                f"OR strpos(t::text, $2) > 0",
                text,
                text.encode().hex(),
            )
            found += [f"{table}: {text[:8]}"] if hit else []
    return found


async def test_the_search_for_plain_values_finds_what_is_there(
    people: People, database: Any
) -> None:
    person = await people.athlete()

    assert await places_of(database, [person.user["email"]])


@pytest.mark.requirement("IAM-08")
async def test_a_stored_password_is_an_argon2id_hash(people: People, database: Any) -> None:
    person = await people.athlete()

    stored = await database.fetchval(
        "SELECT password_hash FROM users WHERE id = $1", person.user["id"]
    )

    assert stored.startswith("$argon2id$")
    assert PASSWORD not in stored


@pytest.mark.requirement("IAM-11", "IAM-15")
async def test_a_refresh_token_is_stored_as_a_hash_for_seven_days(
    people: People, database: Any
) -> None:
    person = await people.athlete()

    rows = await database.fetch(
        """SELECT t.* FROM refresh_tokens t JOIN login_sessions s ON s.id = t.session_id
        WHERE s.user_id = $1""",
        person.user["id"],
    )

    assert len(rows) == 1
    assert rows[0]["expires_at"] - rows[0]["issued_at"] == timedelta(days=7)
    assert len(rows[0]["token_hash"]) == 64


@pytest.mark.requirement("IAM-12", "IAM-15")
async def test_a_refresh_gives_a_new_pair_that_works(api: Api, people: People) -> None:
    person = await people.athlete()

    answer = await refresh(api, person.tokens["refresh_token"])

    renewed = answer.json()["data"]
    assert answer.status_code == 200
    assert renewed["refresh_token"] != person.tokens["refresh_token"]
    assert renewed["access_token"] != person.tokens["access_token"]
    assert await status_of_me(api, renewed) == 200
    assert await status_of_me(api, person.tokens) == 200


@pytest.mark.requirement("IAM-15")
async def test_a_reused_refresh_token_ends_the_whole_family(api: Api, people: People) -> None:
    person = await people.athlete()
    second = (await refresh(api, person.tokens["refresh_token"])).json()["data"]
    third = (await refresh(api, second["refresh_token"])).json()["data"]

    reused = await refresh(api, person.tokens["refresh_token"])

    newest = await refresh(api, third["refresh_token"])
    assert (reused.status_code, reused.json()["code"]) == (401, "refresh_token_reused")
    assert (newest.status_code, newest.json()["code"]) == (401, "invalid_token")
    assert [await status_of_me(api, t) for t in (person.tokens, second, third)] == [401] * 3


@pytest.mark.requirement("IAM-15")
async def test_a_family_that_ended_leaves_other_sign_ins_alone(api: Api, people: People) -> None:
    person = await people.athlete()
    elsewhere = (await log_in(api, person.user["username"])).json()["data"]
    await refresh(api, person.tokens["refresh_token"])
    await refresh(api, person.tokens["refresh_token"])

    assert await status_of_me(api, person.tokens) == 401
    assert await status_of_me(api, elsewhere) == 200
    assert (await refresh(api, elsewhere["refresh_token"])).status_code == 200


@pytest.mark.requirement("IAM-15")
async def test_twenty_refreshes_at_once_leave_no_living_branch(api: Api, people: People) -> None:
    person = await people.athlete()
    token = person.tokens["refresh_token"]

    answers = await asyncio.gather(*(refresh(api, token) for _ in range(20)))

    given = [answer.json()["data"] for answer in answers if answer.status_code == 200]
    living = [pair for pair in given if await status_of_me(api, pair) == 200]
    assert len(given) == 1
    assert living == []
    assert (await refresh(api, given[0]["refresh_token"])).status_code == 401


@pytest.fixture
async def gracious(database_url: str, redis_url: str, clock: AdjustableClock) -> AsyncIterator[Api]:
    """Return a client of a server that forgives the immediate predecessor for five seconds."""
    settings = settings_for(database_url, redis_url, refresh_reuse_grace_seconds=5)
    container = build_container(settings)
    container.clock.override(clock)
    async with (
        running(container) as server,
        Api(base_url=f"{server.url}/api/v1", timeout=20) as client,
    ):
        yield client


@pytest.mark.requirement("IAM-15")
async def test_with_grace_twenty_refreshes_at_once_leave_exactly_one_branch(
    gracious: Api, people: People
) -> None:
    person = await people.athlete()
    token = person.tokens["refresh_token"]

    answers = await asyncio.gather(*(refresh(gracious, token) for _ in range(20)))

    successors = {answer.json()["data"]["refresh_token"] for answer in answers}
    assert Counter(answer.status_code for answer in answers) == {200: 20}
    assert len(successors) == 1
    assert (await refresh(gracious, successors.pop())).status_code == 200


@pytest.mark.requirement("IAM-15")
async def test_after_the_grace_the_predecessor_ends_the_family(
    gracious: Api, people: People, clock: AdjustableClock
) -> None:
    person = await people.athlete()
    renewed = (await refresh(gracious, person.tokens["refresh_token"])).json()["data"]
    clock.advance(timedelta(seconds=6))

    reused = await refresh(gracious, person.tokens["refresh_token"])

    assert reused.status_code == 401
    assert (await refresh(gracious, renewed["refresh_token"])).status_code == 401


@pytest.mark.requirement("IAM-08", "IAM-12")
async def test_logging_out_needs_the_refresh_token_only_and_counts_at_once(
    api: Api, people: People
) -> None:
    person = await people.athlete()
    before = await status_of_me(api, person.tokens)

    out = await api.post("/auth/logout", json={"refresh_token": person.tokens["refresh_token"]})

    assert before == 200
    assert (out.status_code, out.content) == (204, b"")
    assert await status_of_me(api, person.tokens) == 401
    assert (await refresh(api, person.tokens["refresh_token"])).status_code == 401


async def test_an_old_refresh_token_logs_its_session_out_as_well(api: Api, people: People) -> None:
    person = await people.athlete()
    renewed = (await refresh(api, person.tokens["refresh_token"])).json()["data"]

    await api.post("/auth/logout", json={"refresh_token": person.tokens["refresh_token"]})

    assert await status_of_me(api, renewed) == 401


async def test_logging_out_with_an_unknown_token_tells_nothing(api: Api) -> None:
    answer = await api.post("/auth/logout", json={"refresh_token": "unknown"})

    assert answer.status_code == 204


async def test_a_bad_access_token_does_not_keep_anybody_from_signing_in_or_out(
    api: Api, people: People
) -> None:
    person = await people.athlete()
    stale = {"Authorization": "Bearer of.no.use"}
    body = {"username": person.user["username"], "password": PASSWORD}

    login = await api.post("/auth/login", json=body, headers=stale)
    out = await api.post(
        "/auth/logout",
        json={"refresh_token": login.json()["data"]["refresh_token"]},
        headers=stale,
    )

    assert (login.status_code, out.status_code) == (200, 204)


@pytest.mark.requirement("IAM-11", "IAM-16")
async def test_an_access_token_lives_for_an_hour(
    api: Api, people: People, clock: AdjustableClock
) -> None:
    person = await people.athlete()
    clock.advance(timedelta(minutes=59))
    before = await status_of_me(api, person.tokens)
    clock.advance(timedelta(minutes=1))

    assert before == 200
    assert await status_of_me(api, person.tokens) == 401


@pytest.mark.requirement("IAM-11")
async def test_a_refresh_token_lives_for_seven_days(
    api: Api, people: People, clock: AdjustableClock
) -> None:
    person = await people.athlete()
    clock.advance(timedelta(days=7, seconds=1))

    answer = await refresh(api, person.tokens["refresh_token"])

    assert (answer.status_code, answer.json()["code"]) == (401, "invalid_token")


@pytest.mark.parametrize(
    "token", ["", "x" * 4097, " ", "\u0000", 7, None], ids=lambda token: repr(token)[:9]
)
async def test_what_is_no_refresh_token_is_refused(api: Api, token: Any) -> None:
    answer = await api.post("/auth/refresh", json={"refresh_token": token})

    assert answer.status_code in {400, 401}
    assert answer.headers["content-type"] == "application/problem+json"


async def test_an_access_token_is_no_refresh_token_nor_the_other_way_round(
    api: Api, people: People
) -> None:
    person = await people.athlete()

    as_refresh = await refresh(api, person.tokens["access_token"])
    as_access = await status_of_me(api, {"access_token": person.tokens["refresh_token"]})

    assert (as_refresh.status_code, as_access) == (401, 401)


WAYS: list[Callable[[Person], Awaitable[httpx2.Response]]] = [
    lambda person: person.get("/me"),
    lambda person: person.put("/me", {"first_name": "a", "last_name": "b"}),
    lambda person: person.post("/trainers/me"),
    lambda person: person.get("/workouts"),
    lambda person: person.get("/notifications"),
    lambda person: refresh(person.api, person.tokens["refresh_token"]),
    lambda person: log_in(person.api, person.user["username"]),
]


@pytest.mark.parametrize("way", WAYS)
async def test_a_deleted_account_is_401_everywhere(
    people: People,
    database: Any,
    clock: AdjustableClock,
    way: Callable[[Person], Awaitable[httpx2.Response]],
) -> None:
    person = await people.athlete()
    await database.execute(
        "UPDATE users SET deleted_at = $2 WHERE id = $1", person.user["id"], datetime.now(UTC)
    )
    clock.advance(timedelta(seconds=1))

    answer = await way(person)

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize("way", WAYS[:5])
async def test_a_subject_that_never_existed_is_401_everywhere(
    people: People,
    container: Any,
    way: Callable[[Person], Awaitable[httpx2.Response]],
) -> None:
    person = await people.athlete()
    ids = container.identifiers()
    person.tokens["access_token"] = container.tokens().access_token(
        user_id=ids.new(), username="x", email="x@y.at", roles=["admin"], session_id=ids.new()
    )

    assert (await way(person)).status_code == 401


async def test_more_logins_than_the_queue_holds_are_told_to_come_back(
    api: Api, people: People
) -> None:
    person = await people.athlete()
    crowd = LONGEST_QUEUE + 20

    answers = await asyncio.gather(*(log_in(api, person.user["username"]) for _ in range(crowd)))

    refused = [answer for answer in answers if answer.status_code == 429]
    assert {answer.status_code for answer in answers} == {200, 429}
    assert refused[0].json()["code"] == "too_many_attempts"
    assert refused[0].json()["retryable"] is True
    assert int(refused[0].headers["retry-after"]) >= 1


async def test_an_unconfirmed_address_is_told_of_only_after_the_right_password(
    database_url: str, redis_url: str, people: People
) -> None:
    person = await people.athlete()
    settings = settings_for(database_url, redis_url, require_confirmed_email=True)
    async with (
        running(build_container(settings)) as server,
        Api(base_url=f"{server.url}/api/v1") as strict,
    ):
        right = await log_in(strict, person.user["username"])
        wrong = await log_in(strict, person.user["username"], "wrong password")

    assert (right.status_code, right.json()["code"]) == (403, "email_not_confirmed")
    assert (wrong.status_code, wrong.json()["code"]) == (401, "invalid_credentials")
