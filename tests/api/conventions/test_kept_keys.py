"""Keys in Redis: named by one convention, each with an end, each person's apart."""

import re
from collections.abc import AsyncIterator
from typing import Any, Final

import pytest
from redis.asyncio import Redis

from tests.builders.people import People
from workout_presentation.composition.container import Container

CONVENTION: Final = re.compile(r"workout:test:main:[a-z]+:[^:]+:.+")


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[Any]:
    """Return a bare client, to look at what was really written."""
    client = Redis.from_url(redis_url, decode_responses=True)
    yield client
    await client.aclose()


async def keys_of(redis: Any, category: str = "") -> set[str]:
    """Return the keys of the server under test."""
    found = redis.scan_iter(f"workout:test:*{category}*", count=10_000)
    return {key async for key in found}


@pytest.mark.requirement("CAC-21", "CAC-22")
async def test_every_key_says_app_environment_tenant_category_owner_and_name(
    people: People, container: Container, redis: Any
) -> None:
    trainer, _ = await people.coached_pair()
    assert (await trainer.get("/exercises")).status_code == 200
    await container.limiter().hit("sign_in", "somebody")
    await container.cache().remove_by_tag("reports:somebody:sets")
    await container.cache().probe()
    await container.cache().lock("reports:somebody:volume", "me", seconds=5)

    keys = await keys_of(redis)

    categories = {key.split(":")[3] for key in keys}
    assert {"catalogue", "limits", "tag", "health", "lock"} <= categories
    assert [key for key in keys if not CONVENTION.fullmatch(key)] == []
    assert [key for key in keys if await redis.pttl(key) < 0] == []


@pytest.mark.requirement("CAC-25", "CAC-09")
async def test_one_url_asked_by_two_people_is_kept_twice(people: People, redis: Any) -> None:
    ana, ben = await people.athlete(), await people.trainer()
    for person in (ana, ben, ana):
        assert (await person.get("/exercises?search=squat")).status_code == 200

    keys = await keys_of(redis, "catalogue")

    of_each = [[key for key in keys if f":{one.user['id']}:" in key] for one in (ana, ben)]
    assert [len(of_one) for of_one in of_each] == [1, 1]
