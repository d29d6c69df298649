"""Personal API keys: what a program may do, for whom, and until when."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest

from tests.api.contract import conforming
from tests.builders.people import People, Person
from tests.fakes.clock import AdjustableClock

Api = httpx2.AsyncClient


async def a_key(person: Person, *scopes: str, **fields: Any) -> dict[str, Any]:
    """Make a key."""
    body = {"name": "Spreadsheet", "scopes": list(scopes), **fields}
    answer = await person.post("/me/api-keys", body)
    conforming(answer)
    assert answer.status_code == 201, answer.text
    key: dict[str, Any] = answer.json()["data"]
    return key


async def ask(api: Api, key: dict[str, Any], path: str, method: str = "GET") -> httpx2.Response:
    """Send a request with a key."""
    return await api.request(method, path, headers={"X-API-Key": key["key"]})


@pytest.mark.requirement("DPT-32", "BEY-15")
async def test_a_key_acts_for_its_owner_within_its_scopes(api: Api, people: People) -> None:
    person = await people.athlete()
    key = await a_key(person, "account:read", "training:read")

    me = await ask(api, key, "/me")
    sessions = await ask(api, key, "/sessions")
    writing = await api.post(
        "/sessions",
        json={"name": "Alone", "session_date": datetime.now(UTC).isoformat()},
        headers={"X-API-Key": key["key"]},
    )
    exercises = await ask(api, key, "/exercises")

    assert me.json()["data"]["id"] == person.user["id"]
    assert sessions.status_code == 200
    for refused, scope in ((writing, "training:write"), (exercises, "catalogue:read")):
        conforming(refused)
        assert (refused.status_code, refused.json()["code"]) == (403, "api_scope_required")
        assert refused.json()["scope"] == scope


@pytest.mark.requirement("DPT-32", "BEY-15")
async def test_a_key_for_exports_takes_a_copy_and_deletes_nothing(api: Api, people: People) -> None:
    person = await people.athlete()
    key = await a_key(person, "account:export")
    reader = await a_key(person, "account:read", "training:read")

    copy = await ask(api, key, "/me/export")
    conforming(copy)
    refused = await ask(api, reader, "/me/export")
    conforming(refused)
    deleting = await ask(api, key, "/me", "DELETE")
    conforming(deleting)

    assert copy.status_code == 200, copy.text
    assert copy.json()["data"]["account"]["id"] == person.user["id"]
    assert (refused.status_code, refused.json()["scope"]) == (403, "account:export")
    assert (deleting.status_code, deleting.json()["code"]) == (403, "api_key_not_allowed")
    assert (await person.get("/me")).status_code == 200


@pytest.mark.requirement("DPT-32", "BEY-15")
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PUT", "/me/password"),
        ("PUT", "/me"),
        ("GET", "/me/api-keys"),
        ("POST", "/me/api-keys"),
        ("GET", "/auth/sessions"),
        ("DELETE", "/auth/sessions"),
        ("POST", "/auth/second-factor/enroll"),
        ("POST", "/trainers/me"),
    ],
)
async def test_no_key_touches_passwords_keys_or_sign_ins(
    method: str, path: str, api: Api, people: People
) -> None:
    person = await people.athlete()
    every_scope = [
        f"{area}:{verb}"
        for area in ("catalogue", "coaching", "notifications", "training")
        for verb in ("read", "write")
    ]
    key = await a_key(person, "account:read", "account:export", *every_scope)

    answer = await ask(api, key, path, method)
    conforming(answer)

    assert (answer.status_code, answer.json()["code"]) == (403, "api_key_not_allowed")


@pytest.mark.requirement("BEY-15", "SEC-04")
async def test_the_key_is_shown_once_and_stored_as_a_hash(people: People, database: Any) -> None:
    person = await people.athlete()
    key = await a_key(person, "training:read")

    listed = await person.get("/me/api-keys")
    conforming(listed)
    stored = await database.fetchval("SELECT string_agg(k::text, ' ') FROM api_keys k")
    told = await database.fetchval("SELECT string_agg(m::text, ' ') FROM outbox_messages m")

    assert key["key"].startswith("wko_")
    assert key["key"].startswith(key["prefix"])
    assert key["key"] not in listed.text + stored + told
    assert [(one["id"], one["scopes"]) for one in listed.json()["data"]] == [
        (key["id"], ["training:read"])
    ]


@pytest.mark.requirement("BEY-15")
async def test_a_revoked_key_is_refused_at_once(api: Api, people: People) -> None:
    person = await people.athlete()
    key = await a_key(person, "account:read")
    assert (await ask(api, key, "/me")).status_code == 200

    revoked = await person.delete(f"/me/api-keys/{key['id']}")
    again = await person.delete(f"/me/api-keys/{key['id']}")
    answer = await ask(api, key, "/me")

    assert [revoked.status_code, again.status_code] == [204, 204]
    assert (answer.status_code, answer.json()["code"]) == (401, "invalid_api_key")
    assert (await person.get("/me/api-keys")).json()["data"] == []


@pytest.mark.requirement("BEY-15")
async def test_an_expired_key_is_refused(api: Api, people: People, clock: AdjustableClock) -> None:
    person = await people.athlete()
    key = await a_key(
        person, "account:read", expires_at=(clock.now() + timedelta(hours=1)).isoformat()
    )
    assert (await ask(api, key, "/me")).status_code == 200

    clock.advance(timedelta(hours=1, seconds=1))

    assert (await ask(api, key, "/me")).status_code == 401


@pytest.mark.requirement("BEY-15")
async def test_the_last_use_is_noted_once_a_minute(
    api: Api, people: People, clock: AdjustableClock
) -> None:
    person = await people.athlete()
    key = await a_key(person, "account:read")

    async def last_use() -> str | None:
        listed = await person.get("/me/api-keys")
        used: str | None = listed.json()["data"][0]["last_used_at"]
        return used

    assert await last_use() is None
    await ask(api, key, "/me")
    first = await last_use()
    clock.advance(timedelta(seconds=30))
    await ask(api, key, "/me")
    soon = await last_use()
    clock.advance(timedelta(seconds=31))
    await ask(api, key, "/me")

    assert first is not None
    assert soon == first
    assert await last_use() != first


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"scopes": []}, "/scopes"),
        ({"scopes": ["everything"]}, "/scopes/0"),
        ({"name": "   "}, "/name"),
        ({"name": "x" * 101}, "/name"),
        ({"expires_at": "2001-01-01T00:00:00Z"}, "/expires_at"),
        ({"expires_at": "tomorrow"}, "/expires_at"),
        ({"colour": "red"}, "/colour"),
    ],
)
async def test_a_key_that_makes_no_sense_is_refused(
    fields: dict[str, Any], pointer: str, people: People
) -> None:
    person = await people.athlete()

    answer = await person.post(
        "/me/api-keys", {"name": "Watch", "scopes": ["training:read"], **fields}
    )

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == pointer


async def test_a_key_that_is_none_is_refused_and_a_token_goes_first(
    api: Api, people: People
) -> None:
    person = await people.athlete()

    for wrong in ("", "wko_", "wko_" + "x" * 43, "💥".encode().decode("latin-1"), "x" * 5000):
        answer = await api.get("/me", headers=[(b"X-API-Key", wrong.encode("latin-1"))])
        assert (answer.status_code, answer.json()["code"]) == (401, "invalid_api_key")
    both = await person.get("/me", headers={"X-API-Key": "wko_nonsense"})
    assert both.status_code == 200


async def test_a_key_needs_a_sign_in_of_today(people: People, clock: AdjustableClock) -> None:
    person = await people.athlete()
    clock.advance(timedelta(minutes=59, seconds=30))
    refreshed = await person.post("/auth/refresh", person.tokens_to_refresh())
    person.tokens = refreshed.json()["data"]
    clock.advance(timedelta(minutes=1))

    answer = await person.post("/me/api-keys", {"name": "Watch", "scopes": ["training:read"]})

    assert (answer.status_code, answer.json()["code"]) == (403, "recent_sign_in_required")
