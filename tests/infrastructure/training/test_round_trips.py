"""Every aggregate comes back as it was saved, and is saved only where it changed."""

import importlib
import pkgutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, inspect, select, update
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import RelationshipProperty, selectinload
from sqlalchemy.orm.exc import StaleDataError

import workout_domain
from tests.builders.aggregates import EXAMPLES
from tests.builders.coaching import NOON
from tests.infrastructure.training.conftest import Adapters
from workout_application.messaging.actor import SYSTEM
from workout_domain.kernel.aggregate import Aggregate
from workout_domain.kernel.errors import StaleRevision
from workout_domain.notifications.notification import Notification
from workout_domain.training.workout_session import WorkoutSession
from workout_infrastructure.persistence.failures import translated
from workout_infrastructure.persistence.mapping import map_everything
from workout_infrastructure.persistence.registry import mapper_registry

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "guides" / "loading-strategies.md"
map_everything()
MAPPED = [kind for kind in EXAMPLES if kind is not Notification]


def aggregates() -> set[type[Aggregate]]:
    """Return every aggregate of the product."""
    for module in pkgutil.walk_packages(workout_domain.__path__, "workout_domain."):
        importlib.import_module(module.name)
    found, waiting = set[type[Aggregate]](), [Aggregate]
    while waiting:
        below = [
            kind
            for kind in waiting.pop().__subclasses__()
            if kind.__module__.startswith("workout_domain.")
        ]
        found.update(below)
        waiting += below
    return found


