"""Who is signed in is known to the database: to every process, with Redis or with an empty one."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import httpx2
import pytest
import redis.asyncio as redis

from tests.api.identity.test_sign_in import refresh, status_of_me
from tests.builders.people import PASSWORD, People, Person
from tests.conftest import running, settings_for
from workout_infrastructure.local import EmbeddedRedis
from workout_presentation.composition.container import build_container

Api = httpx2.AsyncClient


@pytest.fixture
async def pair(database_url: str, tmp_path: Any) -> AsyncIterator[tuple[Api, Api, str]]:
    """Return clients of two API processes, and the Redis they share."""
    with EmbeddedRedis(tmp_path, durable=False) as server:
        url = server.start()
        async with AsyncExitStack() as stack:
            clients = []
            for _ in range(2):
                one = await stack.enter_async_context(
                    running(build_container(settings_for(database_url, url)))
                )
                client = Api(base_url=f"{one.url}/api/v1", timeout=20)
                clients.append(await stack.enter_async_context(client))
            yield clients[0], clients[1], url


async def signed_in(api: Api, people: People) -> Person:
    """Sign somebody in at one process."""
    person = await people.athlete()
    body = {"username": person.user["username"], "password": PASSWORD}
    tokens = (await api.post("/auth/login", json=body)).json()["data"]
    return Person(api, person.user, tokens)


@pytest.mark.requirement("CAC-34", "IAM-12")
async def test_a_session_begun_on_one_process_works_and_goes_on_on_another(
    pair: tuple[Api, Api, str], people: People
) -> None:
    first, second, _ = pair
    person = await signed_in(first, people)

    assert await status_of_me(second, person.tokens) == 200
    renewed = (await refresh(second, person.tokens["refresh_token"])).json()["data"]
    assert await status_of_me(first, renewed) == 200
    assert (await refresh(first, renewed["refresh_token"])).status_code == 200


@pytest.mark.requirement("CAC-34", "IAM-15")
async def test_emptying_redis_signs_nobody_out_and_readmits_nobody(
    pair: tuple[Api, Api, str], people: People
) -> None:
    first, second, url = pair
    staying, leaving = await signed_in(first, people), await signed_in(first, people)
    spent = staying.tokens["refresh_token"]
    staying.tokens = (await refresh(first, spent)).json()["data"]
    out = await first.post("/auth/logout", json=leaving.tokens_to_refresh())
    assert out.status_code == 204
    client: Any = redis.from_url(url)
    await client.flushall()
    await client.aclose()

    for api in (second, first):
        assert await status_of_me(api, staying.tokens) == 200
        assert await status_of_me(api, leaving.tokens) == 401
        assert (await refresh(api, leaving.tokens["refresh_token"])).status_code == 401
    assert (await refresh(second, staying.tokens["refresh_token"])).status_code == 200
    assert (await refresh(second, spent)).json()["code"] == "refresh_token_reused"
