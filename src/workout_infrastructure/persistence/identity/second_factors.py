"""Second factors: a sealed secret, the last code used, and recovery codes as hashes."""

from sqlalchemy import BigInteger, Column, LargeBinary, PrimaryKeyConstraint, Table, Text

from workout_infrastructure.persistence.registry import (
    Instant,
    aggregate_columns,
    metadata,
    reference,
)

second_factors = Table(
    "second_factors",
    metadata,
    *aggregate_columns(),
    Column("user_id", reference("users.id", cascade=True), nullable=False, unique=True),
    Column("sealed_secret", LargeBinary, nullable=False),
    Column("confirmed_at", Instant),
    # The time step of the last code that passed: neither it nor an older one passes again.
    Column("last_used_step", BigInteger),
)

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("second_factor_id", reference("second_factors.id", cascade=True), nullable=False),
    Column("code_hash", Text, nullable=False),
    Column("used_at", Instant),
    PrimaryKeyConstraint("second_factor_id", "code_hash"),
)
