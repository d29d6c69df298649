"""Plate inventories: table, mapping, repository, reader, erasure."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Boolean, Column, Index, String, Table, Uuid, func, select, text

from workout_application.encoding import decode, encode
from workout_application.messaging.actor import Actor
from workout_application.messaging.documents import Document
from workout_application.strength.ports import FoundInventory
from workout_application.strength.views import PlateInventoryView
from workout_domain.strength.errors import PlateInventoryNameTaken, PlateInventoryNotFound
from workout_domain.strength.plate_inventory import LONGEST_NAME, PlateInventory
from workout_infrastructure.persistence.database import DriverPool
from workout_infrastructure.persistence.failures import refuse_as
from workout_infrastructure.persistence.lists import Narrowing, SqlList
from workout_infrastructure.persistence.registry import (
    aggregate_columns,
    mapper_registry,
    metadata,
    reference,
)
from workout_infrastructure.persistence.strength.contents import ContentsColumn, unpacked
from workout_infrastructure.persistence.unit_of_work import CurrentWork
from workout_shared.pages import Page, PageRequest

plate_inventories = Table(
    "plate_inventories",
    metadata,
    *aggregate_columns(),
    Column("user_id", Uuid, reference("users.id", cascade=True), nullable=False),
    Column("name", String(LONGEST_NAME), nullable=False),
    Column("is_default", Boolean, nullable=False),
    Column("contents", ContentsColumn, nullable=False),
)
_LIVE = text("deleted_at IS NULL")
Index(
    "uq_plate_inventories_name",
    plate_inventories.c.user_id,
    func.lower(plate_inventories.c.name),
    unique=True,
    postgresql_where=_LIVE,
)
Index(
    "uq_plate_inventories_default",
    plate_inventories.c.user_id,
    unique=True,
    postgresql_where=text("is_default AND deleted_at IS NULL"),
)
Index("ix_plate_inventories_user_id", plate_inventories.c.user_id, plate_inventories.c.created_at)

refuse_as(
    "uq_plate_inventories_name",
    PlateInventoryNameTaken("You have a plate inventory of this name already."),
)

_HOLD: Final = "SELECT pg_advisory_xact_lock(hashtextextended($1::text, 1))"
_HAS_ONE: Final = """
SELECT EXISTS (SELECT 1 FROM plate_inventories
               WHERE user_id = $1::uuid AND deleted_at IS NULL) AS has_one
"""
_ERASE: Final = "DELETE FROM plate_inventories WHERE user_id = $1::uuid"


def map_plate_inventories() -> None:
    """Map inventories; what they hold is one value."""
    mapper_registry.map_imperatively(
        PlateInventory,
        plate_inventories,
        version_id_col=plate_inventories.c.revision,
        version_id_generator=False,
    )


class SqlPlateInventoryRepository:
    """Inventories of the command in progress."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    def add(self, inventory: PlateInventory) -> None:
        """Add a new inventory."""
        work = self._work()
        work.session.add(inventory)
        work.watch(inventory)

    async def of_user(self, user_id: UUID, inventory_id: UUID) -> PlateInventory:
        """Return a user's own inventory."""
        work = self._work()
        inventory: PlateInventory | None = await work.session.scalar(
            select(PlateInventory)
            .where(plate_inventories.c.id == inventory_id, plate_inventories.c.user_id == user_id)
            .with_for_update()
        )
        if inventory is None:
            raise PlateInventoryNotFound("No such plate inventory.")
        work.watch(inventory)
        return inventory

    async def hold(self, user_id: UUID) -> bool:
        """Take an advisory lock for the user until the transaction ends."""
        work = self._work()
        await work.fetchrow(_HOLD, f"plate_inventories:{user_id}")
        return bool((await work.fetchrow(_HAS_ONE, user_id))["has_one"])

    async def clear_default(self, user_id: UUID, *, at: datetime) -> None:
        """Write the old default one before the new one, as the index of both demands."""
        work = self._work()
        present: PlateInventory | None = await work.session.scalar(
            select(PlateInventory)
            .where(plate_inventories.c.user_id == user_id, plate_inventories.c.is_default)
            .with_for_update()
        )
        if present is not None:
            work.watch(present)
            present.make_way(at=at)
            await work.session.flush()


_COLUMNS: Final = """
i.id, i.name, i.is_default, i.contents::text AS contents, i.created_at, i.updated_at, i.revision
"""
_CONDITIONS: Final = {
    "user": "i.user_id = {0}::uuid",
    "id": "i.id = {0}::uuid",
    "default": "i.is_default",
}
_SORTS: Final = {
    "name": "lower(i.name), i.id",
    "-name": "lower(i.name) DESC, i.id DESC",
    "created_at": "i.created_at, i.id",
    "-created_at": "i.created_at DESC, i.id DESC",
}


class SqlPlateInventoryReader:
    """Reads a user's own inventories."""

    def __init__(self, pool: DriverPool) -> None:
        self._list = SqlList(
            pool,
            columns=_COLUMNS,
            table="plate_inventories",
            alias="i",
            newest_by="created_at",
            sorts=_SORTS,
            conditions=_CONDITIONS,
            shown=_shown,
        )

    async def page(self, request: PageRequest, *, visible_to: Actor) -> Page[bytes]:
        """Return ``PlateInventoryView`` items."""
        return await self._list.page((("user", (visible_to.id,)),), request)

    async def one(self, inventory_id: UUID, *, visible_to: Actor) -> Document:
        """Return a ``PlateInventoryView``."""
        row = await self._row(("id", (inventory_id,)), visible_to)
        if row is None:
            raise PlateInventoryNotFound("No such plate inventory.")
        return Document(_shown(row), row["revision"])

    async def contents(
        self, inventory_id: UUID | None, *, visible_to: Actor
    ) -> FoundInventory | None:
        """Return what the inventory holds, or the default one."""
        if inventory_id is None:
            row = await self._row(("default", ()), visible_to)
        else:
            row = await self._row(("id", (inventory_id,)), visible_to)
            if row is None:
                raise PlateInventoryNotFound("No such plate inventory.")
        if row is None:
            return None
        return FoundInventory(row["id"], unpacked(decode(row["contents"])))

    async def _row(self, which: tuple[str, tuple[object, ...]], visible_to: Actor) -> Any:  # noqa: ANN401 - a row or None
        narrowing: Narrowing = (("user", (visible_to.id,)), which)
        return await self._list.one(narrowing, _COLUMNS)


class SqlOwnedInventories:
    """Plate inventories of a deleted account, in the reaction in progress."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    async def erase(self, user_id: UUID) -> None:
        """Delete them, those deleted before included."""
        await self._work().execute(_ERASE, user_id)


def _shown(row: Mapping[str, Any]) -> bytes:
    known = {name: row[name] for name in ("id", "name", "is_default", "created_at", "updated_at")}
    contents = unpacked(decode(row["contents"]))
    return encode(PlateInventoryView.showing(contents, **known, revision=row["revision"]))
