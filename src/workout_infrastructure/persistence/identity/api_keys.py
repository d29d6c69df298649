"""Personal API keys; the key itself is shown once, and stored as a hash."""

from sqlalchemy import ARRAY, Column, Index, String, Table, Text

from workout_infrastructure.persistence.registry import (
    Instant,
    aggregate_columns,
    metadata,
    reference,
)

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
