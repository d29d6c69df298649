"""Coaching relations: table, mapping, repository, reader."""

from typing import Any, Final
from uuid import UUID

from sqlalchemy import Column, Index, Table, Uuid, or_, select, text

from workout_application.coaching.views import RelationView
from workout_application.encoding import encode
from workout_application.messaging.actor import Actor
from workout_application.messaging.documents import Document
from workout_domain.coaching.errors import RelationExists, RelationNotFound
from workout_domain.coaching.relation import CoachingRelation, RelationStatus, Side
from workout_infrastructure.persistence.coaching.scopes import ScopeSet, only_scopes
from workout_infrastructure.persistence.database import DriverPool
from workout_infrastructure.persistence.failures import refuse_as
from workout_infrastructure.persistence.registry import (
    Instant,
    aggregate_columns,
    mapper_registry,
    metadata,
    reference,
    text_enum,
)
from workout_infrastructure.persistence.unit_of_work import CurrentWork
from workout_shared.pages import Page, PageRequest

relations = Table(
    "coaching_relations",
    metadata,
    *aggregate_columns(),
    Column("trainer_id", Uuid, reference("trainers.id", cascade=True), nullable=False),
    Column("trainer_user_id", Uuid, reference("users.id", cascade=True), nullable=False),
    Column("athlete_id", Uuid, reference("athletes.id", cascade=True), nullable=False),
    Column("athlete_user_id", Uuid, reference("users.id", cascade=True), nullable=False),
    Column("scopes", ScopeSet, nullable=False),
    Column("status", text_enum(RelationStatus, "status"), nullable=False),
    Column("paused_by", text_enum(Side, "paused_by")),
    Column("accepted_at", Instant, nullable=False),
    Column("ended_at", Instant),
    only_scopes(),
)
Index(
    "uq_coaching_relations_pair",
    relations.c.trainer_id,
    relations.c.athlete_id,
    unique=True,
    postgresql_where=text("status <> 'ended' AND deleted_at IS NULL"),
)
Index("ix_coaching_relations_trainer_id", relations.c.trainer_id)
Index("ix_coaching_relations_athlete_id", relations.c.athlete_id)
Index("ix_coaching_relations_trainer_user_id", relations.c.trainer_user_id)
Index("ix_coaching_relations_athlete_user_id", relations.c.athlete_user_id)

refuse_as(
    "uq_coaching_relations_pair", RelationExists("The two are in a coaching relation already.")
)


def map_relations() -> None:
    """Map relations."""
    mapper_registry.map_imperatively(
        CoachingRelation,
        relations,
        version_id_col=relations.c.revision,
        version_id_generator=False,
    )


class SqlRelationRepository:
    """Relations of the command in progress, locked as they are loaded."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    def add(self, relation: CoachingRelation) -> None:
        """Add a new relation; a second one of a pair is refused by a partial unique index."""
        work = self._work()
        work.session.add(relation)
        work.watch(relation)

    async def of_member(
        self, relation_id: UUID, *, trainer_id: UUID | None, athlete_id: UUID | None
    ) -> CoachingRelation:
        """Return a relation in which this trainer or this athlete takes part."""
        work = self._work()
        relation = await work.session.scalar(
            select(CoachingRelation)
            .where(
                relations.c.id == relation_id,
                or_(relations.c.trainer_id == trainer_id, relations.c.athlete_id == athlete_id),
            )
            .with_for_update()
        )
        if relation is None:
            raise RelationNotFound("No such relation.")
        work.watch(relation)
        return relation


_COLUMNS = """
r.id, r.trainer_id, t.first_name || ' ' || t.last_name AS trainer_name, r.athlete_id,
a.first_name || ' ' || a.last_name AS athlete_name, r.status, r.scopes, r.paused_by,
r.accepted_at, r.ended_at, r.created_at, r.updated_at, r.revision
"""
_VISIBLE = """
FROM coaching_relations r
JOIN users t ON t.id = r.trainer_user_id
JOIN users a ON a.id = r.athlete_user_id
WHERE (r.trainer_id = $1::uuid OR r.athlete_id = $2::uuid) AND r.deleted_at IS NULL
"""
_LISTED = f"{_VISIBLE} AND ($3::text IS NULL OR r.status = $3)"
_COUNT = f"SELECT count(*) {_LISTED}"
_PAGE = f"SELECT {_COLUMNS} {_LISTED} ORDER BY %s, r.id DESC LIMIT $4 OFFSET $5"
_ONE = f"SELECT {_COLUMNS} {_VISIBLE} AND r.id = $3::uuid"
_ORDER: Final = {
    "accepted_at": "r.accepted_at",
    "-accepted_at": "r.accepted_at DESC",
    "updated_at": "r.updated_at",
    "-updated_at": "r.updated_at DESC",
    "status": "r.status",
    "-status": "r.status DESC",
}


class SqlRelationReader:
    """Reads relations for those who take part in them."""

    def __init__(self, pool: DriverPool) -> None:
        self._pool = pool

    async def page(
        self, request: PageRequest, *, status: RelationStatus | None, visible_to: Actor
    ) -> Page[bytes]:
        """Return ``RelationView`` items; ties are broken by age."""
        asked = (*_sides(visible_to), status)
        order = _ORDER[request.sort or "-accepted_at"]
        async with self._pool.connection() as connection:
            total = await connection.fetchval(_COUNT, *asked)
            rows = await connection.fetch(_PAGE % order, *asked, request.page_size, request.offset)
        return Page(
            items=[_shown(row) for row in rows],
            page=request.page,
            page_size=request.page_size,
            total_items=total,
        )

    async def one(self, relation_id: UUID, *, visible_to: Actor) -> Document:
        """Return a ``RelationView``."""
        row = await self._pool.fetchrow(_ONE, *_sides(visible_to), relation_id)
        if row is None:
            raise RelationNotFound("No such relation.")
        return Document(_shown(row), row["revision"])


def _sides(actor: Actor) -> tuple[UUID | None, UUID | None]:
    return actor.trainer_profile_id, actor.athlete_profile_id


def _shown(row: Any) -> bytes:  # noqa: ANN401 - asyncpg's record
    return encode(RelationView(**row))
