"""Who somebody is to an external issuer."""

from sqlalchemy import Column, Index, PrimaryKeyConstraint, String, Table

from workout_infrastructure.persistence.registry import Instant, metadata, reference

external_identities = Table(
    "external_identities",
    metadata,
    Column("issuer", String(255), nullable=False),
    Column("subject", String(255), nullable=False),
    Column("user_id", reference("users.id", cascade=True), nullable=False),
    Column("linked_at", Instant, nullable=False),
    PrimaryKeyConstraint("issuer", "subject"),
)
Index("ix_external_identities_user_id", external_identities.c.user_id)
