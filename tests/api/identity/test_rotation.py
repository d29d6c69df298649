"""The secret is changed while people are signed in: nobody notices."""

from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest

from tests.builders.people import PASSWORD, People
from tests.conftest import running, settings_for
from workout_presentation.composition.container import build_container

OLD, NEW = "Jq5-old-8vTz1LmXw0cKpR7sYd3eGh2NbUfAo", "Wm9-new-4rHk6QyBx2JvTn8cZs1dLgPeFuIa"
GRACE = {"refresh_reuse_grace_seconds": 60}


@pytest.fixture(scope="module")
async def servers(
    database_url: str, redis_url: str
) -> AsyncIterator[tuple[httpx2.AsyncClient, httpx2.AsyncClient, httpx2.AsyncClient]]:
    """Return clients of a server before the change, after it, and after the old one is dropped."""
    secrets: list[dict[str, Any]] = [
        {"jwt_secret": OLD, "jwt_retired_secrets": NEW},
        {"jwt_secret": NEW, "jwt_retired_secrets": OLD},
        {"jwt_secret": NEW},
    ]
    settings = [settings_for(database_url, redis_url, **GRACE, **one) for one in secrets]
    containers = [build_container(one) for one in settings]
    async with (
        running(containers[0]) as before,
        running(containers[1]) as after,
        running(containers[2]) as later,
        httpx2.AsyncClient(base_url=f"{before.url}/api/v1") as first,
        httpx2.AsyncClient(base_url=f"{after.url}/api/v1") as second,
        httpx2.AsyncClient(base_url=f"{later.url}/api/v1") as third,
    ):
        yield first, second, third


async def signed_in(server: httpx2.AsyncClient, people: People) -> dict[str, Any]:
    """Register somebody and sign them in at a server."""
    name = (await people.athlete()).user["username"]
    answer = await server.post("/auth/login", json={"username": name, "password": PASSWORD})
    tokens: dict[str, Any] = answer.json()["data"]
    return tokens


def bearer(tokens: dict[str, Any]) -> dict[str, str]:
    """Return the header of a caller."""
    return {"Authorization": f"Bearer {tokens['access_token']}"}


Servers = tuple[httpx2.AsyncClient, httpx2.AsyncClient, httpx2.AsyncClient]


@pytest.mark.requirement("SEC-05", "IAM-14")
async def test_tokens_pass_both_ways_while_processes_are_replaced(
    servers: Servers, people: People
) -> None:
    before, after, _ = servers
    old, new = await signed_in(before, people), await signed_in(after, people)

    statuses = [
        (await server.get("/me", headers=bearer(tokens))).status_code
        for tokens in (old, new)
        for server in servers
    ]

    assert statuses == [200, 200, 401, 200, 200, 200]


@pytest.mark.requirement("IAM-15", "SEC-05")
async def test_a_client_that_lost_the_answer_gets_it_again_after_the_change(
    servers: Servers, people: People
) -> None:
    before, after, _ = servers
    first = await signed_in(before, people)
    body = {"refresh_token": first["refresh_token"]}
    lost = await before.post("/auth/refresh", json=body)
    again = await after.post("/auth/refresh", json=body)
    onward = {"refresh_token": again.json()["data"]["refresh_token"]}
    further = await after.post("/auth/refresh", json=onward)
    stolen = await after.post("/auth/refresh", json=body)

    assert (lost.status_code, again.status_code) == (200, 200)
    assert again.json()["data"]["refresh_token"] == lost.json()["data"]["refresh_token"]
    assert further.status_code == 200
    assert stolen.json()["code"] == "refresh_token_reused"


async def test_refresh_tokens_outlive_every_secret(servers: Servers, people: People) -> None:
    before, _, later = servers
    tokens = await signed_in(before, people)

    answer = await later.post("/auth/refresh", json={"refresh_token": tokens["refresh_token"]})

    assert answer.status_code == 200


async def test_an_answer_kept_under_a_key_is_given_again_after_the_change(
    servers: Servers, people: People
) -> None:
    before, after, later = servers
    coach = await people.trainer()
    login = {"username": coach.user["username"], "password": PASSWORD}
    path, key = "/coaching/invitations", {"Idempotency-Key": "rotation-of-the-secret"}
    answers = []
    for server in (before, after, later):
        tokens = (await server.post("/auth/login", json=login)).json()["data"]
        answers.append(await server.post(path, headers={**bearer(tokens), **key}))

    assert [answer.status_code for answer in answers] == [201, 201, 422]
    assert answers[0].json()["data"]["code"] == answers[1].json()["data"]["code"]
    assert answers[1].headers["idempotency-replayed"] == "true"
