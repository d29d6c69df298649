"""Trainer and athlete profiles, and the port through which identity opens them."""

from typing import Final
from uuid import UUID

from sqlalchemy import Column, Index, Numeric, String, Table, Text, Uuid, select
from sqlalchemy.orm import composite

from workout_application.coaching.views import AthleteView, TrainerProfileView, TrainerView
from workout_application.encoding import encode
from workout_application.messaging.actor import Actor
from workout_application.messaging.documents import Document
from workout_domain.coaching.errors import TrainerNotFound
from workout_domain.coaching.profiles import LONGEST_SPECIALIZATION, Athlete, Trainer
from workout_domain.kernel.access import AthleteNotFound
from workout_domain.kernel.errors import Conflict
from workout_domain.kernel.load import Load, MeasurementUnit
from workout_infrastructure.persistence.coaching.access import coaches_of
from workout_infrastructure.persistence.coaching.closing import (
    decline_offers,
    end_relations,
    erase_writings,
    withdraw_invitations,
)
from workout_infrastructure.persistence.coaching.groups import SqlGroupRepository
from workout_infrastructure.persistence.database import DriverPool
from workout_infrastructure.persistence.failures import refuse_as
from workout_infrastructure.persistence.registry import (
    Weight,
    aggregate_columns,
    finite,
    mapper_registry,
    metadata,
    reference,
    text_enum,
)
from workout_infrastructure.persistence.unit_of_work import CurrentWork
from workout_shared.clock import Clock
from workout_shared.identifiers import Identifiers


class ProfileExists(Conflict):
    """The account has this profile already."""

    code = "profile_exists"


trainers = Table(
    "trainers",
    metadata,
    *aggregate_columns(),
    Column("user_id", Uuid, reference("users.id", cascade=True), nullable=False),
    Column("bio", Text),
    Column("specialization", String(LONGEST_SPECIALIZATION)),
)
Index("uq_trainers_user_id", trainers.c.user_id, unique=True)

athletes = Table(
    "athletes",
    metadata,
    *aggregate_columns(),
    Column("user_id", Uuid, reference("users.id", cascade=True), nullable=False),
    # In centimetres.
    Column("height", Numeric(4, 1)),
    Column("weight", Weight),
    Column("unit", text_enum(MeasurementUnit, "unit")),
    finite("height"),
    finite("weight"),
)
Index("uq_athletes_user_id", athletes.c.user_id, unique=True)

refuse_as("uq_trainers_user_id", ProfileExists("This account is a trainer already."))
refuse_as("uq_athletes_user_id", ProfileExists("This account is an athlete already."))


def map_profiles() -> None:
    """Map both profiles."""
    mapper_registry.map_imperatively(
        Trainer, trainers, version_id_col=trainers.c.revision, version_id_generator=False
    )
    mapper_registry.map_imperatively(
        Athlete,
        athletes,
        version_id_col=athletes.c.revision,
        version_id_generator=False,
        properties={
            "_weight": athletes.c.weight,
            "_unit": athletes.c.unit,
            "weight": composite(
                Load,
                athletes.c.weight,
                athletes.c.unit,
                return_none_on=lambda *values: all(value is None for value in values),
            ),
        },
    )


class SqlProfiles:
    """Opens and finds profiles inside the command in progress."""

    def __init__(self, work: CurrentWork, identifiers: Identifiers, clock: Clock) -> None:
        self._work, self._identifiers, self._clock = work, identifiers, clock

    async def open_trainer(self, user_id: UUID) -> UUID:
        """Open the trainer profile; a second one is refused."""
        trainer_id = self._identifiers.new()
        self._add(Trainer.open(trainer_id=trainer_id, user_id=user_id, at=self._clock.now()))
        return trainer_id

    async def open_athlete(self, user_id: UUID) -> UUID:
        """Open the athlete profile; a second one is refused."""
        athlete_id = self._identifiers.new()
        self._add(Athlete.open(athlete_id=athlete_id, user_id=user_id, at=self._clock.now()))
        return athlete_id

    async def ids_of(self, user_id: UUID) -> tuple[UUID | None, UUID | None]:
        """Return the ids of the trainer and the athlete profile."""
        row = (
            await self._work().session.execute(
                select(
                    select(trainers.c.id)
                    .where(trainers.c.user_id == user_id, trainers.c.deleted_at.is_(None))
                    .scalar_subquery(),
                    select(athletes.c.id)
                    .where(athletes.c.user_id == user_id, athletes.c.deleted_at.is_(None))
                    .scalar_subquery(),
                )
            )
        ).one()
        return row[0], row[1]

    async def close(self, user_id: UUID, *, email: str | None) -> tuple[UUID | None, UUID | None]:
        """
        Close both profiles and end what hangs on them.

        What others begin meanwhile is ended as well: the profiles are locked against more of it,
        and looked through a second time. Relations come before invitations and these before
        profiles, as whoever begins a relation locks them.
        """
        work, at = self._work(), self._clock.now()
        groups = SqlGroupRepository(self._work)
        await end_relations(work, groups, user_id, at=at)
        await withdraw_invitations(work, user_id, at=at)
        if email is not None:
            await decline_offers(work, user_id, email, at=at)
        trainer = await work.session.scalar(
            select(Trainer).where(trainers.c.user_id == user_id).with_for_update()
        )
        athlete = await work.session.scalar(
            select(Athlete).where(athletes.c.user_id == user_id).with_for_update()
        )
        await end_relations(work, groups, user_id, at=at)
        await withdraw_invitations(work, user_id, at=at)
        await erase_writings(work, user_id)
        for profile in (trainer, athlete):
            if profile is not None:
                work.watch(profile)
                profile.close(at=at)
        return trainer.id if trainer else None, athlete.id if athlete else None

    def _add(self, profile: Trainer | Athlete) -> None:
        work = self._work()
        work.session.add(profile)
        work.watch(profile)


