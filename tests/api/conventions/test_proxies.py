"""Whose word counts on where a request came from."""

import asyncio
from typing import Any

import aiohttp
import httpx2
import pytest
from starlette.types import Receive, Scope, Send

from tests.builders.people import PASSWORD, People
from tests.conftest import RunningServer, running, settings_for
from tests.hub.devices import Device, token_of
from workout_application.messaging.origin import origin
from workout_presentation.api.middleware.proxies import TrustedProxies
from workout_presentation.composition.container import build_container
from workout_presentation.hub.messages import SessionMessage
from workout_presentation.hub.server import HubEvent

TRUSTED = ("127.0.0.1", "10.0.0.0/8", "2001:db8:ffff::/48")
CLAIMS = {
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Proto": "https",
    "X-Real-IP": "203.0.113.9",
    "Forwarded": "for=203.0.113.9;proto=https",
}


async def seen(
    *headers: tuple[str, str], peer: str = "127.0.0.1", kind: str = "http"
) -> tuple[str, str]:
    """Return address and scheme the application sees."""
    found: list[tuple[str, str]] = []

    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        found.append((scope["client"][0], scope["scheme"]))

    async def nothing(*_: Any) -> Any:
        raise AssertionError("Nobody reads or answers.")

    scope = {
        "type": kind,
        "scheme": "ws" if kind == "websocket" else "http",
        "client": (peer, 5),
        "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in headers],
    }
    await TrustedProxies(app, TRUSTED)(scope, nothing, nothing)
    return found[0]


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("203.0.113.9:4711", "203.0.113.9"),
        (" 203.0.113.9 ", "203.0.113.9"),
        ("198.51.100.1, 203.0.113.9", "203.0.113.9"),
        ("198.51.100.1, 203.0.113.9, 10.1.2.3, 127.0.0.1", "203.0.113.9"),
        ("198.51.100.1, 10.1.2.3:80", "198.51.100.1"),
        ("10.9.9.9, 10.1.2.3", "10.9.9.9"),
        ("2001:db8::7", "2001:db8::7"),
        ("[2001:db8::7]:443", "2001:db8::7"),
        ("2001:0DB8:0::7, 2001:db8:ffff::1", "2001:db8::7"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("", "127.0.0.1"),
        (",", "127.0.0.1"),
        ("unknown", "127.0.0.1"),
        ("203.0.113.9, garbage", "127.0.0.1"),
        ("203.0.113.999", "127.0.0.1"),
        ("[2001:db8::7", "127.0.0.1"),
        ("<script>", "127.0.0.1"),
        ("x" * 5000, "127.0.0.1"),
        ("é", "127.0.0.1"),
        ("203.0.113.9;rm -rf", "127.0.0.1"),
    ],
)
async def test_the_last_hop_that_is_no_trusted_proxy_is_the_client(
    forwarded: str, address: str
) -> None:
    assert (await seen(("X-Forwarded-For", forwarded)))[0] == address


@pytest.mark.parametrize("peer", ["10.255.0.1", "2001:db8:ffff::9", "::ffff:10.0.0.1"])
async def test_a_trusted_network_is_believed(peer: str) -> None:
    said = (("X-Forwarded-For", "203.0.113.9"), ("X-Forwarded-Proto", "https"))

    assert await seen(*said, peer=peer) == ("203.0.113.9", "https")


@pytest.mark.parametrize("peer", ["11.0.0.1", "2001:db8:fffe::9", "::ffff:11.0.0.1", "unix:"])
async def test_nobody_else_is_believed(peer: str) -> None:
    plain = peer.removeprefix("::ffff:")

    assert await seen(*CLAIMS.items(), peer=peer) == (plain, "http")


async def test_several_headers_are_one_list() -> None:
    hops = (("X-Forwarded-For", "198.51.100.1"), ("X-Forwarded-For", "203.0.113.9"))

    assert (await seen(*hops))[0] == "203.0.113.9"


