"""Limited routes: what they count for whom, what their answers say, and when they refuse."""

import itertools
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from fastapi.routing import APIRoute

from tests.api.contract import conforming, operation_of
from tests.builders.people import PASSWORD, People, Person
from tests.conftest import RunningServer, free_port, running, settings_for
from tests.fakes.clock import AdjustableClock
from workout_presentation.api.document import openapi_document
from workout_presentation.api.limits import ROUTE_CLASSES, limits_of
from workout_presentation.api.v1.routes import ROUTERS
from workout_presentation.composition.container import build_container

_addresses = itertools.count(1)
LIMITS = {
    "rate_limits": True,
    "trusted_proxies": "127.0.0.1",
    "rate_limit_sign_in": "3/hour",
    "rate_limit_sign_in_address": "6/hour",
    "rate_limit_refresh": "2/hour",
    "rate_limit_sign_up": "2/hour",
    "rate_limit_code": "2/hour",
}
LIMITED = {
    ("POST", "/api/v1/auth/login"),
    ("POST", "/api/v1/auth/refresh"),
    ("POST", "/api/v1/auth/register"),
    ("POST", "/api/v1/coaching/invitations/accept"),
    ("POST", "/api/v1/coaching/invitations/decline"),
}


@pytest.fixture(scope="module")
async def limited(database_url: str, redis_url: str) -> AsyncIterator[RunningServer]:
    """Serve the product with narrow limits; a proxy of its own names the addresses."""
    container = build_container(settings_for(database_url, redis_url, **LIMITS))
    async with running(container) as server:
        yield server


@pytest.fixture(scope="module")
async def site(limited: RunningServer) -> AsyncIterator[httpx2.AsyncClient]:
    """Return a client of the limited server."""
    async with httpx2.AsyncClient(base_url=f"{limited.url}/api/v1", timeout=20) as client:
        yield client


@pytest.fixture
def address() -> str:
    """Return an address nobody had before."""
    number = next(_addresses)
    return f"198.51.{number // 250}.{number % 250 + 1}"


async def log_in(
    site: httpx2.AsyncClient, address: str, name: str, password: str = "wrong"
) -> httpx2.Response:
    """Try to sign in from an address."""
    return await site.post(
        "/auth/login",
        json={"username": name, "password": password},
        headers={"X-Forwarded-For": address},
    )


def refused(answer: httpx2.Response) -> bool:
    """Tell whether an answer is the whole refusal of a limit."""
    if answer.status_code != 429:
        return False
    conforming(answer)
    body = answer.json()
    assert (body["code"], body["retryable"]) == ("rate_limit_exceeded", True)
    assert int(answer.headers["retry-after"]) >= 1
    assert ";r=0;" in answer.headers["ratelimit"]
    return True


@pytest.mark.requirement("API-27", "SEC-07")
async def test_sign_in_is_limited_for_an_account_at_an_address(
    site: httpx2.AsyncClient, address: str, people: People
) -> None:
    person = await people.athlete()
    name = person.user["username"]
    wrong = [await log_in(site, address, one) for one in (name, name.upper(), f" {name} ")]
    right = await log_in(site, address, name, PASSWORD)
    elsewhere = await log_in(site, "203.0.113.77", name, PASSWORD)
    somebody_else = await log_in(site, address, "nobody-at-all")

    assert {answer.status_code for answer in wrong} == {401}
    assert refused(right)
    assert elsewhere.status_code == 200
    assert somebody_else.status_code == 401


@pytest.mark.requirement("API-27", "SEC-07")
async def test_sign_in_is_limited_for_an_address_before_the_body_is_read(
    site: httpx2.AsyncClient, address: str
) -> None:
    answers = [await log_in(site, address, f"n{number}-{address}") for number in range(6)]
    headers = {"X-Forwarded-For": address, "Content-Type": "text/plain"}
    unread = await site.post("/auth/login", content=b"no json", headers=headers)

    assert [answer.status_code for answer in answers] == [401] * 6
    assert refused(unread)
    assert unread.headers["ratelimit-policy"] == '"sign_in_address";q=6;w=3600'


@pytest.mark.requirement("API-27")
async def test_every_answer_of_a_limited_route_says_what_is_left(
    site: httpx2.AsyncClient, address: str, people: People
) -> None:
    name = (await people.athlete()).user["username"]
    first = await log_in(site, address, name)
    second = await log_in(site, address, name, PASSWORD)
    headers = {"X-Forwarded-For": address}
    malformed = await site.post("/auth/login", json={}, headers=headers)

    assert (first.status_code, second.status_code) == (401, 200)
    policy = '"sign_in_address";q=6;w=3600, "sign_in";q=3;w=3600'
    assert {answer.headers["ratelimit-policy"] for answer in (first, second)} == {policy}
    assert first.headers["ratelimit"] == '"sign_in_address";r=5;t=3600, "sign_in";r=2;t=3600'
    assert second.headers["ratelimit"].startswith('"sign_in_address";r=4;')
    assert '"sign_in";r=1;' in second.headers["ratelimit"]
    assert malformed.status_code == 400
    assert malformed.headers["ratelimit"].startswith('"sign_in_address";r=3;')
    assert "retry-after" not in first.headers


