"""The live channel: this process's sockets at once, other processes through Redis in batches."""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final
from uuid import uuid4

import redis.asyncio as redis
import structlog
from redis.exceptions import RedisError

from workout_application.encoding import encode, raw
from workout_application.messaging.live import LiveEvent

LocalDelivery = Callable[[str, str, bytes, int | None], None]
"""Sends to the sockets of this process: room, event name, encoded payload, sequence."""

CHANNEL: Final = "workout:hub"
LONGEST_QUEUE: Final = 10_000
LARGEST_BATCH: Final = 200
SOCKET_SECONDS: Final = 2.0
RETRY_SECONDS: Final = 1.0
LISTEN_SECONDS: Final = 1.0


class HubChannel:
    """
    Publishes to rooms, whichever process their members are connected to.

    Local delivery never touches Redis, so it goes on when Redis is down or hangs; what cannot be
    passed on is dropped with a warning, and watchers elsewhere notice the gap and resume.
    """

    def __init__(self, redis_url: str, deliver: LocalDelivery) -> None:
        self._url, self._deliver = redis_url, deliver
        self._process = uuid4().hex
        self._outgoing: asyncio.Queue[LiveEvent] = asyncio.Queue(LONGEST_QUEUE)
        self._tasks: list[asyncio.Task[None]] = []
        self._log = structlog.get_logger()

    def publish(self, event: LiveEvent) -> None:
        """Deliver here, and hand over for the other processes."""
        self._deliver(event.room, event.name, event.payload, event.sequence)
        if not self._url:
            return
        try:
            self._outgoing.put_nowait(event)
        except asyncio.QueueFull:
            self._log.warning("hub queue full, event not passed on", room=event.room)

    async def start(self, *, listening: bool = True) -> None:
        """Connect to the other processes; ``listening`` is off in processes without sockets."""
        if not self._url:
            return
        self._tasks.append(asyncio.create_task(self._pass_on()))
        if listening:
            self._tasks.append(asyncio.create_task(self._listen()))

    async def stop(self) -> None:
        """Pass on what is queued, briefly, then stop."""
        with suppress(TimeoutError):
            async with asyncio.timeout(SOCKET_SECONDS):
                await self._outgoing.join()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()

    async def _pass_on(self) -> None:
        client = _client(self._url)
        while True:
            batch = [await self._outgoing.get()]
            while len(batch) < LARGEST_BATCH and not self._outgoing.empty():
                batch.append(self._outgoing.get_nowait())
            try:
                await client.publish(CHANNEL, self._written(batch))
            except (RedisError, OSError, TimeoutError) as error:
                self._log.warning("hub events not passed on", count=len(batch), error=str(error))
            finally:
                for _ in batch:
                    self._outgoing.task_done()

    async def _listen(self) -> None:
        while True:
            try:
                async with _client(self._url).pubsub() as subscription:
                    await subscription.subscribe(CHANNEL)
                    while True:
                        message = await subscription.get_message(
                            ignore_subscribe_messages=True, timeout=LISTEN_SECONDS
                        )
                        if message is not None:
                            self._receive(message["data"])
            except (RedisError, OSError, TimeoutError) as error:
                self._log.warning("hub lost redis, retrying", error=str(error))
                await asyncio.sleep(RETRY_SECONDS)

    def _written(self, batch: list[LiveEvent]) -> bytes:
        return encode(
            [self._process, [[e.room, e.name, e.sequence, raw(e.payload)] for e in batch]]
        )

    def _receive(self, data: bytes) -> None:
        # Another release may write otherwise; one unreadable batch must not end the listening.
        try:
            process, events = json.loads(data)
            if process == self._process:
                return
            for room, name, sequence, payload in events:
                self._deliver(room, name, encode(payload), sequence)
        except (ValueError, TypeError) as error:
            self._log.warning("unreadable hub message", error=str(error))


def _client(url: str) -> Any:  # noqa: ANN401 - redis' own generics are unusable
    return redis.from_url(  # type: ignore[no-untyped-call]  # redis 5 ships half its types
        url,
        socket_timeout=SOCKET_SECONDS,
        socket_connect_timeout=SOCKET_SECONDS,
        health_check_interval=15,
    )
