"""Who gets in, and by which way."""

import asyncio
import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import httpx2
import pytest
from socketio.exceptions import ConnectionError as Refused

from tests.builders.people import People
from tests.conftest import RunningServer
from tests.fakes.clock import AdjustableClock
from tests.hub.devices import PATH, Connect, Device, token_of

pytestmark = pytest.mark.requirement("NTF-01")
WAYS = pytest.mark.parametrize("transport", ["websocket", "polling"])
POLLING = f"{PATH}?EIO=4&transport=polling"


async def refused(server: RunningServer, *arguments: Any, **options: Any) -> None:
    device = Device(server.url)
    with pytest.raises(Refused):
        await device.connect(*arguments, **options)
    await device.close()


async def said_to(server: RunningServer, hello: str) -> str:
    """Return the hub's first word to a WebSocket client that says ``hello``, Engine.IO apart."""
    url = f"{server.url}{PATH}/?EIO=4&transport=websocket"
    async with aiohttp.ClientSession() as http, http.ws_connect(url) as socket:
        await socket.receive_str()
        await socket.send_str(hello)
        return str(await socket.receive_str())


@WAYS
async def test_nobody_connects_without_a_token(server: RunningServer, transport: str) -> None:
    await refused(server, transports=(transport,))


@WAYS
@pytest.mark.parametrize("token", ["", "x", "a.b.c", "ümlaut", 5, {}, [], "\x00", "x" * 9000])
async def test_nobody_connects_with_a_bad_token(
    server: RunningServer, transport: str, token: object
) -> None:
    await refused(server, token, transports=(transport,))


@WAYS
async def test_nobody_connects_with_an_expired_token(
    server: RunningServer, people: People, clock: AdjustableClock, transport: str
) -> None:
    athlete = await people.athlete()
    clock.advance(timedelta(hours=2))

    await refused(server, token_of(athlete), transports=(transport,))


@WAYS
async def test_nobody_connects_with_a_revoked_token(
    server: RunningServer, people: People, transport: str
) -> None:
    athlete = await people.athlete()
    await athlete.post("/auth/logout", json={"refresh_token": athlete.tokens["refresh_token"]})

    await refused(server, token_of(athlete), transports=(transport,))


@pytest.mark.parametrize(
    "hello",
    ["40", "40{}", '40{"token":"x"}', '40"x"', "40[]", '40{"token":"\\ud800"}', "40null"],
)
async def test_a_refusal_is_the_first_and_only_word(server: RunningServer, hello: str) -> None:
    word = await said_to(server, hello)

    assert word.startswith("44")
    refusal = json.loads(word[2:])
    assert refusal["message"] == refusal["data"]["message"]
    assert refusal["data"]["success"] is False
    assert refusal["data"]["code"] == "invalid_token"


async def test_a_refused_client_does_not_stay_connected(server: RunningServer) -> None:
    url = f"{server.url}{PATH}/?EIO=4&transport=websocket"
    async with aiohttp.ClientSession() as http, http.ws_connect(url) as socket:
        await socket.receive_str()
        await socket.send_str("40")
        words = [await socket.receive() for _ in range(3)]

    assert [str(word.data)[:2] for word in words[:2]] == ["44", "1"]
    assert words[2].type is aiohttp.WSMsgType.CLOSE


@WAYS
async def test_the_token_may_come_as_auth(connect: Connect, people: People, transport: str) -> None:
    device = await connect(await people.athlete(), transports=(transport,))

    assert device.client.transport() == transport


@WAYS
@pytest.mark.parametrize("scheme", ["Bearer", "bearer"])
async def test_the_token_may_come_as_a_header(
    server: RunningServer, people: People, transport: str, scheme: str
) -> None:
    device = Device(server.url)
    header = f"{scheme} {token_of(await people.athlete())}"
    await device.connect(header=header, transports=(transport,))

    assert device.client.connected
    await device.close()


async def test_only_the_default_namespace_exists(server: RunningServer, people: People) -> None:
    token = token_of(await people.athlete())

    await refused(server, token, namespaces=["/admin"])
    word = await said_to(server, f'40/admin,{{"token":"{token}"}}')
    assert word.startswith("44/admin,")


@pytest.mark.parametrize("path", [PATH, f"{PATH}/"])
async def test_the_trailing_slash_is_optional(
    server: RunningServer, people: People, path: str
) -> None:
    token = token_of(await people.athlete())
    async with httpx2.AsyncClient(base_url=server.url) as http:
        opened = await http.get(f"{path}?EIO=4&transport=polling")
        sid = json.loads(opened.text[1:])["sid"]
        query = f"{path}?EIO=4&transport=polling&sid={sid}"
        await http.post(query, content=f'40{{"token":"{token}"}}')
        answer = await http.get(query)
    url = f"{server.url}{path}?EIO=4&transport=websocket"
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
        hello = await socket.receive_str()

    assert answer.text.startswith("40{")
    assert hello.startswith("0{")


async def test_other_versions_of_the_protocol_are_refused(server: RunningServer) -> None:
    async with httpx2.AsyncClient(base_url=server.url) as http:
        answer = await http.get(f"{PATH}/?EIO=3&transport=polling")

    assert answer.status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        "Authorization: Bearer " + "x" * 9000 + "\r\n",
        "".join(f"X-Odd-{number}: 1\r\n" for number in range(200)),
    ],
    ids=["a long one", "many"],
)
async def test_a_handshake_with_too_much_in_its_headers_is_refused(
    server: RunningServer, headers: str
) -> None:
    """It was never answered, and the connection stayed open."""
    url = urlsplit(server.url)
    reader, writer = await asyncio.open_connection(url.hostname, url.port)
    writer.write(
        f"GET {PATH}/?EIO=4&transport=websocket HTTP/1.1\r\nHost: {url.netloc}\r\n{headers}"
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode()
    )
    async with asyncio.timeout(5):
        answer = await reader.read()
    writer.close()

    assert answer.startswith(b"HTTP/1.1 431 ")
