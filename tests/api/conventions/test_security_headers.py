"""What every answer tells a browser and a cache, and what it does not tell anybody."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx2
import pytest

from tests.builders.people import PASSWORD, People
from tests.conftest import RunningServer, running, settings_for
from workout_presentation.composition.container import build_container

EVERYWHERE = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
}
NOTHING = "default-src 'none'; frame-ancestors 'none'"
CONTACT = "mailto:security@example.com"


@pytest.mark.requirement("SEC-12")
@pytest.mark.parametrize(
    "path",
    ["/health", "/api/v1/me", "/nothing", "/api/v1/openapi.json", "/metrics", "/docs"],
)
async def test_every_answer_carries_the_headers_and_names_no_server(
    site: httpx2.AsyncClient, path: str
) -> None:
    answer = await site.get(path)

    assert {name: answer.headers.get(name) for name in EVERYWHERE} == EVERYWHERE
    assert "server" not in answer.headers
    assert "x-powered-by" not in answer.headers


@pytest.mark.requirement("SEC-12")
@pytest.mark.parametrize("path", ["/health", "/api/v1/me", "/nothing", "/api/v2/x"])
async def test_what_is_no_page_may_do_nothing(site: httpx2.AsyncClient, path: str) -> None:
    answer = await site.get(path)

    assert answer.headers.get_list("content-security-policy") == [NOTHING]


@pytest.mark.requirement("SEC-12")
@pytest.mark.parametrize("path", ["/docs", "/problems/not_found"])
async def test_a_page_has_one_policy_of_its_own_and_no_features(
    site: httpx2.AsyncClient, path: str
) -> None:
    page = await site.get(path, headers={"Accept": "text/html"})

    (policy,) = page.headers.get_list("content-security-policy")
    assert page.headers["content-type"].startswith("text/html")
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "camera=()" in page.headers["permissions-policy"]
    assert page.headers["cross-origin-opener-policy"] == "same-origin"


@pytest.mark.requirement("SEC-12")
async def test_tokens_are_stored_by_no_cache_and_what_is_somebodys_by_no_shared_one(
    api: httpx2.AsyncClient, people: People
) -> None:
    person = await people.athlete()
    credentials = {"username": person.user["username"], "password": PASSWORD}
    signed_in = await api.post("/auth/login", json=credentials)
    secrets = [
        signed_in,
        await api.post("/auth/refresh", json={"refresh_token": "x"}),
        await api.post("/auth/login", json={}),
        await api.post("/auth/logout", json={"refresh_token": "x"}),
    ]

    caches = [answer.headers.get_list("cache-control") for answer in secrets]
    assert signed_in.status_code == 200
    assert caches == [["no-store"]] * 4
    assert (await person.get("/me")).headers["cache-control"] == "private, no-cache"
    assert (await api.get("/me")).headers["cache-control"] == "no-store"


@pytest.fixture
async def told(database_url: str, redis_url: str) -> AsyncIterator[RunningServer]:
    """Serve the product of an operator who can be told of holes, at a public address."""
    settings = settings_for(
        database_url,
        redis_url,
        security_contact=CONTACT,
        public_url="https://workout.example",
    )
    async with running(build_container(settings)) as server:
        yield server


@pytest.mark.requirement("SEC-12")
async def test_who_finds_a_hole_is_told_whom_to_tell(told: RunningServer) -> None:
    async with httpx2.AsyncClient(base_url=told.url) as client:
        answer = await client.get("/.well-known/security.txt")

    lines = dict(re.findall(r"^([\w-]+): (.*)$", answer.text, re.MULTILINE))
    expires = datetime.fromisoformat(lines["Expires"])
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert lines["Contact"] == CONTACT
    assert lines["Canonical"] == "https://workout.example/.well-known/security.txt"
    assert timedelta(days=30) < expires - datetime.now(UTC) < timedelta(days=365)


async def test_where_nobody_is_named_there_is_no_such_file(site: httpx2.AsyncClient) -> None:
    assert (await site.get("/.well-known/security.txt")).status_code == 404
