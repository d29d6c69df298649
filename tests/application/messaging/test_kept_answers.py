"""Queries whose answers are kept, and commands that make them stale."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

import pytest

from workout_application.messaging.actor import Actor
from workout_application.messaging.behaviours.cache import Cache
from workout_application.messaging.behaviours.outdate import Outdate
from workout_application.messaging.keeping import Keeper
from workout_application.messaging.messages import (
    CachedQuery,
    CachePolicy,
    Command,
    Message,
    Query,
    Shelf,
)
from workout_shared.pages import Page

ANA, BEN = Actor(user_id=UUID(int=1)), Actor(user_id=UUID(int=2))


@dataclass(frozen=True, slots=True, kw_only=True)
class ListThings(CachedQuery[Page[bytes]]):
    """Answers with a page."""

    cache: ClassVar[CachePolicy] = CachePolicy(category="things", tags=("things",))
    answer: ClassVar[Any] = Page[bytes]

    search: str = ""


class CountThings(Query[int]):
    """Is not kept."""


class AddThing(Command[None]):
    """Makes lists stale."""

    outdates: ClassVar[tuple[str, ...]] = ("things",)


class EndRelation(Command[None]):
    """Knows nothing of things."""


class DictionaryCache:
    """Keeps everything for ever and remembers what was outdated."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.outdated: list[str] = []

    async def get_or_make(self, shelf: Shelf, make: Callable[[], Awaitable[bytes]]) -> bytes:
        """Return the kept answer, or make and keep it."""
        if shelf.key not in self.kept:
            self.kept[shelf.key] = await make()
        return self.kept[shelf.key]

    async def remove_by_tag(self, *tags: str) -> None:
        """Remember the tags."""
        self.outdated.extend(tags)


async def a_page(_message: Message[Any], _actor: Actor) -> Page[bytes]:
    """Answer with a page of encoded items."""
    return Page(items=[b'{"id":1}'], page=1, page_size=10, total_items=1)


async def test_a_kept_answer_comes_back_as_what_it_was() -> None:
    cache = DictionaryCache()
    first = await Cache(Keeper(cache)).handle(ListThings(), ANA, a_page)

    again = await Cache(Keeper(cache)).handle(ListThings(), ANA, a_page)

    assert first == again == await a_page(ListThings(), ANA)
    assert len(cache.kept) == 1


async def test_the_key_tells_callers_and_fields_apart() -> None:
    keys = {
        ListThings().shelf(ANA).key,
        ListThings().shelf(BEN).key,
        ListThings(search="x").shelf(ANA).key,
        ListThings(search="x" * 1000).shelf(ANA).key,
    }

    assert len(keys) == 4
    assert all(key.startswith("things:") and len(key) < 120 for key in keys)


async def test_what_another_release_kept_is_made_anew() -> None:
    cache = DictionaryCache()
    cache.kept[ListThings().shelf(ANA).key] = b"\xc1 no such form"

    assert await Cache(Keeper(cache)).handle(ListThings(), ANA, a_page) == await a_page(
        ListThings(), ANA
    )


async def test_a_query_that_declares_nothing_is_not_kept() -> None:
    cache = DictionaryCache()

    await Cache(Keeper(cache)).handle(CountThings(), ANA, a_page)

    assert cache.kept == {}


async def test_a_command_outdates_its_own_tags_and_those_named_elsewhere() -> None:
    cache = DictionaryCache()
    outdate = Outdate(cache, {EndRelation: ("catalogue",)})

    await outdate.handle(AddThing(), ANA, a_page)
    await outdate.handle(EndRelation(), ANA, a_page)

    assert cache.outdated == ["things", "catalogue"]


async def test_a_command_that_fails_outdates_nothing() -> None:
    cache = DictionaryCache()

    async def fail(_message: Message[Any], _actor: Actor) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        await Outdate(cache, {}).handle(AddThing(), ANA, fail)

    assert cache.outdated == []
