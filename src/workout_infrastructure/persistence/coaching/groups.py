"""Groups of athletes: tables, mapping, repository, reader."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    Column,
    Index,
    PrimaryKeyConstraint,
    String,
    Table,
    Uuid,
    func,
    select,
    text,
)
from sqlalchemy.orm import raiseload, relationship, selectinload

from workout_application.coaching.views import GroupView
from workout_application.encoding import encode
from workout_application.messaging.actor import Actor
from workout_application.messaging.documents import Document
from workout_domain.coaching.errors import GroupNameTaken, GroupNotFound
from workout_domain.coaching.group import (
    LONGEST_DESCRIPTION,
    LONGEST_NAME,
    AthleteGroup,
    GroupMember,
)
from workout_infrastructure.persistence.database import DriverPool
from workout_infrastructure.persistence.failures import refuse_as
from workout_infrastructure.persistence.lists import SqlList
from workout_infrastructure.persistence.registry import (
    aggregate_columns,
    collection,
    mapper_registry,
    metadata,
    reference,
)
from workout_infrastructure.persistence.unit_of_work import CurrentWork
from workout_shared.pages import Page, PageRequest

groups = Table(
    "coaching_groups",
    metadata,
    *aggregate_columns(),
    Column("trainer_id", Uuid, reference("trainers.id", cascade=True), nullable=False),
    Column("name", String(LONGEST_NAME), nullable=False),
    Column("description", String(LONGEST_DESCRIPTION)),
)
Index(
    "uq_coaching_groups_name",
    groups.c.trainer_id,
    func.lower(groups.c.name),
    unique=True,
    postgresql_where=text("deleted_at IS NULL"),
)
Index("ix_coaching_groups_trainer_id", groups.c.trainer_id, groups.c.created_at)

group_members = Table(
    "coaching_group_members",
    metadata,
    Column("group_id", Uuid, reference("coaching_groups.id", cascade=True), nullable=False),
    Column("relation_id", Uuid, reference("coaching_relations.id", cascade=True), nullable=False),
    Column("athlete_id", Uuid, reference("athletes.id", cascade=True), nullable=False),
    PrimaryKeyConstraint("group_id", "relation_id"),
)
Index("ix_coaching_group_members_relation_id", group_members.c.relation_id)
Index("ix_coaching_group_members_athlete_id", group_members.c.athlete_id)

refuse_as("uq_coaching_groups_name", GroupNameTaken("You have a group of this name already."))


def map_groups() -> None:
    """Map groups; their members are loaded by name (select-in), never implicitly."""
    mapper_registry.map_imperatively(GroupMember, group_members)
    mapper_registry.map_imperatively(
        AthleteGroup,
        groups,
        version_id_col=groups.c.revision,
        version_id_generator=False,
        properties={
            "_members": relationship(GroupMember, lazy="raise", cascade="all, delete-orphan")
        },
    )


# Groups before their members, as whoever changes a group locks them.
_TAKE_OUT = """
WITH left_by AS (
    UPDATE coaching_groups SET revision = revision + 1, updated_at = $2::timestamptz
    WHERE deleted_at IS NULL
    AND id IN (SELECT group_id FROM coaching_group_members WHERE relation_id = $1::uuid)
    RETURNING id)
DELETE FROM coaching_group_members
WHERE relation_id = $1::uuid AND group_id IN (SELECT id FROM left_by)
"""


class SqlGroupRepository:
    """Groups of the command in progress, always with their members (select-in)."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    def add(self, group: AthleteGroup) -> None:
        """Add a new group."""
        work = self._work()
        work.session.add(group)
        work.watch(group)

    async def of_trainer(self, trainer_id: UUID, group_id: UUID) -> AthleteGroup:
        """Return a group of this trainer."""
        work = self._work()
        group: AthleteGroup | None = await work.session.scalar(
            select(AthleteGroup)
            .where(groups.c.id == group_id, groups.c.trainer_id == trainer_id)
            .options(selectinload(collection(AthleteGroup, "_members")), raiseload("*"))
            .with_for_update(of=groups)
        )
        if group is None:
            raise GroupNotFound("No such group.")
        work.watch(group)
        return group

    async def take_out(self, relation_id: UUID, *, at: datetime) -> None:
        """Take the athlete of an ended relation out of every group."""
        await self._work().execute(_TAKE_OUT, relation_id, at)


_COLUMNS: Final = """
g.id, g.name, g.description,
array(SELECT m.athlete_id::text FROM coaching_group_members m WHERE m.group_id = g.id
      ORDER BY m.athlete_id) AS athlete_ids,
g.created_at, g.updated_at, g.revision
"""
_CONDITIONS: Final = {"trainer": "g.trainer_id = {0}::uuid", "id": "g.id = {0}::uuid"}
_SORTS: Final = {
    "name": "lower(g.name), g.id",
    "-name": "lower(g.name) DESC, g.id DESC",
    "created_at": "g.created_at, g.id",
    "-created_at": "g.created_at DESC, g.id DESC",
}


class SqlGroupReader:
    """Reads a trainer's own groups."""

    def __init__(self, pool: DriverPool) -> None:
        self._list = SqlList(
            pool,
            columns=_COLUMNS,
            table="coaching_groups",
            alias="g",
            newest_by="created_at",
            sorts=_SORTS,
            conditions=_CONDITIONS,
            shown=_shown,
        )

    async def page(self, request: PageRequest, *, visible_to: Actor) -> Page[bytes]:
        """Return ``GroupView`` items."""
        return await self._list.page((("trainer", (visible_to.trainer_id,)),), request)

    async def one(self, group_id: UUID, *, visible_to: Actor) -> Document:
        """Return a ``GroupView``."""
        narrowing = (("trainer", (visible_to.trainer_id,)), ("id", (group_id,)))
        row = await self._list.one(narrowing, _COLUMNS)
        if row is None:
            raise GroupNotFound("No such group.")
        return Document(_shown(row), row["revision"])


def _shown(row: Mapping[str, Any]) -> bytes:
    return encode(GroupView(**row))
