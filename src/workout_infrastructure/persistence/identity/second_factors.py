"""Second factors: a sealed secret, the last code used, and recovery codes as hashes."""

from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    select,
)
from sqlalchemy.orm import relationship

from workout_domain.identity.second_factor import RecoveryCode, SecondFactor
from workout_infrastructure.persistence.registry import (
    Instant,
    aggregate_columns,
    mapper_registry,
    metadata,
    reference,
)
from workout_infrastructure.persistence.unit_of_work import CurrentWork

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


def map_second_factors() -> None:
    """Map second factors; their recovery codes load with them."""
    mapper_registry.map_imperatively(RecoveryCode, recovery_codes)
    mapper_registry.map_imperatively(
        SecondFactor,
        second_factors,
        version_id_col=second_factors.c.revision,
        version_id_generator=False,
        properties={
            "_recovery_codes": relationship(
                RecoveryCode, lazy="selectin", cascade="all, delete-orphan"
            )
        },
    )


class SqlSecondFactorRepository:
    """Second factors of the command in progress."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    def add(self, factor: SecondFactor) -> None:
        """Add a new second factor."""
        work = self._work()
        work.session.add(factor)
        work.watch(factor)

    async def of_user(self, user_id: UUID) -> SecondFactor | None:
        """Return the user's, locked: of two uses of one code at once, one comes second."""
        work = self._work()
        factor = await work.session.scalar(
            select(SecondFactor).where(second_factors.c.user_id == user_id).with_for_update()
        )
        if factor is not None:
            work.watch(factor)
        return factor

    async def all_locked(self) -> list[SecondFactor]:
        """Return all of them, locked in one order."""
        work = self._work()
        found = await work.session.scalars(
            select(SecondFactor).order_by(second_factors.c.id).with_for_update()
        )
        factors = list(found)
        for factor in factors:
            work.watch(factor)
        return factors

    async def remove(self, factor: SecondFactor) -> None:
        """Delete it with its recovery codes."""
        await self._work().session.delete(factor)
