"""Personal API keys; the key itself is shown once, and stored as a hash."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ARRAY, Column, Index, String, Table, Text, select

from workout_application.encoding import encode
from workout_application.identity.views import ApiKeyView
from workout_application.messaging.actor import Actor
from workout_domain.identity.api_key import ApiKey
from workout_domain.identity.errors import ApiKeyNotFound
from workout_infrastructure.persistence.database import DriverPool
from workout_infrastructure.persistence.identity.rights import PROFILES, RIGHTS
from workout_infrastructure.persistence.registry import (
    Instant,
    aggregate_columns,
    mapper_registry,
    metadata,
    reference,
)
from workout_infrastructure.persistence.unit_of_work import CurrentWork
from workout_shared.pages import Page, PageRequest

api_keys = Table(
    "api_keys",
    metadata,
    *aggregate_columns(),
    Column("user_id", reference("users.id", cascade=True), nullable=False),
    Column("name", String(100), nullable=False),
    # The first characters, by which its owner tells one key from another.
    Column("prefix", String(16), nullable=False),
    Column("key_hash", Text, nullable=False, unique=True),
    Column("scopes", ARRAY(Text), nullable=False),
    Column("expires_at", Instant),
    Column("last_used_at", Instant),
    Column("revoked_at", Instant),
)
Index("ix_api_keys_user_id", api_keys.c.user_id)


def map_api_keys() -> None:
    """Map API keys."""
    mapper_registry.map_imperatively(
        ApiKey, api_keys, version_id_col=api_keys.c.revision, version_id_generator=False
    )


class SqlApiKeyRepository:
    """API keys of the command in progress."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    def add(self, key: ApiKey) -> None:
        """Add a new key."""
        work = self._work()
        work.session.add(key)
        work.watch(key)

    async def of_user(self, user_id: UUID, key_id: UUID) -> ApiKey:
        """Return a key of this user, locked."""
        work = self._work()
        key = await work.session.scalar(
            select(ApiKey)
            .where(api_keys.c.id == key_id, api_keys.c.user_id == user_id)
            .with_for_update()
        )
        if key is None:
            raise ApiKeyNotFound("No such API key.")
        work.watch(key)
        return key

    async def living_of(self, user_id: UUID) -> list[ApiKey]:
        """Return every key of this user that was not revoked; one order, so no deadlock."""
        work = self._work()
        found = await work.session.scalars(
            select(ApiKey)
            .where(api_keys.c.user_id == user_id, api_keys.c.revoked_at.is_(None))
            .order_by(api_keys.c.id)
            .with_for_update()
        )
        keys = list(found)
        for key in keys:
            work.watch(key)
        return keys


_LISTED: Final = """
FROM api_keys k WHERE k.user_id = $1::uuid AND k.revoked_at IS NULL AND k.deleted_at IS NULL
"""
_COUNT = f"SELECT count(*) {_LISTED}"
_PAGE = f"""
SELECT k.id, k.name, k.prefix, k.scopes, k.expires_at, k.last_used_at, k.created_at {_LISTED}
ORDER BY k.created_at DESC, k.id DESC LIMIT $2 OFFSET $3
"""


# The last use is noted once a minute: more would be a write for every request.
_USE: Final = f"""
WITH used AS (
    UPDATE api_keys SET last_used_at = $2::timestamptz
    WHERE key_hash = $1::text AND revoked_at IS NULL AND deleted_at IS NULL
    AND (expires_at IS NULL OR expires_at > $2::timestamptz)
    AND (last_used_at IS NULL OR last_used_at < $2::timestamptz - interval '1 minute')
)
SELECT {RIGHTS}, k.id AS api_key_id, k.scopes, k.expires_at
FROM api_keys k JOIN users u ON u.id = k.user_id
{PROFILES}
WHERE k.key_hash = $1::text AND k.revoked_at IS NULL AND k.deleted_at IS NULL
AND (k.expires_at IS NULL OR k.expires_at > $2::timestamptz)
AND u.deleted_at IS NULL AND u.locked_at IS NULL
"""


class SqlApiKeyUses:
    """Looks up on whose behalf a key acts, and notes that it was used."""

    def __init__(self, pool: DriverPool) -> None:
        self._pool = pool

    async def of(self, key_hash: str, *, at: datetime) -> Any:  # noqa: ANN401 - a row or None
        """Return the owner's rights and the key's scopes; None where the key does not count."""
        return await self._pool.fetchrow(_USE, key_hash, at)


class SqlApiKeyReader:
    """Reads somebody's API keys."""

    def __init__(self, pool: DriverPool) -> None:
        self._pool = pool

    async def page(self, request: PageRequest, *, visible_to: Actor) -> Page[bytes]:
        """Return ``ApiKeyView`` items; what was revoked is gone."""
        async with self._pool.connection() as connection:
            total = await connection.fetchval(_COUNT, visible_to.id)
            rows = await connection.fetch(_PAGE, visible_to.id, request.page_size, request.offset)
        return Page(
            items=[encode(ApiKeyView(**row)) for row in rows],
            page=request.page,
            page_size=request.page_size,
            total_items=total,
        )
