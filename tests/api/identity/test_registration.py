"""Opening an account over HTTP."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest

from tests.builders.people import PASSWORD, People


async def registered(api: httpx2.AsyncClient, body: dict[str, Any]) -> dict[str, Any]:
    """Register somebody who must be acceptable; return the account."""
    answer = await api.post("/auth/register", json=body)
    assert answer.status_code == 201, answer.text
    user: dict[str, Any] = answer.json()["data"]
    return user


async def pointers_of(api: httpx2.AsyncClient, body: dict[str, Any]) -> list[str]:
    """Register somebody who must be refused; return the pointers to what is wrong."""
    answer = await api.post("/auth/register", json=body)
    assert answer.status_code == 400, answer.text
    return [error["pointer"] for error in answer.json()["errors"]]


@pytest.mark.requirement("IAM-01")
async def test_every_field_of_a_registration_is_shown_again(
    api: httpx2.AsyncClient, people: People
) -> None:
    body = people.registration(
        "both",
        date_of_birth="1990-04-01",
        gender="female",
        phone_number="+43 1 234567",
        profile_picture_url="https://example.com/a.png",
        preferred_unit="pounds",
        time_zone="Europe/Vienna",
    )

    user = await registered(api, body)

    shown = {key: user[key] for key in body if key not in {"password", "account_type"}}
    assert shown == {k: v for k, v in body.items() if k not in {"password", "account_type"}}
    assert user["name"] == f"{body['first_name']} {body['last_name']}"
    assert user["roles"] == ["athlete", "trainer"]
    assert user["email_confirmed"] is False
    assert user["two_factor_enabled"] is False
    assert user["created_at"].endswith("Z")


@pytest.mark.parametrize(
    ("account_type", "roles"),
    [("trainer", ["trainer"]), ("athlete", ["athlete"]), ("both", ["athlete", "trainer"])],
)
async def test_an_account_starts_with_the_profiles_it_asked_for(
    api: httpx2.AsyncClient, people: People, account_type: str, roles: list[str]
) -> None:
    user = await registered(api, people.registration(account_type))

    assert user["roles"] == roles
    assert (user["trainer_id"] is not None) == ("trainer" in roles)
    assert (user["athlete_id"] is not None) == ("athlete" in roles)


async def test_an_account_is_an_athlete_s_unless_said_otherwise(
    api: httpx2.AsyncClient, people: People
) -> None:
    body = people.registration()
    del body["account_type"]

    assert (await registered(api, body))["roles"] == ["athlete"]


@pytest.mark.requirement("IAM-02")
async def test_every_field_may_be_as_long_as_its_limit(
    api: httpx2.AsyncClient, people: People
) -> None:
    name = people.registration()["username"]
    local = f"{name}-{'a' * 64}"[:64]
    domain = f"{'b' * 63}.{'c' * 63}.{'d' * 58}.at"
    limits = {
        "username": f"{name}{'a' * 50}"[:50],
        "email": f"{local}@{domain}",
        "first_name": "f" * 100,
        "last_name": "l" * 100,
        "phone_number": "1" * 20,
        "password": "p" * 1024,
    }
    assert len(limits["email"]) == 254

    user = await registered(api, people.registration(**limits))

    assert user["username"] == limits["username"]
    assert user["email"] == limits["email"]


@pytest.mark.requirement("IAM-02", "ARC-14")
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("username", "ab"),
        ("username", "a" * 51),
        ("username", "   "),
        ("username", "аna.berg"),
        ("username", "ana berg"),
        ("username", "ana@berg"),
        ("email", "a" * 64 + "@" + "b" * 186 + ".at"),
        ("email", "a" * 243 + "@example.com"),
        ("email", "nobody"),
        ("email", "a@b@c.at"),
        ("first_name", ""),
        ("first_name", " \t "),
        ("first_name", "f" * 101),
        ("last_name", " "),
        ("last_name", "l" * 101),
        ("phone_number", "1" * 21),
        ("profile_picture_url", "https://e.com/" + "u" * 2035),
        ("profile_picture_url", "javascript:alert(1)"),
        ("password", "short"),
        ("password", "p" * 1025),
        ("time_zone", "Mars/Olympus"),
        ("time_zone", "../../etc/passwd"),
        ("date_of_birth", "1990-02-30"),
        ("date_of_birth", "1990-04-01T00:00:00"),
        ("date_of_birth", 86400),
        ("date_of_birth", "86400"),
        ("gender", "unknown"),
        ("gender", 1),
        ("account_type", "admin"),
        ("preferred_unit", "stone"),
        ("roles", ["admin"]),
        ("email_confirmed", True),
    ],
)
async def test_a_field_beyond_its_limits_is_refused_and_pointed_to(
    api: httpx2.AsyncClient, people: People, field: str, value: Any
) -> None:
    assert await pointers_of(api, people.registration(**{field: value})) == [f"/{field}"]


@pytest.mark.parametrize("days", [0, 1, 365])
async def test_a_birthday_today_or_later_is_refused(
    api: httpx2.AsyncClient, people: People, days: int
) -> None:
    day = datetime.now(UTC).date() + timedelta(days=days + 1)

    body = people.registration(date_of_birth=day.isoformat())

    assert await pointers_of(api, body) == ["/date_of_birth"]


async def test_a_name_of_invisible_characters_is_refused(
    api: httpx2.AsyncClient, people: People
) -> None:
    body = people.registration(first_name="\u200b\u200b")

    assert await pointers_of(api, body) == ["/first_name"]


async def test_all_wrong_fields_are_told_at_once(api: httpx2.AsyncClient, people: People) -> None:
    body = people.registration(
        username="аna", email="nobody", password="x", first_name="", time_zone="Mars/Olympus"
    )

    pointers = await pointers_of(api, {**body, "nickname": "a"})

    assert sorted(pointers) == [
        "/email",
        "/first_name",
        "/nickname",
        "/password",
        "/time_zone",
        "/username",
    ]


@pytest.mark.parametrize("field", ["username", "email", "password", "first_name", "last_name"])
async def test_what_is_required_is_asked_for(
    api: httpx2.AsyncClient, people: People, field: str
) -> None:
    body = people.registration()
    del body[field]

    assert await pointers_of(api, body) == [f"/{field}"]


@pytest.mark.requirement("IAM-02")
@pytest.mark.parametrize(
    ("field", "code"), [("username", "username_taken"), ("email", "email_taken")]
)
@pytest.mark.parametrize("spelling", [str, str.upper, str.title])
async def test_a_name_or_address_is_taken_in_every_spelling(
    api: httpx2.AsyncClient, people: People, field: str, code: str, spelling: Any
) -> None:
    first = people.registration()
    await registered(api, first)

    again = await api.post(
        "/auth/register", json=people.registration(**{field: spelling(first[field])})
    )

    assert again.status_code == 409
    assert again.json()["code"] == code


async def test_an_address_with_letters_beyond_ascii_is_taken_in_every_spelling_too(
    api: httpx2.AsyncClient, people: People
) -> None:
    number = people.registration()["username"]
    await registered(api, people.registration(email=f"éva.{number}@example.com"))

    again = await api.post(
        "/auth/register", json=people.registration(email=f"ÉVA.{number}@example.com")
    )

    assert again.status_code == 409


async def test_surrounding_blanks_make_no_other_name(
    api: httpx2.AsyncClient, people: People
) -> None:
    first = people.registration()
    await registered(api, first)

    again = await api.post(
        "/auth/register", json=people.registration(username=f"  {first['username']} ")
    )

    assert again.status_code == 409


@pytest.mark.requirement("IAM-02")
async def test_fifty_registrations_of_one_address_at_once_leave_one_account(
    api: httpx2.AsyncClient, people: People, database: Any
) -> None:
    email = people.registration()["email"]

    async def register() -> int:
        while True:
            answer = await api.post("/auth/register", json=people.registration(email=email))
            if answer.status_code != 429:
                return answer.status_code

    statuses = Counter(await asyncio.gather(*(register() for _ in range(50))))

    accounts = await database.fetchval("SELECT count(*) FROM users WHERE email = $1", email)
    profiles = await database.fetchval(
        "SELECT count(*) FROM athletes a JOIN users u ON u.id = a.user_id WHERE u.email = $1", email
    )
    events = await database.fetchval(
        """SELECT count(*) FROM outbox_messages m JOIN users u ON u.id = m.aggregate_id
        WHERE u.email = $1 AND m.kind = 'user.registered'""",
        email,
    )
    assert statuses == {201: 1, 409: 49}
    assert (accounts, profiles, events) == (1, 1, 1)


async def test_a_new_account_s_password_works_at_once_where_no_confirmation_is_asked(
    api: httpx2.AsyncClient, people: People
) -> None:
    user = await registered(api, people.registration())

    answer = await api.post(
        "/auth/login", json={"username": user["username"], "password": PASSWORD}
    )

    assert answer.status_code == 200


@pytest.mark.requirement("OBS-05")
async def test_the_event_of_a_registration_carries_the_request_s_correlation_id(
    api: httpx2.AsyncClient, people: People, database: Any
) -> None:
    body = people.registration()
    named = f"registration-of-{body['username']}"

    answer = await api.post("/auth/register", json=body, headers={"X-Correlation-ID": named})

    kinds = await database.fetch(
        "SELECT kind FROM outbox_messages WHERE correlation_id = $1", named
    )
    assert answer.headers["x-correlation-id"] == named
    assert {"user.registered", "user.role.granted"} <= {row["kind"] for row in kinds}


@pytest.mark.requirement("IAM-02")
@pytest.mark.parametrize(
    "alike",
    [
        "c{}oach".format("\u200b"),
        "c\u043each",
        "\uff43oach",
        "co\u0301ach",
        "coach\u00ad",
        "coach\u202e",
        "\U0001d41coach",
        "coach\u3164",
        "coach\ufe0f",
        "ﬁnn.coach",
    ],
    ids=range(10),
)
async def test_a_name_that_only_looks_like_another_is_refused(
    api: httpx2.AsyncClient, people: People, alike: str
) -> None:
    assert await pointers_of(api, people.registration(username=alike)) == ["/username"]