@pytest.mark.parametrize("proto", ["", "gopher", "https, http", "https\x00", "HTTPS://"])
async def test_a_scheme_that_is_none_is_not_taken(proto: str) -> None:
    assert (await seen(("X-Forwarded-Proto", proto)))[1] == "http"


async def test_a_socket_behind_tls_is_a_secure_one() -> None:
    assert (await seen(("X-Forwarded-Proto", "https"), kind="websocket"))[1] == "wss"


async def test_other_headers_move_nothing() -> None:
    others = {name: CLAIMS[name] for name in ("X-Real-IP", "Forwarded")}

    assert await seen(*others.items()) == ("127.0.0.1", "http")


async def signed_in_from(database: Any, user_id: str) -> list[str]:
    """Return the addresses of somebody's sign-ins, newest first."""
    rows = await database.fetch(
        "SELECT ip_address FROM login_sessions WHERE user_id = $1 ORDER BY created_at DESC", user_id
    )
    return [row["ip_address"] for row in rows]


@pytest.mark.requirement("SEC-07")
async def test_by_default_what_a_client_says_of_itself_moves_nothing(
    people: People, api: httpx2.AsyncClient, database: Any
) -> None:
    person = await people.athlete()
    credentials = {"username": person.user["username"], "password": PASSWORD}

    await api.post("/auth/login", json=credentials, headers=CLAIMS)

    assert (await signed_in_from(database, person.user["id"]))[0] == "127.0.0.1"


async def test_where_a_proxy_is_trusted_its_word_is_kept(
    people: People, database_url: str, redis_url: str, database: Any
) -> None:
    person = await people.athlete()
    credentials = {"username": person.user["username"], "password": PASSWORD}
    settings = settings_for(database_url, redis_url, trusted_proxies="127.0.0.1")
    async with running(build_container(settings)) as server, httpx2.AsyncClient() as client:
        url = f"{server.url}/api/v1/auth/login"
        answer = await client.post(url, json=credentials, headers=CLAIMS)

    assert answer.status_code == 200
    assert (await signed_in_from(database, person.user["id"]))[0] == "203.0.113.9"


async def test_the_hub_knows_where_a_device_is(people: People, server: RunningServer) -> None:
    person = await people.athlete()
    device = Device(server.url)
    await device.connect(token_of(person))
    clients = server.container.clients().all()
    (client,) = [one for one in clients if str(one.user_id) == person.user["id"]]

    assert client.origin.ip_address == "127.0.0.1"
    assert "aiohttp" in (client.origin.user_agent or "")
    await device.close()


async def test_what_a_device_says_is_handled_as_from_where_it_is(
    people: People, database_url: str, redis_url: str
) -> None:
    person = await people.athlete()
    settings = settings_for(database_url, redis_url, trusted_proxies="127.0.0.1")
    container = build_container(settings)
    heard: list[str | None] = []

    async def listen(_client: Any, _message: Any) -> None:
        heard.append(origin.get().ip_address)

    async with running(container) as server:
        container.hub().serve(HubEvent("WhereAmI", SessionMessage, listen))
        url = f"{server.url}/hubs/workout/?EIO=4&transport=websocket"
        await _say(url, token_of(person), heard)

    assert heard == ["203.0.113.9"]


async def _say(url: str, token: str, heard: list[str | None]) -> None:
    async with (
        aiohttp.ClientSession() as http,
        http.ws_connect(url, headers={"X-Forwarded-For": "203.0.113.9"}) as socket,
    ):
        await socket.receive_str()
        await socket.send_str(f'40{{"token":"{token}"}}')
        await socket.receive_str()
        session = "01900000-0000-7000-8000-000000000000"
        await socket.send_str(f'421["WhereAmI",{{"session_id":"{session}"}}]')
        async with asyncio.timeout(10):
            await socket.receive_str()
    assert heard
