"""Requests no client would send: refused or closed, never a fault of the server."""

import asyncio
from urllib.parse import urlsplit

import httpx2
import pytest

from tests.conftest import RunningServer

LINE = b"GET /api/v1/me HTTP/1.1\r\nHost: x\r\n"
LOGIN = b"POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
SMUGGLED = b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
HOSTILE = {
    "many headers": LINE + b"".join(b"X-%d: y\r\n" % number for number in range(20_000)) + b"\r\n",
    "one huge header": LINE + b"X-Y: " + b"y" * 2_000_000 + b"\r\n\r\n",
    "a huge cookie": LINE + b"Cookie: a=" + b"b" * 200_000 + b"\r\n\r\n",
    "many cookies": LINE + b"Cookie: " + b"a=b; " * 40_000 + b"\r\n\r\n",
    "a huge bearer": LINE + b"Authorization: Bearer " + b"a" * 200_000 + b"\r\n\r\n",
    "a huge correlation id": LINE + b"X-Correlation-ID: " + b"a" * 200_000 + b"\r\n\r\n",
    "a huge agent": LINE + b"User-Agent: " + b"\xff" * 60_000 + b"\r\n\r\n",
    "a giant query": b"GET /api/v1/me?a=" + b"b" * 60_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    "a query beyond all": b"GET /?a=" + b"b" * 500_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    "many parameters": b"GET /api/v1/me?" + b"a&" * 30_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    "a giant path": b"GET /" + b"a/" * 30_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    "an endless path": b"GET /" + b"a" * 2_000_000,
    "an endless header": LINE + b"X-Y: " + b"a" * 2_000_000,
    "endless headers": LINE + b"X-Y: a\r\n" * 300_000,
    "a path that is no text": b"GET /%ff%fe/\x80 HTTP/1.1\r\nHost: x\r\n\r\n",
    "no path": b"GET  HTTP/1.1\r\nHost: x\r\n\r\n",
    "a whole address": b"GET http://elsewhere:99999/ HTTP/1.1\r\nHost: x\r\n\r\n",
    "a way through": b"CONNECT elsewhere:443 HTTP/1.1\r\nHost: x\r\n\r\n",
    "no method at all": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 100,
    "a method of its own": b"BREW /api/v1/me HTTP/1.1\r\nHost: x\r\n\r\n",
    "another version": b"GET / HTTP/9.9\r\nHost: x\r\n\r\n",
    "no host": b"GET /api/v1/me HTTP/1.1\r\n\r\n",
    "two lengths": LOGIN + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
    "a length below zero": LOGIN + b"Content-Length: -1\r\n\r\n",
    "a length beyond all": LOGIN + b"Content-Length: 99999999999999999999999\r\n\r\n",
    "a length that is none": LOGIN + b"Content-Length: x\r\n\r\n",
    "two ways to say how long": LOGIN + SMUGGLED,
    "chunks that are none": LOGIN + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    "a header with a line break": LINE + b"X-Y: a\r\n b: c\r\n\r\n",
    "a header with a zero": LINE + b"X-Y: a\x00b\r\n\r\n",
}


async def answer_to(server: RunningServer, request: bytes) -> bytes:
    """Send bytes and return the first line of the answer; nothing where there is none."""
    url = urlsplit(server.url)
    reader, writer = await asyncio.open_connection(url.hostname, url.port)
    try:
        async with asyncio.timeout(20):
            writer.write(request)
            await writer.drain()
            return await reader.readline()
    except ConnectionError:
        return b""
    finally:
        writer.close()


@pytest.mark.parametrize("request_", HOSTILE.values(), ids=HOSTILE.keys())
async def test_a_hostile_request_is_refused_and_never_a_fault(
    server: RunningServer, site: httpx2.AsyncClient, request_: bytes
) -> None:
    line = await answer_to(server, request_)

    assert line == b"" or b" 4" in line[:13], line
    assert (await site.get("/health/live")).status_code == 200
