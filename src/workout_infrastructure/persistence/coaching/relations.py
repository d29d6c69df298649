"""Coaching relations: table, mapping, repository, reader."""

from collections.abc import Collection
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Index, String, Table, Uuid, or_, select, text
from sqlalchemy.orm import composite

from workout_application.coaching.views import RelationView, TransferView
from workout_application.encoding import encode
from workout_application.messaging.actor import Actor
from workout_application.messaging.documents import Document
from workout_domain.coaching.errors import (
    RelationExists,
    RelationNotActive,
    RelationNotFound,
)
from workout_domain.coaching.relation import (
    LONGEST_TRANSFER_MESSAGE,
    CoachingRelation,
    ProposedTransfer,
    RelationStatus,
    Side,
)
from workout_domain.kernel.access import AthleteNotFound
from workout_infrastructure.persistence.coaching.access import stands
from workout_infrastructure.persistence.coaching.scopes import scopes_column
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
    *scopes_column(),
    Column("status", text_enum(RelationStatus, "status"), nullable=False),
    Column("paused_by", text_enum(Side, "paused_by")),
    Column("accepted_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("transfer_trainer_id", Uuid, reference("trainers.id", forget=True)),
    Column("transfer_trainer_user_id", Uuid, reference("users.id", forget=True)),
    Column("transfer_proposed_at", Instant),
    Column("transfer_message", String(LONGEST_TRANSFER_MESSAGE)),
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
Index("ix_coaching_relations_transfer_trainer_id", relations.c.transfer_trainer_id)
Index("ix_coaching_relations_transfer_trainer_user_id", relations.c.transfer_trainer_user_id)
Index("ix_coaching_relations_trainer_user_id", relations.c.trainer_user_id)
Index("ix_coaching_relations_athlete_user_id", relations.c.athlete_user_id)

refuse_as(
    "uq_coaching_relations_pair", RelationExists("The two are in a coaching relation already.")
)


_TRANSFER: Final = (
    relations.c.transfer_trainer_id,
    relations.c.transfer_trainer_user_id,
    relations.c.transfer_proposed_at,
    relations.c.transfer_message,
)


def map_relations() -> None:
    """Map relations."""
    mapper_registry.map_imperatively(
        CoachingRelation,
        relations,
        version_id_col=relations.c.revision,
        version_id_generator=False,
        properties={
            **{f"_{column.name}": column for column in _TRANSFER},
            "transfer": composite(
                ProposedTransfer,
                *_TRANSFER,
                return_none_on=lambda trainer_id, *_: trainer_id is None,
            ),
        },
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
        takes_part = or_(relations.c.trainer_id == trainer_id, relations.c.athlete_id == athlete_id)
        return await self._locked(relation_id, takes_part)

    async def of_proposed_trainer(self, relation_id: UUID, trainer_id: UUID) -> CoachingRelation:
        """Return a relation whose athlete this trainer is proposed to take over."""
        return await self._locked(relation_id, relations.c.transfer_trainer_id == trainer_id)

    async def refuse_related(self, trainer_id: UUID, athlete_id: UUID) -> None:
        """Let a pair pass of whom no relation stands."""
        row = await self._work().fetchrow(_RELATED, trainer_id, athlete_id)
        if row is not None:
            raise RelationExists("The two are in a coaching relation already.")

    async def standing_with(
        self, trainer_id: UUID, athlete_ids: Collection[UUID]
    ) -> list[CoachingRelation]:
        """Return the latest relation with each athlete; none of them can end meanwhile."""
        found = await self._work().session.scalars(
            select(CoachingRelation)
            .where(relations.c.trainer_id == trainer_id, relations.c.athlete_id.in_(athlete_ids))
            .order_by(relations.c.accepted_at, relations.c.id)
            .with_for_update(read=True)
        )
        latest = {relation.athlete_id: relation for relation in found}
        unknown = [one for one in athlete_ids if one not in latest]
        if unknown:
            raise AthleteNotFound("You do not coach this athlete.", athlete_id=unknown[0])
        ended = [one for one in athlete_ids if latest[one].is_ended]
        if ended:
            raise RelationNotActive("The relation has ended.", athlete_id=ended[0])
        return [latest[one] for one in athlete_ids]

    async def _locked(self, relation_id: UUID, owned: ColumnElement[bool]) -> CoachingRelation:
        work = self._work()
        relation = await work.session.scalar(
            select(CoachingRelation).where(relations.c.id == relation_id, owned).with_for_update()
        )
        if relation is None:
            raise RelationNotFound("No such relation.")
        work.watch(relation)
        return relation


_RELATED = f"""
SELECT 1 FROM coaching_relations r
WHERE r.trainer_id = $1::uuid AND r.athlete_id = $2::uuid AND {stands("r")}
"""
_SIDE = """
SELECT r.trainer_id FROM coaching_relations r
WHERE r.id = $3::uuid AND (r.trainer_id = $1::uuid OR r.athlete_id = $2::uuid)
AND r.deleted_at IS NULL
"""


_COLUMNS = """
r.id, r.trainer_id, t.first_name || ' ' || t.last_name AS trainer_name, r.athlete_id,
a.first_name || ' ' || a.last_name AS athlete_name, r.status, r.scopes, r.paused_by,
r.accepted_at, r.ended_at, r.transfer_trainer_id,
n.first_name || ' ' || n.last_name AS transfer_trainer_name, r.transfer_proposed_at,
r.transfer_message, r.created_at, r.updated_at, r.revision
"""
_VISIBLE = """
FROM coaching_relations r
JOIN users t ON t.id = r.trainer_user_id
JOIN users a ON a.id = r.athlete_user_id
LEFT JOIN users n ON n.id = r.transfer_trainer_user_id
WHERE (r.trainer_id = $1::uuid OR r.athlete_id = $2::uuid) AND r.deleted_at IS NULL
"""
_LISTED = f"{_VISIBLE} AND ($3::text IS NULL OR r.status = $3)"
_COUNT = f"SELECT count(*) {_LISTED}"
_PAGE = f"SELECT {_COLUMNS} {_LISTED} ORDER BY %s, r.id DESC LIMIT $4 OFFSET $5"
_ONE = f"SELECT {_COLUMNS} {_VISIBLE} AND r.id = $3::uuid"
_TRANSFER_SHOWN: Final = ("trainer_id", "trainer_name", "proposed_at", "message")
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

    async def side(self, relation_id: UUID, *, visible_to: Actor) -> Side:
        """Tell on which side of a relation the actor stands."""
        row = await self._pool.fetchrow(_SIDE, *_sides(visible_to), relation_id)
        if row is None:
            raise RelationNotFound("No such relation.")
        is_trainer = row["trainer_id"] == str(visible_to.trainer_profile_id)
        return Side.TRAINER if is_trainer else Side.ATHLETE


def _sides(actor: Actor) -> tuple[UUID | None, UUID | None]:
    return actor.trainer_profile_id, actor.athlete_profile_id


def _shown(row: Any) -> bytes:  # noqa: ANN401 - asyncpg's record
    fields = dict(row)
    transfer = {name: fields.pop(f"transfer_{name}") for name in _TRANSFER_SHOWN}
    shown = None if transfer["trainer_id"] is None else TransferView(**transfer)
    return encode(RelationView(**fields, transfer=shown))
