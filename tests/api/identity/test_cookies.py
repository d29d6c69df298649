"""Tokens as cookies: scripts cannot read them, other sites cannot use them."""

from http.cookies import Morsel, SimpleCookie
from typing import Any
from uuid import UUID

import httpx2
import pytest
import socketio

from tests.api.contract import conforming
from tests.builders.people import PASSWORD, People, Person

Api = httpx2.AsyncClient
ACCESS, REFRESH, CSRF = "__Host-workout_access", "__Secure-workout_refresh", "__Host-workout_csrf"
PROFILE = {"first_name": "Ana", "last_name": "Berg"}


def cookies_of(answer: httpx2.Response) -> dict[str, Morsel[str]]:
    """Read the cookies an answer sets."""
    read: dict[str, Morsel[str]] = {}
    for header in answer.headers.get_list("set-cookie"):
        read.update(SimpleCookie(header))
    return read


class Browser:
    """Somebody signed in by cookies; what it sends it sends by hand."""

    def __init__(self, api: Api, answer: httpx2.Response) -> None:
        self.api = api
        self.take(answer)

    def take(self, answer: httpx2.Response) -> None:
        """Keep the cookies of an answer, and its CSRF token."""
        self.cookies = {name: one.value for name, one in cookies_of(answer).items()}
        self.csrf = answer.json()["data"]["csrf_token"]

    async def ask(
        self, method: str, path: str, *, csrf: str | None = None, **options: Any
    ) -> httpx2.Response:
        """Send a request with the cookies, and with a CSRF token where one is given."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = [(b"Cookie", cookie.encode())]
        headers += [] if csrf is None else [(b"X-CSRF-Token", csrf.encode("latin-1"))]
        return await self.api.request(method, path, headers=headers, **options)


async def signed_in(api: Api, person: Person) -> tuple[Browser, httpx2.Response]:
    """Sign in by cookies."""
    body = {"username": person.user["username"], "password": PASSWORD, "transport": "cookie"}
    answer = await api.post("/auth/login", json=body)
    conforming(answer)
    api.cookies.clear()
    return Browser(api, answer), answer


@pytest.mark.requirement("IAM-26", "SEC-06")
async def test_the_cookies_are_kept_from_scripts_and_other_sites(api: Api, people: People) -> None:
    person = await people.athlete()

    _, answer = await signed_in(api, person)

    set_ = cookies_of(answer)
    assert set(set_) == {ACCESS, REFRESH, CSRF}
    assert all(one["secure"] and one["samesite"].lower() == "strict" for one in set_.values())
    assert [bool(set_[name]["httponly"]) for name in (ACCESS, REFRESH, CSRF)] == [True, True, False]
    assert [set_[name]["path"] for name in (ACCESS, REFRESH)] == ["/", "/api/v1/auth"]
    assert not any(one["domain"] for one in set_.values())
    assert set_[ACCESS].value not in answer.text
    assert set_[REFRESH].value not in answer.text
    assert answer.json()["data"]["token_type"] == "cookie"


@pytest.mark.requirement("IAM-26")
async def test_a_change_needs_the_csrf_token_and_reading_does_not(api: Api, people: People) -> None:
    person = await people.athlete()
    browser, _ = await signed_in(api, person)

    read = await browser.ask("GET", "/me")
    without = await browser.ask("PUT", "/me", json=PROFILE)
    forged = await browser.ask("PUT", "/me", csrf="0" * 64, json=PROFILE)
    unreadable = await browser.ask("PUT", "/me", csrf="\u00e9", json=PROFILE)
    right = await browser.ask("PUT", "/me", csrf=browser.csrf, json=PROFILE)

    assert read.json()["data"]["id"] == person.user["id"]
    for refused in (without, forged, unreadable):
        conforming(refused)
        assert (refused.status_code, refused.json()["code"]) == (403, "csrf_token_required")
    assert right.status_code == 200


@pytest.mark.requirement("IAM-26")
async def test_the_csrf_token_of_somebody_else_does_not_do(api: Api, people: People) -> None:
    browser, _ = await signed_in(api, await people.athlete())
    other, _ = await signed_in(api, await people.athlete())
    browser.cookies[CSRF] = other.csrf

    answer = await browser.ask("PUT", "/me", csrf=other.csrf, json=PROFILE)

    assert answer.json()["code"] == "csrf_token_required"


@pytest.mark.requirement("IAM-26")
async def test_cookies_are_refreshed_and_the_old_ones_end(api: Api, people: People) -> None:
    browser, _ = await signed_in(api, await people.athlete())
    old = dict(browser.cookies)

    without = await browser.ask("POST", "/auth/refresh")
    answer = await browser.ask("POST", "/auth/refresh", csrf=browser.csrf)
    conforming(answer)
    browser.take(answer)
    read = await browser.ask("GET", "/me")
    browser.cookies = old
    again = await browser.ask("POST", "/auth/refresh", csrf=browser.csrf)

    assert (without.status_code, without.json()["code"]) == (403, "csrf_token_required")
    assert answer.status_code == read.status_code == 200
    assert again.json()["code"] == "refresh_token_reused"


@pytest.mark.requirement("IAM-26")
async def test_signing_out_ends_the_session_and_drops_the_cookies(api: Api, people: People) -> None:
    browser, _ = await signed_in(api, await people.athlete())

    answer = await browser.ask("POST", "/auth/logout", csrf=browser.csrf)

    dropped = cookies_of(answer)
    assert answer.status_code == 204
    assert {name: (one.value, one["max-age"]) for name, one in dropped.items()} == {
        ACCESS: ("", "0"),
        REFRESH: ("", "0"),
        CSRF: ("", "0"),
    }
    assert (await browser.ask("GET", "/me")).status_code == 401


async def test_without_any_refresh_token_there_is_nothing_to_refresh(api: Api) -> None:
    for path in ("/auth/refresh", "/auth/logout"):
        for body in (None, {}, {"refresh_token": None}):
            answer = await api.post(path, json=body) if body is not None else await api.post(path)
            assert answer.status_code == 400, answer.text
            assert answer.json()["errors"][0]["pointer"] == "/refresh_token"


async def test_a_cookie_that_is_no_token_is_refused(api: Api) -> None:
    answer = await api.get("/me", headers={"Cookie": f"{ACCESS}=nonsense"})

    assert (answer.status_code, answer.json()["code"]) == (401, "invalid_token")


@pytest.mark.requirement("IAM-26")
async def test_a_browser_connects_to_the_hub_by_cookie_and_csrf_token(
    api: Api, people: People
) -> None:
    person = await people.athlete()
    browser, _ = await signed_in(api, person)
    cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    url, path = str(api.base_url.join("/")), "/hubs/workout"

    refused, admitted = socketio.AsyncClient(), socketio.AsyncClient()
    with pytest.raises(socketio.exceptions.ConnectionError):
        await refused.connect(
            url, socketio_path=path, headers={"Cookie": cookie}, auth={"csrf_token": "0" * 64}
        )
    await admitted.connect(
        url, socketio_path=path, headers={"Cookie": cookie}, auth={"csrf_token": browser.csrf}
    )

    answer = await admitted.call("LeaveWorkoutSession", {"session_id": str(UUID(int=7))})
    await admitted.disconnect()
    assert answer["success"] is True
