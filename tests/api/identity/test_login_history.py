"""Every attempt to sign in is written down: from where, on what, and what was odd about it."""

import json
from typing import Any

import httpx2
import pytest
from jsonschema import Draft202012Validator, FormatChecker

from tests.api.identity.places import ANDROID, PHONE, client_at
from tests.builders.people import PASSWORD, People
from workout_presentation.api.event_schemas import event_schemas

Api = httpx2.AsyncClient


async def log_in(api: Api, username: str, password: str = PASSWORD) -> int:
    """Try to sign in."""
    body = {"username": username, "password": password}
    return (await api.post("/auth/login", json=body)).status_code


async def history(database: Any, username: str) -> list[dict[str, Any]]:
    """Read the attempts on an account, oldest first."""
    rows = await database.fetch(
        "SELECT h.* FROM login_history h JOIN users u ON u.id = h.user_id "
        "WHERE u.username = $1 ORDER BY h.login_time, h.id",
        username,
    )
    return [dict(row) for row in rows]


@pytest.mark.requirement("IAM-20", "IAM-22", "SEC-09")
async def test_a_wrong_and_a_right_sign_in_give_two_rows(
    api: Api, people: People, database: Any
) -> None:
    registration = people.registration()
    await api.post("/auth/register", json=registration)
    name = registration["username"]
    async with client_at(api.base_url, "127.0.0.9", PHONE) as phone:
        await log_in(phone, name, "wrong guess")
        await log_in(phone, name)

    wrong, right = await history(database, name)

    assert [wrong["is_successful"], right["is_successful"]] == [False, True]
    assert [wrong["failure"], right["failure"]] == ["wrong_password", None]
    for row in (wrong, right):
        assert (row["ip_address"], row["user_agent"]) == ("127.0.0.9", PHONE)
        assert (row["device_type"], row["platform"]) == ("mobile", "iOS")
        assert (row["method"], row["marks"]) == ("password", [])


@pytest.mark.requirement("IAM-20")
async def test_an_attempt_on_nobody_is_written_down_without_the_name(
    api: Api, database: Any
) -> None:
    async with client_at(api.base_url, "127.0.0.10") as client:
        await log_in(client, "nobody-of-this-name-at-all")

    rows = await database.fetch("SELECT * FROM login_history WHERE ip_address = '127.0.0.10'")
    assert [(row["user_id"], row["is_successful"]) for row in rows] == [(None, False)]
    assert "nobody-of-this-name" not in str(rows)


@pytest.mark.requirement("IAM-24")
async def test_a_new_device_at_a_new_address_is_marked(
    api: Api, people: People, database: Any
) -> None:
    registration = people.registration()
    await api.post("/auth/register", json=registration)
    name = registration["username"]
    async with client_at(api.base_url, "127.0.0.11", PHONE) as phone:
        await log_in(phone, name)
        await log_in(phone, name)
    async with client_at(api.base_url, "127.0.0.11", ANDROID) as other_phone:
        await log_in(other_phone, name)
    async with client_at(api.base_url, "127.0.0.12", PHONE) as elsewhere:
        await log_in(elsewhere, name)
    async with client_at(api.base_url, "127.0.0.13", "Curl/8") as both:
        await log_in(both, name)

    marks = [row["marks"] for row in await history(database, name)]

    assert marks == [[], [], ["new_device"], ["new_address"], ["new_device", "new_address"]]


@pytest.mark.requirement("IAM-27")
async def test_signing_in_leaves_an_event_with_device_method_and_time(
    api: Api, people: People, database: Any
) -> None:
    registration = people.registration()
    created = await api.post("/auth/register", json=registration)
    async with client_at(api.base_url, "127.0.0.14", ANDROID) as phone:
        await log_in(phone, registration["username"])

    payload = await database.fetchval(
        "SELECT payload::jsonb FROM outbox_messages WHERE kind = 'auth.user.logged_in' "
        "AND payload->>'user_id' = $1",
        created.json()["data"]["id"],
    )
    schema = event_schemas()["auth.user.logged_in"]["properties"]["payload"]
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(json.loads(payload))
    assert '"method": "password"' in payload
    assert '"platform": "Android"' in payload
    assert '"device_type": "mobile"' in payload
    assert '"ip_address": "127.0.0.14"' in payload
    assert '"logged_in_at": "' in payload


@pytest.mark.requirement("IAM-20")
async def test_what_a_client_calls_itself_is_cut_and_never_an_error(
    api: Api, people: People, database: Any
) -> None:
    person = await people.athlete()
    body = {"username": person.user["username"], "password": PASSWORD}
    for agent in (b"x" * 4000, "\u00e9".encode("latin-1"), b"", b"\xff\xfe", b"' OR 1=1 --"):
        answer = await api.post("/auth/login", json=body, headers=[(b"User-Agent", agent)])
        assert answer.status_code == 200

    longest = max(len(row["user_agent"] or "") for row in await history(database, body["username"]))
    assert longest == 512
