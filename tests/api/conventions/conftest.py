"""What tests of the conventions share."""

from collections.abc import AsyncIterator

import httpx2
import pytest

from tests.conftest import RunningServer


@pytest.fixture
async def site(server: RunningServer) -> AsyncIterator[httpx2.AsyncClient]:
    """Return a client of the server's root."""
    async with httpx2.AsyncClient(base_url=server.url) as client:
        yield client
