"""Where https is enforced, http is redirected, and the pipeline answers in its order."""

import httpx2
import pytest

from tests.conftest import running, settings_for
from workout_presentation.composition.container import build_container


@pytest.mark.requirement("ARC-17")
async def test_http_is_redirected_where_https_is_enforced(
    database_url: str, redis_url: str
) -> None:
    settings = settings_for(
        database_url, redis_url, require_https=True, public_url="https://workout.example"
    )
    async with (
        running(build_container(settings)) as server,
        httpx2.AsyncClient(base_url=server.url) as client,
    ):
        plain = await client.get("/api/v1/me?x=1")
        secure = await client.get("/api/v1/me", headers={"X-Forwarded-Proto": "https"})
        probes = [await client.get(path) for path in ("/health", "/health/live")]
        handshake = await client.get(
            "/hubs/workout/?EIO=4&transport=polling", headers={"X-Forwarded-Proto": "https"}
        )

    assert plain.status_code == 308
    assert plain.headers["location"] == "https://workout.example/api/v1/me?x=1"
    assert secure.status_code == 401
    assert "strict-transport-security" in secure.headers
    assert [probe.status_code for probe in probes] == [200, 200]
    assert handshake.status_code == 200
