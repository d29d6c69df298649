"""Which pages of other origins may call: those that are listed, and no other."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import httpx2
import pytest
from dependency_injector import providers

from tests.builders.people import People
from tests.conftest import RunningServer, running, settings_for
from tests.hub.devices import token_of
from workout_presentation.composition.container import build_container

APP = "https://app.example"
FOREIGN = "https://evil.example"
HANDSHAKE = "/hubs/workout/?EIO=4&transport=polling"
HEADERS = (
    "authorization, content-type, idempotency-key, if-match, if-none-match, x-api-key, "
    "x-csrf-token, x-correlation-id, traceparent"
)
NOT_LISTED = [FOREIGN, "null", f"{APP}.evil.example", "http://app.example", f"{APP}:8443", "*"]


@pytest.fixture(scope="module")
async def listing(database_url: str, redis_url: str) -> AsyncIterator[RunningServer]:
    """Serve the product to the pages of two origins."""
    origins = f"{APP}, http://localhost:5173"
    settings = settings_for(database_url, redis_url, cors_origins=origins)
    async with running(build_container(settings)) as server:
        yield server


@pytest.fixture(scope="module")
async def site(listing: RunningServer) -> AsyncIterator[httpx2.AsyncClient]:
    """Return a client of that server's root."""
    async with httpx2.AsyncClient(base_url=listing.url) as client:
        yield client


def granted(answer: httpx2.Response) -> str | None:
    """Return the origin an answer is granted to."""
    return answer.headers.get("access-control-allow-origin")


def preflight(origin: str, method: str = "PUT", headers: str = HEADERS) -> dict[str, str]:
    """Return what a browser asks with before a request."""
    return {
        "Origin": origin,
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": headers,
    }


@pytest.mark.requirement("SEC-12")
@pytest.mark.parametrize("origin", [APP, "http://localhost:5173"])
async def test_a_listed_origin_is_granted_what_clients_need(
    site: httpx2.AsyncClient, origin: str
) -> None:
    asked = await site.options("/api/v1/me", headers=preflight(origin))
    answer = await site.get("/api/v1/openapi.json", headers={"Origin": origin})

    shown = answer.headers["access-control-expose-headers"].split(", ")
    assert (asked.status_code, granted(asked), granted(answer)) == (200, origin, origin)
    assert asked.headers["access-control-allow-credentials"] == "true"
    assert asked.headers["x-correlation-id"]
    assert "Origin" in answer.headers["vary"]
    assert {"ETag", "Link", "Location", "Retry-After", "RateLimit"} <= set(shown)
    assert {"RateLimit-Policy", "X-Correlation-ID", "Idempotency-Replayed"} <= set(shown)


@pytest.mark.requirement("SEC-12")
@pytest.mark.parametrize("origin", NOT_LISTED)
async def test_another_origin_gets_no_grant(site: httpx2.AsyncClient, origin: str) -> None:
    asked = await site.options("/api/v1/me", headers=preflight(origin))
    answer = await site.get("/api/v1/openapi.json", headers={"Origin": origin})

    assert (asked.status_code, asked.json()["code"]) == (400, "cross_origin_refused")
    assert asked.json()["instance"] == "/api/v1/me"
    assert (granted(asked), granted(answer)) == (None, None)


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "BREW"])
async def test_what_the_api_has_not_is_not_granted_to_anybody(
    site: httpx2.AsyncClient, method: str
) -> None:
    asked = await site.options("/api/v1/me", headers=preflight(APP, method))

    assert asked.status_code == 400


async def test_refusals_are_readable_too(site: httpx2.AsyncClient) -> None:
    origin = {"Origin": APP}
    json = {**origin, "Content-Type": "application/json"}
    answers = [
        await site.get("/api/v1/me", headers=origin),
        await site.get("/api/v1/nothing", headers=origin),
        await site.post("/api/v1/auth/login", content=b"{", headers=json),
        await site.post("/api/v1/auth/login", content=b"x" * 1_048_577, headers=json),
    ]

    assert [answer.status_code for answer in answers] == [401, 404, 400, 413]
    assert {granted(answer) for answer in answers} == {APP}


class BrokenReader:
    """Has a bug."""

    async def user(self, _user_id: object) -> object:
        """Divide by zero."""
        raise ZeroDivisionError


