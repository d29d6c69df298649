"""Clients at other addresses and on other devices."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2

PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1"
)
ANDROID = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 "
    "(KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36"
)


@asynccontextmanager
async def client_at(
    base_url: httpx2.URL, address: str, user_agent: str = "Test/1.0"
) -> AsyncIterator[httpx2.AsyncClient]:
    """Open a client that comes from another address of this machine's loopback network."""
    transport = httpx2.AsyncHTTPTransport(local_address=address)
    headers = {"User-Agent": user_agent}
    async with httpx2.AsyncClient(
        base_url=base_url, transport=transport, headers=headers, timeout=20
    ) as client:
        yield client
