"""Pages for people and probes for machines."""

import re
from typing import Any

import httpx2
import pytest

from tests.conftest import RunningServer
from workout_application.platform.health import CheckView, HealthStatus, HealthView
from workout_infrastructure.cache.service import build_cache
from workout_infrastructure.observability.health import (
    CircuitCheck,
    DatabaseCheck,
    HealthChecks,
    RedisCheck,
    SchemaCheck,
)
from workout_infrastructure.persistence.database import DriverPool
from workout_presentation.api.pages.problems import all_refusals, pages_by_code

NOWHERE = "postgresql://nobody@127.0.0.1:1/nothing"


@pytest.fixture
async def site(server: RunningServer) -> Any:
    """Return a client of the server's root."""
    async with httpx2.AsyncClient(base_url=server.url) as client:
        yield client


async def test_the_interactive_page_runs_nothing_inline_and_leaves_for_nowhere(site: Any) -> None:
    page = await site.get("/docs")

    policy = page.headers["content-security-policy"]
    assert page.status_code == 200
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert re.findall(r"<script(?![^>]*src=)", page.text) == []
    assert re.findall(r"(?:src|href)=\"(?!/|data:)", page.text) == []


async def test_every_asset_of_the_page_is_served(site: Any) -> None:
    page = await site.get("/docs")
    for address in re.findall(r"\"(/docs/assets/[^\"]+)\"", page.text):
        asset = await site.get(address)
        again = await site.get(address, headers={"If-None-Match": asset.headers["etag"]})

        assert asset.status_code == 200
        assert len(asset.content) > 100
        assert again.status_code == 304


@pytest.mark.parametrize("name", ["../problems.py", "%2e%2e/problems.py", "NOTICE", "x"])
async def test_nothing_else_is_served_from_there(site: Any, name: str) -> None:
    assert (await site.get(f"/docs/assets/{name}")).status_code == 404


def test_every_refusal_has_a_code_of_its_own_and_a_page() -> None:
    codes = [kind.code for kind in all_refusals()]
    pages = pages_by_code()

    assert sorted(set(codes)) == sorted(codes)
    assert all(pages[code].meaning for code in codes)


async def test_the_type_of_a_problem_leads_to_its_page(api: httpx2.AsyncClient) -> None:
    problem = (await api.get("/exercises")).json()

    page = await api.get(problem["type"])

    assert page.status_code == 200
    assert page.json()["data"]["code"] == problem["code"]
    assert page.json()["data"]["status"] == problem["status"]


async def test_a_browser_gets_a_page(site: Any) -> None:
    page = await site.get("/problems/exercise_name_taken", headers={"Accept": "text/html"})

    assert page.headers["content-type"].startswith("text/html")
    assert "Conflict" in page.text


async def test_an_unknown_code_has_no_page(site: Any) -> None:
    assert (await site.get("/problems/nonsense")).status_code == 404


# health


async def test_health_lists_every_check_with_its_duration(site: Any) -> None:
    answer = await site.get("/health")

    body = answer.json()
    assert answer.status_code == 200
    assert body["status"] == "healthy"
    assert set(body["checks"]) == {"database", "schema", "redis", "redis_circuit"}
    assert body["checks"]["database"]["description"] == "Database connection is healthy"
    assert body["checks"]["redis"]["description"] == "Redis cache is healthy"
    assert all(check["duration_ms"] >= 0 for check in body["checks"].values())


@pytest.mark.parametrize("probe", ["live", "ready", "startup"])
async def test_a_server_that_is_well_passes_every_probe(site: Any, probe: str) -> None:
    assert (await site.get(f"/health/{probe}")).status_code == 200


async def test_a_database_that_is_away_is_unhealthy() -> None:
    pool = DriverPool(NOWHERE, size=2)
    checks = HealthChecks({"database": DatabaseCheck(pool), "schema": SchemaCheck(pool)})

    found = await checks.check()

    assert found.status is HealthStatus.UNHEALTHY
    assert found.checks["database"].description.startswith("Database connection is unhealthy")
    assert found.checks["schema"].status is HealthStatus.UNHEALTHY


async def test_a_redis_that_is_away_only_degrades() -> None:
    cache = build_cache("redis://127.0.0.1:1/0", "test")
    checks = HealthChecks({"redis": RedisCheck(cache), "redis_circuit": CircuitCheck(cache)})
    for _ in range(4):
        found = await checks.check()

    assert found.status is HealthStatus.DEGRADED
    assert found.checks["redis_circuit"].description == "The circuit is open"


async def test_a_product_without_redis_is_healthy() -> None:
    checks = HealthChecks({"redis": RedisCheck(build_cache("", "test"))})

    assert (await checks.check()).status is HealthStatus.HEALTHY


def test_the_worst_check_is_the_verdict() -> None:
    def found(*statuses: HealthStatus) -> HealthStatus:
        checks = {
            str(number): CheckView(status=status, description="", duration_ms=0)
            for number, status in enumerate(statuses)
        }
        return HealthView.of(checks).status

    assert found() is HealthStatus.HEALTHY
    assert found(HealthStatus.HEALTHY, HealthStatus.DEGRADED) is HealthStatus.DEGRADED
    assert found(HealthStatus.UNHEALTHY, HealthStatus.DEGRADED) is HealthStatus.UNHEALTHY


async def test_metrics_are_served_as_text(site: Any) -> None:
    answer = await site.get("/metrics")

    assert answer.headers["content-type"].startswith("text/plain")
    assert "workout_http_requests_total" in answer.text
