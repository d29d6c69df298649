"""Relay and reactions, wired."""

from dataclasses import dataclass
from typing import Any

from dependency_injector import containers, providers

from workout_infrastructure.jobs.deliveries import DeliveryQueue
from workout_infrastructure.jobs.direct import DirectQueue, QueueWithFallback
from workout_infrastructure.jobs.leadership import AdvisoryLeadership
from workout_infrastructure.jobs.listening import OutboxListener
from workout_infrastructure.jobs.queue import ArqQueue
from workout_infrastructure.jobs.reactions import Reactor
from workout_infrastructure.jobs.relay import OutboxRelay
from workout_infrastructure.jobs.subscriptions import Lane, Subscriptions
from workout_infrastructure.jobs.worker import ArqJobs, react_job
from workout_infrastructure.persistence.inbox import SqlDeliveries
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


def delivery_queue(direct: DirectQueue, arq: ArqQueue | None) -> DeliveryQueue:
    """Carry deliveries through Redis where there is one."""
    return direct if arq is None else QueueWithFallback(arq, direct)


def arq_queue(settings: Settings, subscriptions: Subscriptions) -> ArqQueue | None:
    """Connect to the queue, where there is Redis."""
    return ArqQueue(settings.redis_url, subscriptions) if settings.redis_url else None


def arq_jobs(
    settings: Settings, reactor: Reactor, subscriptions: Subscriptions, narrowing: Narrowing
) -> list[ArqJobs]:
    """Take jobs from every lane this worker serves; from none where there is no Redis."""
    lanes = [lane for lane in subscriptions.lanes if narrowing.admits(lane)]
    if not settings.redis_url or not lanes:
        return []
    at_once = max(1, jobs_at_once(settings) // len(lanes))
    job = react_job(reactor)
    return [ArqJobs(settings.redis_url, [job], lane, at_once=at_once) for lane in lanes]


class JobsContainer(containers.DeclarativeContainer):
    """What a worker is made of."""

    settings: providers.Dependency[Settings] = providers.Dependency()
    pool: providers.Dependency[Any] = providers.Dependency()
    units_of_work: providers.Dependency[Any] = providers.Dependency()
    reactions: providers.Dependency[Any] = providers.Dependency()
    clock: providers.Dependency[Any] = providers.Dependency()
    metrics: providers.Dependency[Any] = providers.Dependency()

    narrowing: providers.Provider[Any] = providers.Singleton(Narrowing)
    subscriptions = providers.Singleton(Subscriptions, reactions)
    reactor = providers.Singleton(Reactor, subscriptions, units_of_work, clock, metrics)
    direct = providers.Singleton(
        DirectQueue, reactor, at_once=providers.Callable(jobs_at_once, settings)
    )
    arq: providers.Provider[Any] = providers.Singleton(arq_queue, settings, subscriptions)
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
    workers: providers.Provider[Any] = providers.Factory(
        arq_jobs, settings, reactor, subscriptions, narrowing
    )
    leadership = providers.Factory(AdvisoryLeadership, settings.provided.database_url)
