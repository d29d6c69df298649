"""Trainer and athlete profiles, and the port through which identity opens them."""

from uuid import UUID

from sqlalchemy import Column, Index, Table, Uuid, select

from workout_domain.coaching.errors import AthleteNotFound, TrainerNotFound
from workout_domain.coaching.profiles import Athlete, Trainer
from workout_domain.kernel.errors import Conflict
from workout_infrastructure.persistence.coaching.closing import (
    decline_offers,
    end_relations,
    erase_writings,
    withdraw_invitations,
)
from workout_infrastructure.persistence.coaching.groups import SqlGroupRepository
from workout_infrastructure.persistence.failures import refuse_as
from workout_infrastructure.persistence.registry import (
    aggregate_columns,
    mapper_registry,
    metadata,
    reference,
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
)
Index("uq_trainers_user_id", trainers.c.user_id, unique=True)

athletes = Table(
    "athletes",
    metadata,
    *aggregate_columns(),
    Column("user_id", Uuid, reference("users.id", cascade=True), nullable=False),
)
Index("uq_athletes_user_id", athletes.c.user_id, unique=True)

refuse_as("uq_trainers_user_id", ProfileExists("This account is a trainer already."))
refuse_as("uq_athletes_user_id", ProfileExists("This account is an athlete already."))


def map_profiles() -> None:
    """Map both profiles."""
    for kind, table in ((Trainer, trainers), (Athlete, athletes)):
        mapper_registry.map_imperatively(
            kind, table, version_id_col=table.c.revision, version_id_generator=False
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
    Profiles of the command in progress, read only.

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
