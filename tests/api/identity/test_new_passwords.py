"""What a password must be, and how it is changed."""

import httpx2
import pytest

from tests.api.contract import conforming
from tests.builders.people import PASSWORD, People, Person

Api = httpx2.AsyncClient
NEW = "quite another long password"


async def log_in(api: Api, person: Person, password: str) -> int:
    """Try to sign in."""
    body = {"username": person.user["username"], "password": password}
    return (await api.post("/auth/login", json=body)).status_code


@pytest.mark.requirement("IAM-30", "IAM-09")
async def test_a_changed_password_is_the_only_one_that_signs_in(api: Api, people: People) -> None:
    person = await people.athlete()

    answer = await person.put("/me/password", {"current_password": PASSWORD, "new_password": NEW})
    conforming(answer)

    assert answer.status_code == 200
    assert answer.json()["data"]["id"] == person.user["id"]
    assert [await log_in(api, person, PASSWORD), await log_in(api, person, NEW)] == [401, 200]


@pytest.mark.requirement("IAM-30")
async def test_changing_it_signs_out_everywhere_else(api: Api, people: People) -> None:
    person = await people.athlete()
    body = {"username": person.user["username"], "password": PASSWORD}
    other = (await api.post("/auth/login", json=body)).json()["data"]

    await person.put("/me/password", {"current_password": PASSWORD, "new_password": NEW})

    headers = {"Authorization": f"Bearer {other['access_token']}"}
    assert (await api.get("/me", headers=headers)).status_code == 401
    assert (await person.get("/me")).status_code == 200


async def test_changing_it_needs_the_one_there_is(api: Api, people: People) -> None:
    person = await people.athlete()

    answer = await person.put(
        "/me/password", {"current_password": "not my password", "new_password": NEW}
    )
    conforming(answer)

    assert (answer.status_code, answer.json()["code"]) == (400, "wrong_password")
    assert answer.json()["errors"][0]["pointer"] == "/current_password"
    assert await log_in(api, person, PASSWORD) == 200


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("short", "string_too_short"),
        ("x" * 1025, "string_too_long"),
        ("password123", "common"),
        ("PassWord123", "common"),
        ("iloveyou1", "common"),
    ],
)
async def test_a_password_that_protects_nothing_is_refused(
    password: str, code: str, api: Api, people: People
) -> None:
    person = await people.athlete()
    registration = people.registration(password=password)

    changed = await person.put(
        "/me/password", {"current_password": PASSWORD, "new_password": password}
    )
    registered = await api.post("/auth/register", json=registration)

    for answer, pointer in ((changed, "/new_password"), (registered, "/password")):
        assert answer.status_code == 400
        assert (answer.json()["errors"][0]["pointer"], answer.json()["errors"][0]["code"]) == (
            pointer,
            code,
        )


async def test_a_password_must_not_repeat_name_or_address(api: Api, people: People) -> None:
    registration = people.registration()
    for guessable in (registration["email"], registration["email"].upper()):
        answer = await api.post("/auth/register", json={**registration, "password": guessable})
        assert answer.json()["errors"][0]["code"] == "guessable"


@pytest.mark.parametrize(
    "password", ["        x        ", "пароль от зала 🏋", "a" * 1024, "with\ttab and 'quotes\""]
)
async def test_a_password_may_hold_anything_and_is_taken_as_it_is(
    password: str, api: Api, people: People
) -> None:
    person = await people.register(password=password)

    assert await log_in(api, person, password) == 200
    assert await log_in(api, person, password.strip()[:-1]) == 401
    assert await log_in(api, person, password.swapcase()) == 401
