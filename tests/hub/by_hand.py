"""Clients no library makes: one that never reads, one that polls when it likes."""

import asyncio
import base64
import json
import os
import socket
import struct
from typing import Any, Self
from urllib.parse import urlsplit

import httpx2

from tests.hub.devices import PATH


class DeafClient:
    """A WebSocket on a bare socket that, once connected, never reads again."""

    def __init__(self, url: str) -> None:
        self._url = urlsplit(url)

    async def __aenter__(self) -> Self:
        """Open the socket, with a small window so that little is enough to fill it."""
        raw = socket.socket()
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        raw.setblocking(False)
        await asyncio.get_running_loop().sock_connect(
            raw, (self._url.hostname or "", self._url.port or 0)
        )
        self._raw = raw
        return self

    async def __aexit__(self, *_failure: object) -> None:
        """Close the socket."""
        self._raw.close()

    async def connect(self, token: str) -> None:
        """Shake hands on HTTP, Engine.IO and Socket.IO."""
        key = base64.b64encode(os.urandom(16)).decode()
        await self._write(
            f"GET {PATH}/?EIO=4&transport=websocket HTTP/1.1\r\nHost: {self._url.netloc}\r\n"
            f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n"
            "Sec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        assert b" 101 " in await self._read_until(b"\r\n\r\n")
        await self.say(f'40{{"token":"{token}"}}')
        await self._read_until(b"40{")

    async def say(self, packet: str) -> None:
        """Send one masked text frame."""
        text = packet.encode()
        length = (
            struct.pack("!B", 0x80 | len(text))
            if len(text) < 126
            else struct.pack("!BH", 0x80 | 126, len(text))
        )
        await self._write(b"\x81" + length + bytes(4) + text)

    async def ask(self, event: str, data: dict[str, Any]) -> None:
        """Send a message whose ack is never read."""
        await self.say(f"421{json.dumps([event, data])}")

    async def join(self, session_id: str) -> None:
        """Join a session's room and read until the ack is there."""
        await self.ask("JoinWorkoutSession", {"session_id": session_id})
        await self._read_until(b'"success":true')

    async def _write(self, data: bytes) -> None:
        await asyncio.get_running_loop().sock_sendall(self._raw, data)

    async def _read_until(self, mark: bytes) -> bytes:
        seen = b""
        async with asyncio.timeout(10):
            while mark not in seen:
                seen += await asyncio.get_running_loop().sock_recv(self._raw, 65_536)
        return seen


class PollingClient:
    """Long polling, one request at a time."""

    def __init__(self, url: str) -> None:
        self._http = httpx2.AsyncClient(base_url=url, timeout=30)
        self._path = ""

    async def __aenter__(self) -> Self:
        """Open an Engine.IO session."""
        path = f"{PATH}/?EIO=4&transport=polling"
        opened = await self._http.get(path)
        self._path = f"{path}&sid={json.loads(opened.text[1:])['sid']}"
        return self

    async def __aexit__(self, *_failure: object) -> None:
        """Close the HTTP connections."""
        await self._http.aclose()

    async def connect(self, token: str) -> None:
        """Enter the default namespace."""
        await self.say(f'40{{"token":"{token}"}}')
        assert (await self.poll())[0].startswith("40{")

    async def say(self, *packets: str) -> httpx2.Response:
        """Send packets in one request."""
        return await self._http.post(self._path, content="\x1e".join(packets))

    async def answer(self) -> httpx2.Response:
        """Ask for packets."""
        return await self._http.get(self._path)

    async def poll(self) -> list[str]:
        """Return the next packets."""
        answer = await self.answer()
        assert answer.status_code == 200, answer.text
        return answer.text.split("\x1e")
