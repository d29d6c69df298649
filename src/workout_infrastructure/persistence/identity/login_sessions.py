"""Login sessions and their refresh tokens, of which only hashes are stored."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, Index, String, Table, Text, select

from workout_domain.identity.login_session import LoginSession, RefreshToken
from workout_infrastructure.persistence.registry import (
    Instant,
    aggregate_columns,
    mapper_registry,
    metadata,
    reference,
)
from workout_infrastructure.persistence.unit_of_work import CurrentWork

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

    async def open_of(self, user_id: UUID) -> list[LoginSession]:
        """Return an account's sessions that have not ended, locked in the order of their ids."""
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

    async def of_refresh_token(self, token_hash: str) -> tuple[LoginSession, RefreshToken] | None:
        """Lock the session first, so that two presentations of one token follow each other."""
        work = self._work()
        owner = select(refresh_tokens.c.session_id).where(refresh_tokens.c.token_hash == token_hash)
        session = await work.session.scalar(
            select(LoginSession)
            .where(login_sessions.c.id == owner.scalar_subquery())
            .with_for_update()
        )
        if session is None:
            return None
        token = await work.session.get_one(RefreshToken, token_hash)
        work.watch(session)
        return session, token


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
