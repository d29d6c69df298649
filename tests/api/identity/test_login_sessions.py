"""Where somebody is signed in, and signing out there."""

from datetime import timedelta
from typing import Any

import httpx2
import pytest

from tests.api.contract import conforming
from tests.api.identity.places import PHONE, client_at
from tests.builders.people import PASSWORD, People, Person
from tests.fakes.clock import AdjustableClock

Api = httpx2.AsyncClient


async def another_sign_in(api: Api, person: Person, agent: str = "Test/2.0") -> Person:
    """Sign the same person in once more, on another device."""
    body = {"username": person.user["username"], "password": PASSWORD}
    answer = await api.post("/auth/login", json=body, headers={"User-Agent": agent})
    assert answer.status_code == 200, answer.text
    return Person(api, person.user, answer.json()["data"])


async def places_of(person: Person) -> list[dict[str, Any]]:
    """List where somebody is signed in."""
    answer = await person.get("/auth/sessions")
    conforming(answer)
    found: list[dict[str, Any]] = answer.json()["data"]
    return found


@pytest.mark.requirement("IAM-21", "SEC-09")
async def test_the_list_says_device_platform_and_address(api: Api, people: People) -> None:
    person = await people.athlete()
    async with client_at(api.base_url, "127.0.0.8", PHONE) as phone:
        await another_sign_in(phone, person, PHONE)

    newest, oldest = await places_of(person)

    assert (newest["device_type"], newest["platform"]) == ("mobile", "iOS")
    assert (newest["ip_address"], newest["method"]) == ("127.0.0.8", "password")
    assert (newest["is_current"], oldest["is_current"]) == (False, True)


@pytest.mark.requirement("IAM-12")
async def test_one_place_is_signed_out_at_once_and_the_others_stay(
    api: Api, people: People
) -> None:
    person = await people.athlete()
    other = await another_sign_in(api, person)
    theirs = next(one["id"] for one in await places_of(person) if not one["is_current"])

    answer = await person.delete(f"/auth/sessions/{theirs}")
    again = await person.delete(f"/auth/sessions/{theirs}")

    assert [answer.status_code, again.status_code] == [204, 204]
    assert (await other.get("/me")).status_code == 401
    refreshed = await api.post("/auth/refresh", json=other.tokens_to_refresh())
    assert refreshed.status_code == 401
    assert [one["is_current"] for one in await places_of(person)] == [True]


async def test_all_places_are_signed_out_also_the_one_at_hand(api: Api, people: People) -> None:
    person = await people.athlete()
    other = await another_sign_in(api, person)

    answer = await person.delete("/auth/sessions")

    assert answer.status_code == 204
    assert [(await one.get("/me")).status_code for one in (person, other)] == [401, 401]


async def test_the_place_at_hand_can_be_spared(api: Api, people: People) -> None:
    person = await people.athlete()
    other = await another_sign_in(api, person)

    await person.delete("/auth/sessions", params={"keep_current": "true"})

    assert [(await one.get("/me")).status_code for one in (person, other)] == [200, 401]


async def test_somebody_elses_place_is_not_found(people: People) -> None:
    person, other = await people.athlete(), await people.athlete()
    theirs = (await places_of(other))[0]["id"]

    answer = await person.delete(f"/auth/sessions/{theirs}")

    assert (answer.status_code, answer.json()["code"]) == (404, "login_session_not_found")
    assert (await other.get("/me")).status_code == 200


async def test_a_session_ends_after_ninety_days_however_often_it_is_refreshed(
    api: Api, people: People, clock: AdjustableClock
) -> None:
    person = await people.athlete()
    for _ in range(14):
        clock.advance(timedelta(days=6))
        answer = await api.post("/auth/refresh", json=person.tokens_to_refresh())
        assert answer.status_code == 200, answer.text
        person.tokens = answer.json()["data"]
    clock.advance(timedelta(days=6, minutes=1))

    answer = await api.post("/auth/refresh", json=person.tokens_to_refresh())

    assert (answer.status_code, answer.json()["code"]) == (401, "invalid_token")
