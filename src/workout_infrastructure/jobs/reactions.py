"""The job behind every subscriber: its messages once each, together where all goes well."""

import asyncio
from collections.abc import Sequence
from typing import Final

import structlog

from workout_application.messaging.actor import SYSTEM
from workout_application.messaging.correlation import causation_id, correlation_id
from workout_application.messaging.reactions import Reaction, ReceivedEvent, is_one_by_one
from workout_infrastructure.jobs.deliveries import Delivery
from workout_infrastructure.jobs.subscriptions import Subscriptions
from workout_infrastructure.observability.metrics import Metrics
from workout_infrastructure.persistence.inbox import note_failure, take
from workout_infrastructure.persistence.unit_of_work import (
    SqlUnitOfWork,
    SqlUnitsOfWork,
)
from workout_shared.clock import Clock

TOGETHER_SECONDS: Final = 20.0
ALONE_SECONDS: Final = 10.0


class Reactor:
    """
    Handles deliveries.

    An entry is marked as done in the transaction that does its work, so a delivery that comes
    twice, to one worker or to two, finds nothing left to do.
    """

    def __init__(
        self,
        subscriptions: Subscriptions,
        units_of_work: SqlUnitsOfWork,
        clock: Clock,
        metrics: Metrics,
    ) -> None:
        self._subscriptions, self._units_of_work = subscriptions, units_of_work
        self._clock, self._metrics = clock, metrics

    async def handle(self, delivery: Delivery) -> None:
        """React to the messages of a delivery."""
        await self.react(delivery.subscriber, delivery.message_ids)

    async def react(self, subscriber: str, message_ids: Sequence[str]) -> None:
        """
        React to the messages in one transaction; if one fails, to each in its own.

        A reaction that asks for it has one for each message from the start.
        """
        reaction = self._subscriptions.find(subscriber)
        if reaction is None:
            structlog.get_logger().warning("unknown subscriber", subscriber=subscriber)
            return
        may_share = len(message_ids) > 1 and not is_one_by_one(reaction)
        if may_share and await self._all_at_once(reaction, message_ids):
            return
        for message_id in message_ids:
            await self._alone(reaction, message_id)

    async def _all_at_once(self, reaction: Reaction, message_ids: Sequence[str]) -> bool:
        try:
            async with asyncio.timeout(TOGETHER_SECONDS):
                await self._transact(reaction, message_ids)
        except Exception as error:  # noqa: BLE001 - whatever it is, each message is tried alone
            structlog.get_logger().info(
                "batch failed, reacting one by one", subscriber=reaction.name, error=repr(error)
            )
            return False
        return True

    async def _alone(self, reaction: Reaction, message_id: str) -> None:
        try:
            async with asyncio.timeout(ALONE_SECONDS):
                await self._transact(reaction, [message_id])
        except Exception as error:  # noqa: BLE001 - a bug in one reaction must not stop the others
            await self._note_failure(reaction, message_id, error)

    async def _transact(self, reaction: Reaction, message_ids: Sequence[str]) -> None:
        async with self._units_of_work.transaction(SYSTEM, appends=True) as work:
            messages = await take(work, reaction.name, message_ids, at=self._clock.now())
            for message in messages:
                await self._handle(reaction, message, work)
        self._metrics.reactions.labels(reaction.name, "done").inc(len(messages))

    async def _handle(
        self, reaction: Reaction, message: ReceivedEvent, work: SqlUnitOfWork
    ) -> None:
        correlation = correlation_id.set(message.correlation_id)
        causation = causation_id.set(str(message.id))
        try:
            await reaction.react(message)
            work.collect()
        finally:
            causation_id.reset(causation)
            correlation_id.reset(correlation)

    async def _note_failure(self, reaction: Reaction, message_id: str, error: Exception) -> None:
        async with self._units_of_work.transaction(SYSTEM, appends=True):
            status = await note_failure(
                reaction.name, message_id, repr(error), at=self._clock.now()
            )
        self._metrics.reactions.labels(
            reaction.name, "parked" if status == "parked" else "failed"
        ).inc()
        structlog.get_logger().warning(
            "reaction failed",
            subscriber=reaction.name,
            message_id=message_id,
            status=status,
            exc_info=error,
        )
