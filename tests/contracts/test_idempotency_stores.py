"""What the fake store and the one in PostgreSQL both promise."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from uuid import UUID, uuid4

import pytest

from tests.fakes.messaging import MemoryIdempotencyStore
from workout_application.messaging.actor import SYSTEM
from workout_application.messaging.idempotency import IdempotencyStore, StoredAnswer
from workout_presentation.composition.container import Container

ANSWER = StoredAnswer(201, (("location", "/x"), ("etag", '"1"')), b'{"a": "\xc3\xa9"}')
Opened = Callable[[], AbstractAsyncContextManager[IdempotencyStore]]


@pytest.fixture(params=["fake", "real"])
def opened(request: pytest.FixtureRequest, container: Container) -> Opened:
    """Return what opens one store for the length of a transaction."""
    fake = MemoryIdempotencyStore()

    @asynccontextmanager
    async def in_memory() -> AsyncIterator[IdempotencyStore]:
        yield fake

    @asynccontextmanager
    async def in_database() -> AsyncIterator[IdempotencyStore]:
        async with container.units_of_work().transaction(SYSTEM, appends=True):
            yield container.answers()

    return in_memory if request.param == "fake" else in_database


@pytest.fixture
def user_id() -> UUID:
    """Return somebody nobody else is."""
    return uuid4()


async def test_nothing_is_found_before_anything_was_kept(opened: Opened, user_id: UUID) -> None:
    async with opened() as store:
        assert await store.find(user_id, "k") is None


async def test_a_free_key_can_be_taken(opened: Opened, user_id: UUID) -> None:
    async with opened() as store:
        assert await store.try_lock(user_id, "k")


async def test_what_was_kept_is_found_whole(opened: Opened, user_id: UUID) -> None:
    async with opened() as store:
        await store.keep(user_id, "k", "print", ANSWER)
    async with opened() as store:
        found = await store.find(user_id, "k")

    assert found == ("print", ANSWER)


async def test_keys_are_told_apart_by_user_and_text(opened: Opened, user_id: UUID) -> None:
    async with opened() as store:
        await store.keep(user_id, "k", "print", ANSWER)

        assert await store.find(user_id, "K") is None
        assert await store.find(uuid4(), "k") is None


async def test_keeping_again_replaces(opened: Opened, user_id: UUID) -> None:
    async with opened() as store:
        await store.keep(user_id, "k", "print", ANSWER)
        await store.keep(user_id, "k", "other", StoredAnswer(200, (), b""))

        assert await store.find(user_id, "k") == ("other", StoredAnswer(200, (), b""))
