"""Relay and reactions, wired."""

from typing import Any

from dependency_injector import containers, providers

from workout_infrastructure.jobs.deliveries import DeliveryQueue
from workout_infrastructure.jobs.direct import DirectQueue, QueueWithFallback
from workout_infrastructure.jobs.leadership import AdvisoryLeadership
from workout_infrastructure.jobs.listening import OutboxListener
from workout_infrastructure.jobs.queue import ArqQueue
from workout_infrastructure.jobs.reactions import Reactor
from workout_infrastructure.jobs.relay import OutboxRelay
from workout_infrastructure.jobs.subscriptions import Subscriptions
from workout_infrastructure.jobs.worker import ArqJobs, react_job
from workout_infrastructure.persistence.inbox import SqlDeliveries
from workout_presentation.composition.settings import Settings


def jobs_at_once(settings: Settings) -> int:
    """Leave the other half of the pool to the relay and the schedules."""
    return max(1, settings.pool_size // 2)


def delivery_queue(direct: DirectQueue, arq: ArqQueue | None) -> DeliveryQueue:
    """Carry deliveries through Redis where there is one."""
    return direct if arq is None else QueueWithFallback(arq, direct)


def arq_queue(settings: Settings) -> ArqQueue | None:
    """Connect to the queue, where there is Redis."""
    return ArqQueue(settings.redis_url) if settings.redis_url else None


def arq_jobs(settings: Settings, reactor: Reactor) -> ArqJobs | None:
    """Take jobs from the queue, where there is Redis."""
    if not settings.redis_url:
        return None
    return ArqJobs(settings.redis_url, [react_job(reactor)], at_once=jobs_at_once(settings))


class JobsContainer(containers.DeclarativeContainer):
    """What a worker is made of."""

    settings: providers.Dependency[Settings] = providers.Dependency()
    pool: providers.Dependency[Any] = providers.Dependency()
    units_of_work: providers.Dependency[Any] = providers.Dependency()
    reactions: providers.Dependency[Any] = providers.Dependency()
    clock: providers.Dependency[Any] = providers.Dependency()
    metrics: providers.Dependency[Any] = providers.Dependency()

    subscriptions = providers.Singleton(Subscriptions, reactions)
    reactor = providers.Singleton(Reactor, subscriptions, units_of_work, clock, metrics)
    direct = providers.Singleton(
        DirectQueue, reactor, at_once=providers.Callable(jobs_at_once, settings)
    )
    arq: providers.Provider[Any] = providers.Singleton(arq_queue, settings)
    queue: providers.Provider[Any] = providers.Singleton(delivery_queue, direct, arq)
    relay = providers.Singleton(
        OutboxRelay,
        providers.Singleton(SqlDeliveries, pool),
        subscriptions,
        queue,
        providers.Singleton(OutboxListener, settings.provided.database_url),
        clock,
        metrics,
    )
    workers: providers.Provider[Any] = providers.Factory(arq_jobs, settings, reactor)
    leadership = providers.Factory(AdvisoryLeadership, settings.provided.database_url)
