"""Relay, reactions and background jobs, wired."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dependency_injector import containers, providers

from workout_application.messaging.jobs import JobType
from workout_infrastructure.jobs.bell import JOBS, OUTBOX
from workout_infrastructure.jobs.deliveries import Carrier
from workout_infrastructure.jobs.direct import DirectQueue, QueueWithFallback
from workout_infrastructure.jobs.dispatch import JobDispatcher
from workout_infrastructure.jobs.leadership import AdvisoryLeadership
from workout_infrastructure.jobs.listening import BellListener
from workout_infrastructure.jobs.queue import ArqQueue, ArqTickets
from workout_infrastructure.jobs.reactions import Reactor
from workout_infrastructure.jobs.relay import OutboxRelay
from workout_infrastructure.jobs.running import JobRunner
from workout_infrastructure.jobs.subscriptions import Lane, Subscriptions, lane_of_job
from workout_infrastructure.jobs.worker import ArqJobs, react_job, work_job
from workout_infrastructure.persistence.inbox import SqlDeliveries
from workout_infrastructure.persistence.jobs import JobTypes
from workout_presentation.composition.settings import Settings


@dataclass(frozen=True, slots=True)
class Narrowing:
    """
    Which lanes a worker serves; None: all.

    Whatever it serves, its relay hands on the events of everybody.
    """

    contexts: frozenset[str] | None = None
    queues: frozenset[str] | None = None

    def admits(self, lane: Lane) -> bool:
        """Tell whether the worker serves this lane."""
        is_of_context = self.contexts is None or lane.context in self.contexts
        return is_of_context and (self.queues is None or lane.queue in self.queues)


def jobs_at_once(settings: Settings) -> int:
    """Leave the other half of the pool to the relay and the schedules."""
    return max(1, settings.pool_size // 2)


def carrier(direct: DirectQueue[Any], arq: Carrier[Any] | None) -> Carrier[Any]:
    """Carry things through Redis where there is one."""
    return direct if arq is None else QueueWithFallback(arq, direct)


def arq_queue(settings: Settings, subscriptions: Subscriptions) -> ArqQueue | None:
    """Connect to the queue of deliveries, where there is Redis."""
    return ArqQueue(settings.redis_url, subscriptions) if settings.redis_url else None


def arq_tickets(settings: Settings, types: JobTypes) -> ArqTickets | None:
    """Connect to the queue of jobs, where there is Redis."""
    return ArqTickets(settings.redis_url, types) if settings.redis_url else None


def arq_jobs(
    settings: Settings, reactor: Reactor, subscriptions: Subscriptions, narrowing: Narrowing
) -> list[ArqJobs]:
    """Take deliveries from every lane this worker serves; from none where there is no Redis."""
    lanes = [lane for lane in subscriptions.lanes if narrowing.admits(lane)]
    if not settings.redis_url or not lanes:
        return []
    at_once = max(1, jobs_at_once(settings) // len(lanes))
    job = react_job(reactor)
    return [ArqJobs(settings.redis_url, [job], lane, at_once=at_once) for lane in lanes]


def arq_work(
    settings: Settings, runner: JobRunner, types: JobTypes, narrowing: Narrowing
) -> list[ArqJobs]:
    """Take background jobs from every lane this worker serves, likewise."""
    by_lane: dict[Lane, list[JobType]] = {}
    for one in types.all:
        by_lane.setdefault(lane_of_job(one), []).append(one)
    served = {lane: found for lane, found in by_lane.items() if narrowing.admits(lane)}
    if not settings.redis_url or not served:
        return []
    at_once = max(1, jobs_at_once(settings) // len(served))
    return [
        ArqJobs(
            settings.redis_url,
            [work_job(runner, longest_seconds=max(one.timeout_seconds for one in found))],
            lane,
            at_once=at_once,
        )
        for lane, found in served.items()
    ]


def both(deliveries: Sequence[ArqJobs], work: Sequence[ArqJobs]) -> list[ArqJobs]:
    """List everything a worker takes from Redis."""
    return [*deliveries, *work]


class JobsContainer(containers.DeclarativeContainer):
    """What a worker is made of."""

    settings: providers.Dependency[Settings] = providers.Dependency()
    pool: providers.Dependency[Any] = providers.Dependency()
    units_of_work: providers.Dependency[Any] = providers.Dependency()
    reactions: providers.Dependency[Any] = providers.Dependency()
    mediator: providers.Dependency[Any] = providers.Dependency()
    job_types: providers.Dependency[Any] = providers.Dependency()
    runs: providers.Dependency[Any] = providers.Dependency()
    clock: providers.Dependency[Any] = providers.Dependency()
    metrics: providers.Dependency[Any] = providers.Dependency()

    narrowing: providers.Provider[Any] = providers.Singleton(Narrowing)
    subscriptions = providers.Singleton(Subscriptions, reactions)
    reactor = providers.Singleton(Reactor, subscriptions, units_of_work, clock, metrics)
    direct = providers.Singleton(
        DirectQueue, reactor.provided.handle, at_once=providers.Callable(jobs_at_once, settings)
    )
    arq: providers.Provider[Any] = providers.Singleton(arq_queue, settings, subscriptions)
    queue: providers.Provider[Any] = providers.Singleton(carrier, direct, arq)
    relay = providers.Singleton(
        OutboxRelay,
        providers.Singleton(SqlDeliveries, pool),
        subscriptions,
        queue,
        providers.Singleton(BellListener, settings.provided.database_url, OUTBOX),
        clock,
        metrics,
    )
    runner = providers.Singleton(JobRunner, runs, mediator, metrics)
    direct_work = providers.Singleton(
        DirectQueue, runner.provided.run, at_once=providers.Callable(jobs_at_once, settings)
    )
    tickets: providers.Provider[Any] = providers.Singleton(arq_tickets, settings, job_types)
    work_queue: providers.Provider[Any] = providers.Singleton(carrier, direct_work, tickets)
    dispatcher = providers.Singleton(
        JobDispatcher,
        runs,
        work_queue,
        providers.Singleton(BellListener, settings.provided.database_url, JOBS),
        metrics,
    )
    workers: providers.Provider[Any] = providers.Factory(
        both,
        providers.Factory(arq_jobs, settings, reactor, subscriptions, narrowing),
        providers.Factory(arq_work, settings, runner, job_types, narrowing),
    )
    leadership = providers.Factory(AdvisoryLeadership, settings.provided.database_url)
