"""Where https is enforced, http is redirected, and the pipeline answers in its order."""

import httpx2
import pytest

from tests.conftest import running, settings_for
from workout_presentation.composition.container import build_container

HTTPS = {"X-Forwarded-Proto": "https"}
HANDSHAKE = "/hubs/workout/?EIO=4&transport=polling"


@pytest.mark.requirement("ARC-17", "SEC-01")
async def test_http_is_redirected_where_https_is_enforced(
    database_url: str, redis_url: str
) -> None:
    settings = settings_for(
        database_url,
        redis_url,
        require_https=True,
        public_url="https://workout.example",
        trusted_proxies="127.0.0.1",
    )
    async with (
        running(build_container(settings)) as server,
        httpx2.AsyncClient(base_url=server.url) as client,
    ):
        plain = await client.get("/api/v1/me?x=1")
        said_http = await client.get("/api/v1/me", headers={"X-Forwarded-Proto": "http"})
        secure = await client.get("/api/v1/me", headers=HTTPS)
        probes = [await client.get(path) for path in ("/health", "/health/live", "/metrics")]
        handshake = await client.get(HANDSHAKE, headers=HTTPS)

    assert (plain.status_code, said_http.status_code) == (308, 308)
    assert plain.headers["location"] == "https://workout.example/api/v1/me?x=1"
    assert secure.status_code == 401
    assert "strict-transport-security" in secure.headers
    assert [probe.status_code for probe in probes] == [200, 200, 200]
    assert handshake.status_code == 200


@pytest.mark.requirement("SEC-01")
async def test_a_client_is_not_believed_that_it_came_by_https(
    database_url: str, redis_url: str
) -> None:
    settings = settings_for(
        database_url, redis_url, require_https=True, trusted_proxies="10.0.0.0/8"
    )
    async with (
        running(build_container(settings)) as server,
        httpx2.AsyncClient(base_url=server.url) as client,
    ):
        answers = [
            await client.get(path, headers={**HTTPS, "Forwarded": "proto=https"})
            for path in ("/api/v1/me", HANDSHAKE)
        ]

    assert [answer.status_code for answer in answers] == [308, 308]
