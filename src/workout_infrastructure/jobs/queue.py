"""arq as the carrier of deliveries: JSON, short timeouts, nothing that only Redis knows."""

import asyncio
from collections.abc import Sequence
from typing import Any, Final

import orjson
from arq.connections import ArqRedis
from redis.asyncio import ConnectionPool

from workout_infrastructure.jobs.deliveries import Delivery
from workout_infrastructure.jobs.subscriptions import WORK, Lane, Subscriptions, lane_of_job
from workout_infrastructure.persistence.job_runs import Ticket
from workout_infrastructure.persistence.jobs import JobTypes

PREFIX: Final = "workout"
REACT: Final = "react"
SOCKET_SECONDS: Final = 5.0
CONNECT_SECONDS: Final = 2.0


def connect(redis_url: str) -> ArqRedis:
    """
    Make a client of the queue; it connects on first use.

    Not arq's own settings: those know neither a time limit for answers nor escapes in passwords.
    JSON rather than pickle, so that whoever can write to Redis cannot run code here.
    """
    pool: Any = ConnectionPool.from_url(
        redis_url,
        socket_timeout=SOCKET_SECONDS,
        socket_connect_timeout=CONNECT_SECONDS,
        health_check_interval=15,
    )
    return ArqRedis(
        pool_or_conn=pool,
        job_serializer=serialize,
        job_deserializer=orjson.loads,
    )


def serialize(job: dict[str, Any]) -> bytes:
    """Write a job, or its outcome, as JSON."""
    return orjson.dumps(job, default=str)


def queue_name(lane: Lane) -> str:
    """Name the list in Redis that carries a lane."""
    return f"{PREFIX}:{lane.carries}:{lane.queue}:{lane.context}"


class ArqQueue:
    """Hands deliveries to the workers of all processes."""

    def __init__(self, redis_url: str, subscriptions: Subscriptions) -> None:
        self._redis, self._subscriptions = connect(redis_url), subscriptions

    async def put(self, deliveries: Sequence[Delivery]) -> None:
        """Enqueue one job per delivery."""
        await asyncio.gather(
            *(
                self._redis.enqueue_job(
                    REACT,
                    delivery.subscriber,
                    list(delivery.message_ids),
                    _queue_name=queue_name(self._subscriptions.lane(delivery.subscriber)),
                )
                for delivery in deliveries
            )
        )

    async def depth(self) -> int:
        """Tell how many jobs wait or run."""
        lanes = self._subscriptions.lanes
        waiting = await asyncio.gather(*(self._redis.zcard(queue_name(lane)) for lane in lanes))
        return sum(waiting)

    async def close(self) -> None:
        """Close the connections."""
        await self._redis.aclose(close_connection_pool=True)


class ArqTickets:
    """Hands tickets of jobs to the workers of all processes."""

    def __init__(self, redis_url: str, types: JobTypes) -> None:
        self._redis, self._types = connect(redis_url), types

    async def put(self, tickets: Sequence[Ticket]) -> None:
        """Enqueue them; one that still waits in the queue is not enqueued twice."""
        await asyncio.gather(
            *(
                self._redis.enqueue_job(
                    WORK,
                    ticket.job_id,
                    ticket.type,
                    ticket.attempts,
                    _job_id=f"{WORK}:{ticket.job_id}:{ticket.attempts}",
                    _queue_name=queue_name(lane_of_job(self._types.find(ticket.type))),
                )
                for ticket in tickets
            )
        )

    async def depth(self) -> int:
        """Tell how many wait or run."""
        lanes = {lane_of_job(one) for one in self._types.all}
        waiting = await asyncio.gather(*(self._redis.zcard(queue_name(lane)) for lane in lanes))
        return sum(waiting)

    async def close(self) -> None:
        """Close the connections."""
        await self._redis.aclose(close_connection_pool=True)
