"""Invitations: table, mapping, repository, reader."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Index, String, Table, Text, Uuid, select

from workout_application.coaching.views import InvitationView
from workout_application.encoding import encode
from workout_application.messaging.actor import Actor
from workout_application.messaging.documents import Document
from workout_domain.coaching.errors import InvitationNotFound
from workout_domain.coaching.invitation import Invitation, InvitationStatus
from workout_infrastructure.persistence.coaching.scopes import scopes_column
from workout_infrastructure.persistence.database import DriverPool
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

invitations = Table(
    "coaching_invitations",
    metadata,
    *aggregate_columns(),
    Column("trainer_id", Uuid, reference("trainers.id", cascade=True), nullable=False),
    Column("trainer_user_id", Uuid, reference("users.id", cascade=True), nullable=False),
    Column("code_hash", Text, nullable=False),
    Column("email", String(254)),
    Column("message", String(1000)),
    *scopes_column(),
    Column("status", text_enum(InvitationStatus, "status"), nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("answered_at", Instant),
    Column("relation_id", Uuid),
)
Index("uq_coaching_invitations_code_hash", invitations.c.code_hash, unique=True)
Index("ix_coaching_invitations_trainer_id", invitations.c.trainer_id, invitations.c.created_at)
Index("ix_coaching_invitations_trainer_user_id", invitations.c.trainer_user_id)


def map_invitations() -> None:
    """Map invitations."""
    mapper_registry.map_imperatively(
        Invitation,
        invitations,
        version_id_col=invitations.c.revision,
        version_id_generator=False,
    )


class SqlInvitationRepository:
    """Invitations of the command in progress, locked as they are loaded."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    def add(self, invitation: Invitation) -> None:
        """Add a new invitation."""
        work = self._work()
        work.session.add(invitation)
        work.watch(invitation)

    async def of_trainer(self, trainer_id: UUID, invitation_id: UUID) -> Invitation:
        """Return an invitation of this trainer."""
        return await self._locked(
            invitations.c.id == invitation_id, invitations.c.trainer_id == trainer_id
        )

    async def of_code(self, code_hash: str) -> Invitation:
        """Return the invitation with this code."""
        return await self._locked(invitations.c.code_hash == code_hash)

    async def _locked(self, *conditions: ColumnElement[bool]) -> Invitation:
        work = self._work()
        invitation = await work.session.scalar(
            select(Invitation).where(*conditions).with_for_update()
        )
        if invitation is None:
            raise InvitationNotFound("No such invitation.")
        work.watch(invitation)
        return invitation


_COLUMNS = """
i.id, NULL AS code,
CASE WHEN i.status = 'pending' AND i.expires_at <= $2::timestamptz THEN 'expired'
     ELSE i.status END AS status,
i.email, i.message, i.scopes, i.expires_at, i.answered_at, i.relation_id, i.created_at,
i.updated_at, i.revision
"""
_VISIBLE = """
FROM coaching_invitations i WHERE i.trainer_id = $1::uuid AND i.deleted_at IS NULL
"""
_LISTED = f"FROM (SELECT {_COLUMNS} {_VISIBLE}) AS i WHERE $3::text IS NULL OR i.status = $3"
_COUNT = f"SELECT count(*) {_LISTED}"
_PAGE = f"SELECT * {_LISTED} ORDER BY %s, i.id DESC LIMIT $4 OFFSET $5"
_ONE = f"SELECT {_COLUMNS} {_VISIBLE} AND i.id = $3::uuid"
_ORDER: Final = {
    "created_at": "i.created_at",
    "-created_at": "i.created_at DESC",
    "expires_at": "i.expires_at",
    "-expires_at": "i.expires_at DESC",
    "status": "i.status",
    "-status": "i.status DESC",
}


class SqlInvitationReader:
    """Reads a trainer's own invitations."""

    def __init__(self, pool: DriverPool) -> None:
        self._pool = pool

    async def page(
        self,
        request: PageRequest,
        *,
        status: InvitationStatus | None,
        visible_to: Actor,
        at: datetime,
    ) -> Page[bytes]:
        """Return ``InvitationView`` items; ties are broken by age."""
        asked = (visible_to.trainer_id, at, status)
        order = _ORDER[request.sort or "-created_at"]
        async with self._pool.connection() as connection:
            total = await connection.fetchval(_COUNT, *asked)
            rows = await connection.fetch(_PAGE % order, *asked, request.page_size, request.offset)
        return Page(
            items=[_shown(row) for row in rows],
            page=request.page,
            page_size=request.page_size,
            total_items=total,
        )

    async def one(self, invitation_id: UUID, *, visible_to: Actor, at: datetime) -> Document:
        """Return an ``InvitationView``."""
        row = await self._pool.fetchrow(_ONE, visible_to.trainer_id, at, invitation_id)
        if row is None:
            raise InvitationNotFound("No such invitation.")
        return Document(_shown(row), row["revision"])


def _shown(row: Any) -> bytes:  # noqa: ANN401 - asyncpg's record
    return encode(InvitationView(**row))