class SqlProfileRepository:
    """
    Profiles of the command in progress; for reading only unless asked for to change.

    None of them closes before the command has ended.
    """

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    async def trainer_named(self, trainer_id: UUID) -> Trainer:
        """Return the trainer somebody named."""
        trainer = await self._work().session.scalar(
            select(Trainer)
            .where(trainers.c.id == trainer_id)
            .with_for_update(read=True, key_share=True)
        )
        if trainer is None:
            raise TrainerNotFound("No such trainer.", trainer_id=trainer_id)
        return trainer

    async def trainer(self, trainer_id: UUID) -> Trainer:
        """Return a trainer."""
        return await self.trainer_named(trainer_id)

    async def athlete(self, athlete_id: UUID) -> Athlete:
        """Return an athlete."""
        athlete = await self._work().session.scalar(
            select(Athlete)
            .where(athletes.c.id == athlete_id)
            .with_for_update(read=True, key_share=True)
        )
        if athlete is None:
            raise AthleteNotFound("No such athlete.", athlete_id=athlete_id)
        return athlete

    async def trainer_to_change(self, trainer_id: UUID) -> Trainer:
        """Return a trainer, locked; others may refer to the profile meanwhile."""
        work = self._work()
        found = select(Trainer).where(trainers.c.id == trainer_id)
        trainer = await work.session.scalar(found.with_for_update(key_share=True))
        if trainer is None:
            raise TrainerNotFound("No such trainer.", trainer_id=trainer_id)
        work.watch(trainer)
        return trainer

    async def athlete_to_change(self, athlete_id: UUID) -> Athlete:
        """Return an athlete, locked; others may refer to the profile meanwhile."""
        work = self._work()
        found = select(Athlete).where(athletes.c.id == athlete_id)
        athlete = await work.session.scalar(found.with_for_update(key_share=True))
        if athlete is None:
            raise AthleteNotFound("No such athlete.", athlete_id=athlete_id)
        work.watch(athlete)
        return athlete


_TRAINER: Final = """
SELECT t.id, t.user_id, t.bio, t.specialization, t.created_at, t.updated_at, t.revision
FROM trainers t WHERE t.id = $1::uuid AND t.deleted_at IS NULL
"""
_ATHLETE: Final = """
SELECT a.id, a.user_id, a.height, a.weight, a.unit, a.created_at, a.updated_at, a.revision
FROM athletes a WHERE a.id = $1::uuid AND a.deleted_at IS NULL
"""
_COACH: Final = f"""
SELECT t.id AS trainer_id, u.id AS user_id, u.username,
       u.first_name || ' ' || u.last_name AS name, t.bio, t.specialization
FROM trainers t JOIN users u ON u.id = t.user_id AND u.deleted_at IS NULL
WHERE t.id = $1::uuid AND t.deleted_at IS NULL
AND (t.user_id = $2::uuid OR t.user_id IN ({coaches_of("$2::uuid")}))
"""


class SqlProfileReader:
    """Reads profiles for display."""

    def __init__(self, pool: DriverPool) -> None:
        self._pool = pool

    async def trainer(self, trainer_id: UUID) -> Document:
        """Return a ``TrainerView``."""
        row = await self._pool.fetchrow(_TRAINER, trainer_id)
        if row is None:
            raise TrainerNotFound("No such trainer.", trainer_id=trainer_id)
        return Document(encode(TrainerView(**row)), row["revision"])

    async def athlete(self, athlete_id: UUID) -> Document:
        """Return an ``AthleteView``."""
        row = await self._pool.fetchrow(_ATHLETE, athlete_id)
        if row is None:
            raise AthleteNotFound("No such athlete.")
        return Document(encode(AthleteView(**row)), row["revision"])

    async def coach(self, trainer_id: UUID, *, visible_to: Actor) -> bytes:
        """Return a ``TrainerProfileView``."""
        row = await self._pool.fetchrow(_COACH, trainer_id, visible_to.id)
        if row is None:
            raise TrainerNotFound("No such trainer.", trainer_id=trainer_id)
        return encode(TrainerProfileView(**row))