@pytest.mark.requirement("API-27", "SEC-07")
@pytest.mark.parametrize(
    ("path", "body"), [("/auth/refresh", {"refresh_token": "x"}), ("/auth/register", {})]
)
async def test_refreshing_and_registering_are_limited_for_an_address(
    site: httpx2.AsyncClient, address: str, path: str, body: dict[str, str]
) -> None:
    headers = {"X-Forwarded-For": address}
    answers = [await site.post(path, json=body, headers=headers) for _ in range(3)]

    assert [refused(answer) for answer in answers] == [False, False, True]


@pytest.mark.requirement("API-27", "SEC-07")
@pytest.mark.parametrize("action", ["accept", "decline"])
async def test_invitation_codes_are_limited_for_a_user_wherever_they_are(
    site: httpx2.AsyncClient, people: People, action: str
) -> None:
    ana, bea = await people.athlete(), await people.athlete()

    async def guess(who: Person, address: str) -> httpx2.Response:
        headers = {**who.headers, "X-Forwarded-For": address}
        path = f"/coaching/invitations/{action}"
        return await site.post(path, json={"code": "no-such-code"}, headers=headers)

    answers = [await guess(ana, f"203.0.113.{number}") for number in range(3)]

    assert [answer.status_code for answer in answers] == [404, 404, 429]
    assert refused(answers[2])
    assert (await guess(bea, "203.0.113.1")).status_code == 404


async def test_a_stranger_uses_up_nobodys_codes(site: httpx2.AsyncClient) -> None:
    path = "/coaching/invitations/accept"
    strangers = [await site.post(path, json={"code": "x"}) for _ in range(4)]

    assert {answer.status_code for answer in strangers} == {401}
    assert "ratelimit" not in strangers[0].headers


async def test_of_ipv6_a_network_of_64_bits_counts_as_one(site: httpx2.AsyncClient) -> None:
    async def refresh(address: str) -> bool:
        body, headers = {"refresh_token": "x"}, {"X-Forwarded-For": address}
        return refused(await site.post("/auth/refresh", json=body, headers=headers))

    found = [await refresh(f"2001:db8:1:2::{number}") for number in range(3)]

    assert found == [False, False, True]
    assert not await refresh("2001:db8:1:3::1")


async def test_two_processes_count_together(
    limited: RunningServer, database_url: str, redis_url: str, address: str
) -> None:
    settings = settings_for(database_url, redis_url, **LIMITS)
    async with (
        running(build_container(settings)) as other,
        httpx2.AsyncClient(headers={"X-Forwarded-For": address}) as client,
    ):
        urls = [limited.url, other.url, limited.url, other.url]
        answers = [
            await client.post(f"{url}/api/v1/auth/refresh", json={"refresh_token": "x"})
            for url in urls
        ]

    assert [answer.status_code for answer in answers] == [401, 401, 429, 429]


async def test_without_redis_limits_are_kept_and_nothing_hangs(
    database_url: str, address: str
) -> None:
    settings = settings_for(database_url, f"redis://127.0.0.1:{free_port()}/0", **LIMITS)
    async with (
        running(build_container(settings)) as server,
        httpx2.AsyncClient(headers={"X-Forwarded-For": address}, timeout=5) as client,
    ):
        path = f"{server.url}/api/v1/auth/refresh"
        answers = [await client.post(path, json={"refresh_token": "x"}) for _ in range(4)]

    assert [answer.status_code for answer in answers] == [401, 401, 429, 429]


async def test_limits_can_be_switched_off(api: httpx2.AsyncClient) -> None:
    answers = [await api.post("/auth/refresh", json={"refresh_token": "x"}) for _ in range(3)]

    assert {answer.status_code for answer in answers} == {401}
    assert "ratelimit" not in answers[0].headers


async def test_a_clock_that_was_moved_gives_no_nonsense(
    database_url: str, redis_url: str, clock: AdjustableClock, address: str
) -> None:
    container = build_container(settings_for(database_url, redis_url, **LIMITS))
    container.clock.override(clock)
    async with running(container) as server, httpx2.AsyncClient() as client:
        found: list[Any] = []
        for days in (-400, 400, 0):
            clock.reset()
            clock.advance(timedelta(days=days))
            answer = await client.post(
                f"{server.url}/api/v1/auth/refresh",
                json={"refresh_token": "x"},
                headers={"X-Forwarded-For": address},
            )
            found.append(answer.headers["ratelimit"].rpartition("t=")[2])

    assert all(1 <= int(seconds) <= 3600 for seconds in found)


@pytest.mark.requirement("API-27")
def test_the_document_tells_of_every_limited_route_and_of_no_other() -> None:
    told = {
        (method.upper(), path)
        for path, methods in openapi_document()["paths"].items()
        for method, operation in methods.items()
        if all("RateLimit" in answer["headers"] for answer in operation["responses"].values())
    }

    assert told >= LIMITED
    assert told == {
        (method, route.path)
        for router in ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute) and limits_of(route.endpoint)
        for method in route.methods or ()
    }
    for method, path in told:
        assert "429" in openapi_document()["paths"][path][method.lower()]["responses"]


def test_every_limit_has_a_name_of_its_own_and_a_setting() -> None:
    names = [policy.name for policies in ROUTE_CLASSES.values() for policy in policies]
    settings = settings_for("", "", rate_limit_mail="7/hour")

    assert len(names) == len(set(names))
    assert set(settings.quotas) == set(names)
    assert settings.quotas["mail"] == "7/hour"


def test_the_refusal_is_declared() -> None:
    request = httpx2.Request("POST", "http://x/api/v1/auth/login")
    operation = operation_of(httpx2.Response(429, request=request))

    assert "Retry-After" in operation["responses"]["429"]["headers"]
