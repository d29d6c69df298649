"""Login sessions and their refresh tokens, of which only hashes are stored."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Index, String, Table, Text, select

from workout_application.encoding import encode
from workout_application.identity.views import LoginSessionView
from workout_application.messaging.actor import Actor
from workout_domain.identity.errors import LoginSessionNotFound
from workout_domain.identity.login_session import LoginSession, RefreshToken
from workout_infrastructure.persistence.database import DriverPool
from workout_infrastructure.persistence.registry import (
    Instant,
    aggregate_columns,
    mapper_registry,
    metadata,
    reference,
)
from workout_infrastructure.persistence.unit_of_work import CurrentWork
from workout_infrastructure.security.devices import read_user_agent
from workout_shared.pages import Page, PageRequest

login_sessions = Table(
    "login_sessions",
    metadata,
    *aggregate_columns(),
    Column("user_id", reference("users.id", cascade=True), nullable=False),
    Column("method", String(32), nullable=False),
    Column("ip_address", String(45)),
    Column("user_agent", String(512)),
    Column("current_token_hash", Text, nullable=False),
    Column("revoked_at", Instant),
)
Index("ix_login_sessions_user_id", login_sessions.c.user_id)

refresh_tokens = Table(
    "refresh_tokens",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("session_id", reference("login_sessions.id", cascade=True), nullable=False),
    Column("issued_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
)
Index("ix_refresh_tokens_session_id", refresh_tokens.c.session_id)
Index("ix_refresh_tokens_expires_at", refresh_tokens.c.expires_at)


def map_login_sessions() -> None:
    """Map sessions and tokens; a token is loaded by its hash, never as a collection."""
    mapper_registry.map_imperatively(RefreshToken, refresh_tokens)
    mapper_registry.map_imperatively(
        LoginSession,
        login_sessions,
        version_id_col=login_sessions.c.revision,
        version_id_generator=False,
    )


_HOLD_OWNER = """
SELECT u.id FROM users u WHERE u.deleted_at IS NULL AND u.id = (
    SELECT s.user_id FROM login_sessions s JOIN refresh_tokens t ON t.session_id = s.id
    WHERE t.token_hash = $1::text AND s.deleted_at IS NULL)
FOR NO KEY UPDATE
"""


class SqlLoginSessionRepository:
    """Login sessions of the command in progress."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    def add(self, session: LoginSession, token: RefreshToken) -> None:
        """Add a new session and its first refresh token."""
        work = self._work()
        work.session.add_all([session, token])
        work.watch(session)

    def add_token(self, token: RefreshToken) -> None:
        """Add the next token of a session."""
        self._work().session.add(token)

    async def of_refresh_token(self, token_hash: str) -> tuple[LoginSession, RefreshToken] | None:
        """Lock the session first, so that two presentations of one token follow each other."""
        work = self._work()
        # The account before its sessions, as whoever ends all of them locks them.
        await work.fetchrow(_HOLD_OWNER, token_hash)
        owner = select(refresh_tokens.c.session_id).where(refresh_tokens.c.token_hash == token_hash)
        session = await work.session.scalar(
            select(LoginSession)
            .where(login_sessions.c.id == owner.scalar_subquery())
            .with_for_update()
        )
        if session is None:
            return None
        token = await work.session.get(RefreshToken, token_hash)
        if token is None:
            return None  # deleted with its account while this waited for the session
        work.watch(session)
        return session, token

    async def of_user(self, user_id: UUID, session_id: UUID) -> LoginSession:
        """Return a session of this user, locked."""
        work = self._work()
        session = await work.session.scalar(
            select(LoginSession)
            .where(login_sessions.c.id == session_id, login_sessions.c.user_id == user_id)
            .with_for_update()
        )
        if session is None:
            raise LoginSessionNotFound("No such login session.")
        work.watch(session)
        return session

    async def living_of(self, user_id: UUID) -> list[LoginSession]:
        """Return every session of this user that has not ended; one order, so no deadlock."""
        work = self._work()
        found = await work.session.scalars(
            select(LoginSession)
            .where(login_sessions.c.user_id == user_id, login_sessions.c.revoked_at.is_(None))
            .order_by(login_sessions.c.id)
            .with_for_update()
        )
        sessions = list(found)
        for session in sessions:
            work.watch(session)
        return sessions


_LIVING = """
FROM login_sessions s JOIN refresh_tokens t ON t.token_hash = s.current_token_hash
WHERE s.user_id = $1::uuid AND s.revoked_at IS NULL AND s.deleted_at IS NULL
AND t.expires_at > $2::timestamptz
"""
_COUNT = f"SELECT count(*) {_LIVING}"
_PAGE = f"""
SELECT s.id, s.method, s.ip_address, s.user_agent, s.created_at, s.updated_at AS last_used_at,
       t.expires_at {_LIVING} ORDER BY s.created_at DESC, s.id DESC LIMIT $3 OFFSET $4
"""


class SqlLoginSessionReader:
    """Reads where somebody is signed in."""

    def __init__(self, pool: DriverPool) -> None:
        self._pool = pool

    async def page(self, request: PageRequest, *, visible_to: Actor, at: datetime) -> Page[bytes]:
        """Return ``LoginSessionView`` items: living sessions, newest first."""
        asked = (visible_to.id, at)
        async with self._pool.connection() as connection:
            total = await connection.fetchval(_COUNT, *asked)
            rows = await connection.fetch(_PAGE, *asked, request.page_size, request.offset)
        return Page(
            items=[_shown(row, visible_to) for row in rows],
            page=request.page,
            page_size=request.page_size,
            total_items=total,
        )


def _shown(row: Any, visible_to: Actor) -> bytes:  # noqa: ANN401 - asyncpg's record
    agent = read_user_agent(row["user_agent"] or "")
    return encode(
        LoginSessionView(
            **row,
            device_type=agent.device_type,
            platform=agent.platform,
            is_current=UUID(row["id"]) == visible_to.login_session_id,
        )
    )


_DELETE_EXPIRED = """
WITH old AS (
    SELECT token_hash FROM refresh_tokens WHERE expires_at <= $1::timestamptz
    ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED
), gone AS (
    DELETE FROM refresh_tokens t USING old WHERE t.token_hash = old.token_hash RETURNING 1)
SELECT count(*) FROM gone
"""


class SqlExpiredTokens:
    """Refresh tokens past their time."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    async def delete_expired(self, *, at: datetime, limit: int) -> int:
        """Delete a batch of them."""
        row = await self._work().fetchrow(_DELETE_EXPIRED, at, limit)
        return int(row["count"])
