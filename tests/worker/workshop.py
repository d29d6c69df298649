"""Background jobs made for tests of the machinery."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from dependency_injector import providers

from workout_application.messaging.actor import SYSTEM, Actor
from workout_application.messaging.jobs import JobType, JobView, NewJob
from workout_application.messaging.messages import Command, requires, system
from workout_infrastructure.persistence.jobs import JobTypes
from workout_infrastructure.persistence.unit_of_work import current_work
from workout_presentation.composition.container import Container

Play = Callable[["Perform"], Awaitable[None]]


@requires(system)
@dataclass(frozen=True, slots=True, kw_only=True)
class Perform(Command[dict[str, Any]]):
    """Leaves a row for the piece that is performed."""

    appends: ClassVar[bool] = True

    piece: UUID
    times: int = 1


class Performer:
    """Leaves the row, in the transaction of the job, then does what the test wants."""

    def __init__(self, play: Play | None) -> None:
        self._play = play
        self.calls = 0
        self.performed = asyncio.Event()

    async def handle(self, command: Perform, _actor: Actor) -> dict[str, Any]:
        """Perform."""
        self.calls += 1
        await current_work().execute(
            "INSERT INTO test_effects VALUES ('job', $1::uuid)", command.piece
        )
        if self._play is not None:
            await self._play(command)
        self.performed.set()
        return {"played": command.times}


class Workshop:
    """A kind of job nobody else has, and workers that know it."""

    def __init__(self, workers: Callable[..., Container], database: Any) -> None:
        self._workers, self._database = workers, database
        self.name = f"test {uuid4()}"
        self.performers: list[Performer] = []

    def worker(
        self,
        play: Play | None = None,
        *,
        redis: str | None = None,
        types: list[JobType] | None = None,
        **options: Any,
    ) -> Container:
        """Make a worker; ``options`` are those of the type."""
        container = self._workers(**({} if redis is None else {"redis": redis}))
        known = types if types is not None else [self.type(**options)]
        container.job_types.override(providers.Object(JobTypes(known)))
        performer = Performer(play)
        self.performers.append(performer)
        container.handlers.override(providers.Object({Perform: performer}))
        return container

    def type(self, name: str | None = None, **options: Any) -> JobType:
        """Make the type."""
        return JobType(name=name or self.name, command=Perform, **{"queue": "default", **options})

    async def ask(
        self,
        container: Container,
        *,
        key: str | None = None,
        at: datetime | None = None,
        owner: str | None = None,
        **arguments: Any,
    ) -> JobView:
        """Ask for a job and commit."""
        async with container.units_of_work().transaction(SYSTEM, appends=True):
            job: JobView = await container.background().add(
                NewJob(
                    type=self.name,
                    arguments={"piece": uuid4(), **arguments},
                    unique_key=key,
                    scheduled_at=at,
                    owner_user_id=None if owner is None else UUID(owner),
                )
            )
        return job

    async def row(self, job: JobView) -> dict[str, Any]:
        """Return a job as it stands in the database."""
        return dict(await self._database.fetchrow("SELECT * FROM jobs WHERE id = $1", job.id))

    async def rows(self) -> list[dict[str, Any]]:
        """Return all jobs of this kind, oldest first."""
        found = await self._database.fetch(
            "SELECT * FROM jobs WHERE type = $1 ORDER BY created_at, id", self.name
        )
        return [dict(row) for row in found]

    async def effects(self, job: JobView) -> int:
        """Count what a job has left behind."""
        row = await self._database.fetchrow(
            """SELECT count(*) AS times FROM test_effects e JOIN jobs j
            ON e.message_id = (j.arguments->>'piece')::uuid WHERE j.id = $1""",
            job.id,
        )
        return int(row["times"])


async def worked(container: Container) -> None:
    """Hand out what is due and carry it out, in this process."""
    await container.jobs.dispatcher().dispatch()
    await container.jobs.direct_work().finish()