class EndlessReader:
    """Never answers."""

    async def user(self, _user_id: object) -> object:
        """Wait for what does not come."""
        return await asyncio.Event().wait()


@pytest.mark.parametrize(("reader", "status"), [(BrokenReader(), 500), (EndlessReader(), 503)])
async def test_a_bug_and_a_request_out_of_time_are_readable_too(
    database_url: str, redis_url: str, people: People, reader: object, status: int
) -> None:
    person = await people.athlete()
    settings = settings_for(database_url, redis_url, cors_origins=APP, request_timeout_seconds=0.2)
    container = build_container(settings)
    container.identity.accounts.override(providers.Object(reader))
    async with running(container) as server, httpx2.AsyncClient(base_url=server.url) as client:
        answer = await client.get("/api/v1/me", headers={**person.headers, "Origin": APP})

    assert (answer.status_code, granted(answer)) == (status, APP)


@pytest.mark.requirement("SEC-12")
async def test_by_default_no_origin_is_granted_anything(server: RunningServer) -> None:
    async with httpx2.AsyncClient(base_url=server.url) as client:
        asked = await client.options("/api/v1/me", headers=preflight(FOREIGN))
        answer = await client.get("/api/v1/openapi.json", headers={"Origin": FOREIGN})

    assert asked.status_code == 405
    assert (granted(asked), granted(answer)) == (None, None)


# the hub


async def opens(server: RunningServer, origin: str | None, *, transport: str, **more: str) -> bool:
    """Tell whether the hub opens a connection to a page of an origin."""
    headers = {**more, **({} if origin is None else {"Origin": origin})}
    async with aiohttp.ClientSession() as http:
        if transport == "polling":
            async with http.get(f"{server.url}{HANDSHAKE}", headers=headers) as answer:
                return answer.status == 200
        url = f"{server.url}/hubs/workout/?EIO=4&transport=websocket"
        try:
            async with http.ws_connect(url, headers=headers) as socket:
                return (await socket.receive_str()).startswith("0{")
        except aiohttp.WSServerHandshakeError:
            return False


WAYS = pytest.mark.parametrize("transport", ["polling", "websocket"])


@pytest.mark.requirement("SEC-12")
@WAYS
async def test_the_hub_opens_to_its_own_pages_and_to_clients_that_are_none(
    server: RunningServer, transport: str
) -> None:
    by_name = server.url.replace("127.0.0.1", "localhost")
    own = {"Host": by_name.partition("://")[2]}

    assert await opens(server, None, transport=transport)
    assert await opens(server, server.url, transport=transport)
    assert await opens(server, by_name, transport=transport, **own)


@pytest.mark.requirement("SEC-12")
@WAYS
@pytest.mark.parametrize("origin", [FOREIGN, "null", APP])
async def test_the_hub_does_not_open_to_foreign_pages(
    server: RunningServer, transport: str, origin: str
) -> None:
    forged = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}

    assert not await opens(server, origin, transport=transport)
    assert not await opens(server, origin, transport=transport, **forged)


@pytest.mark.requirement("SEC-12")
@WAYS
async def test_the_hub_opens_to_listed_pages(listing: RunningServer, transport: str) -> None:
    assert await opens(listing, APP, transport=transport)
    assert not await opens(listing, FOREIGN, transport=transport)


async def test_a_refused_page_cannot_read_the_hubs_answer(listing: RunningServer) -> None:
    async with httpx2.AsyncClient(base_url=listing.url) as client:
        foreign = await client.get(HANDSHAKE, headers={"Origin": FOREIGN})
        listed = await client.get(HANDSHAKE, headers={"Origin": APP})

    assert (foreign.status_code, granted(foreign)) == (400, None)
    assert granted(listed) == APP


async def test_a_listed_page_talks_to_the_hub(listing: RunningServer, people: People) -> None:
    token = token_of(await people.athlete())
    url = f"{listing.url}/hubs/workout/?EIO=4&transport=websocket"
    async with (
        aiohttp.ClientSession() as http,
        http.ws_connect(url, headers={"Origin": APP}) as socket,
    ):
        await socket.receive_str()
        await socket.send_str(f'40{{"token":"{token}"}}')
        assert (await socket.receive_str()).startswith("40{")