def fields_of(thing: Any, like: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return an object's fields and those of everything in it; those of ``like`` where given."""
    names = like or [name for name in vars(thing) if name not in {"_recorded", "_weight", "_unit"}]
    return {
        name: shown(getattr(thing, name), like and like[name])
        for name in names
        if not name.startswith("_sa_")
    }


def shown(value: Any, like: Any) -> Any:
    """Take children apart; their order in memory says nothing."""
    if not isinstance(value, list) or not value or not hasattr(value[0], "__dict__"):
        return value
    children = sorted(value, key=lambda child: str(getattr(child, "id", vars(child).get("role"))))
    likes = like or [None] * len(children)
    return [fields_of(child, one) for child, one in zip(children, likes, strict=True)]


@asynccontextmanager
async def undone(adapters: Adapters) -> AsyncIterator[AsyncSession]:
    """Open a session of which nothing stays; references are checked only at a commit."""
    async with adapters.container.sessions()() as session:
        yield session
        # What a test still looks at keeps its state.
        session.expunge_all()
        await session.rollback()


async def saved(session: AsyncSession, aggregate: Any) -> Any:
    """Save and forget."""
    session.add(aggregate)
    await session.flush()
    session.expunge_all()
    return aggregate.id


async def loaded(session: AsyncSession, kind: type[Any], identifier: Any) -> Any:
    """Load an aggregate with everything in it."""
    found = select(kind).where(kind.id == identifier).options(selectinload("*"))
    return (await session.scalars(found)).one()


def rows_of(thing: Any) -> Iterator[Any]:
    """Go through an aggregate and everything in it."""
    yield thing
    for value in list(vars(thing).values()):
        if isinstance(value, list) and value and hasattr(value[0], "_sa_instance_state"):
            for child in value:
                yield from rows_of(child)


def test_every_aggregate_has_an_example() -> None:
    assert aggregates() == set(EXAMPLES)


@pytest.mark.parametrize("kind", MAPPED)
async def test_an_aggregate_comes_back_as_it_was_saved(
    kind: type[Aggregate], adapters: Adapters
) -> None:
    aggregate = EXAMPLES[kind]()
    before = fields_of(aggregate)

    async with undone(adapters) as session:
        after = await loaded(session, kind, await saved(session, aggregate))

    assert after is not aggregate
    assert fields_of(after, before) == before
    assert after.take_events() == ()


@pytest.mark.parametrize("kind", MAPPED)
async def test_examples_leave_no_column_empty(kind: type[Aggregate], adapters: Adapters) -> None:
    async with undone(adapters) as session:
        after = await loaded(session, kind, await saved(session, EXAMPLES[kind]()))
        filled: dict[str, bool] = {}
        for thing in rows_of(after):
            for attribute in inspect(type(thing)).column_attrs:
                column = f"{type(thing).__name__}.{attribute.key}"
                is_filled = getattr(thing, attribute.key) is not None
                filled[column] = filled.get(column, False) or is_filled

    empty = {column for column, is_filled in filled.items() if not is_filled}
    assert {column for column in empty if not column.endswith(".deleted_at")} == set()


async def test_a_notification_comes_back_as_it_was_saved(adapters: Adapters) -> None:
    from workout_infrastructure.persistence.notifications.notifications import (
        SqlNotificationRepository,
    )

    notification = EXAMPLES[Notification]()
    assert isinstance(notification, Notification)
    repository = SqlNotificationRepository(adapters.container.work())
    found: list[Notification] = []

    async def add_and_fail() -> None:
        async with adapters.container.units_of_work().transaction(SYSTEM, appends=True):
            await repository.add(notification)
            found.append(await repository.of_user(notification.user_id, notification.id))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await add_and_fail()

    assert fields_of(found[0]) == fields_of(notification)


@pytest.mark.requirement("DBR-20")
@pytest.mark.parametrize("kind", MAPPED)
async def test_saving_an_unchanged_aggregate_writes_nothing(
    kind: type[Aggregate], adapters: Adapters
) -> None:
    async with undone(adapters) as session:
        after = await loaded(session, kind, await saved(session, EXAMPLES[kind]()))
        for thing in rows_of(after):
            for attribute in inspect(type(thing)).column_attrs:
                setattr(thing, attribute.key, getattr(thing, attribute.key))
        adapters.statements.forget()
        await session.flush()

        assert adapters.statements.all == []


@pytest.mark.requirement("DBR-03")
@pytest.mark.parametrize("kind", MAPPED)
async def test_a_change_raises_the_stored_revision_and_stamp(
    kind: type[Any], adapters: Adapters
) -> None:
    later = NOON + timedelta(days=3)

    async with undone(adapters) as session:
        identifier = await saved(session, EXAMPLES[kind]())
        first = await loaded(session, kind, identifier)
        created, revision = first.created_at, first.revision
        first._touch(at=later)
        await session.flush()
        session.expunge_all()
        second = await loaded(session, kind, identifier)

    assert (second.revision, second.updated_at) == (revision + 1, later)
    assert second.created_at == created
    assert second.updated_at.utcoffset() == timedelta(0)


@pytest.mark.parametrize("kind", MAPPED)
async def test_the_second_of_two_writers_is_stale(kind: type[Any], adapters: Adapters) -> None:
    async with undone(adapters) as session:
        mine = await loaded(session, kind, await saved(session, EXAMPLES[kind]()))
        await session.execute(
            update(kind)
            .where(kind.id == mine.id)
            .values(revision=kind.revision + 1)
            .execution_options(synchronize_session=False)
        )
        mine._touch(at=NOON)

        with pytest.raises(StaleDataError) as stale:
            await session.flush()

    assert isinstance(translated(stale.value), StaleRevision)


@pytest.mark.requirement("TRN-10", "DBR-04")
@pytest.mark.parametrize("kind", MAPPED)
async def test_a_deleted_aggregate_is_hidden_and_its_row_stays(
    kind: type[Any], adapters: Adapters
) -> None:
    async with undone(adapters) as session:
        one = await loaded(session, kind, await saved(session, EXAMPLES[kind]()))
        one.deleted_at = NOON
        await session.flush()
        session.expunge_all()
        table = inspect(kind).local_table
        hidden = await session.scalar(select(kind).where(kind.id == one.id))
        rows = await session.scalar(
            select(func.count()).select_from(table).where(table.c.id == one.id)
        )

    assert (hidden, rows) == (None, 1)


RELATIONS: list[RelationshipProperty[Any]] = [
    relation for mapper in mapper_registry.mappers for relation in mapper.relationships
]


@pytest.mark.requirement("DBR-24")
def test_relations_are_loaded_by_name_or_with_their_owner_as_the_guide_says() -> None:
    strategies = {str(relation): relation.lazy for relation in RELATIONS}
    rows = [line for line in GUIDE.read_text(encoding="utf-8").splitlines() if " → " in line]
    told = {
        relation: any(
            f"`{relation.partition('.')[0]}` → " in row and f"| `{lazy}` |" in row for row in rows
        )
        for relation, lazy in strategies.items()
    }

    assert set(strategies.values()) == {"raise", "selectin"}
    assert strategies["User._roles"] == "selectin"
    assert told == dict.fromkeys(strategies, True)


@pytest.mark.requirement("DBR-28")
@pytest.mark.parametrize(
    "relation", sorted((one for one in RELATIONS if one.lazy == "raise"), key=str), ids=str
)
async def test_what_was_not_asked_for_raises(
    relation: RelationshipProperty[Any], adapters: Adapters
) -> None:
    kind = relation.parent.class_
    root = kind if kind in EXAMPLES else WorkoutSession

    async with undone(adapters) as session:
        await saved(session, EXAMPLES[root]())
        bare = (await session.scalars(select(kind).limit(1))).one()

        with pytest.raises(InvalidRequestError, match="raise"):
            getattr(bare, relation.key)
