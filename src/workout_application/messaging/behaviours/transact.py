"""One transaction per command: commit on return, roll back on error, one retry on contention."""

from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

from workout_application.messaging.actor import Actor
from workout_application.messaging.mediator import Proceed
from workout_application.messaging.messages import Command, Message
from workout_domain.kernel.errors import Unavailable


class TransactionContended(Exception):
    """The database gave up on the transaction (serialization failure or deadlock)."""


class UnitsOfWork(Protocol):
    """Opens units of work; the only place that commits."""

    def transaction(
        self, actor: Actor, /, *, appends: bool, is_hot: bool
    ) -> AbstractAsyncContextManager[object]:
        """
        Open one for the message handled inside the block.

        ``appends`` picks the lean road, and ``is_hot`` saves on it what can be saved.
        """
        ...


class Transact:
    """Runs the rest of the pipeline inside one unit of work."""

    def __init__(self, units_of_work: UnitsOfWork) -> None:
        self._units_of_work = units_of_work

    async def handle(self, message: Message[Any], actor: Actor, proceed: Proceed) -> Any:  # noqa: ANN401 - as in Behaviour
        """Go on inside a transaction."""
        try:
            return await self._once(message, actor, proceed)
        except TransactionContended:
            # Nothing was committed, so the whole command may simply run again.
            return await self._once_more(message, actor, proceed)

    async def _once_more(self, message: Message[Any], actor: Actor, proceed: Proceed) -> Any:  # noqa: ANN401 - as in Behaviour
        try:
            return await self._once(message, actor, proceed)
        except TransactionContended as error:
            raise Unavailable("Too much happens to this at once; try again.") from error

    async def _once(self, message: Message[Any], actor: Actor, proceed: Proceed) -> Any:  # noqa: ANN401 - as in Behaviour
        appends, is_hot = False, False
        if isinstance(message, Command):
            appends, is_hot = message.appends, message.is_hot
        async with self._units_of_work.transaction(actor, appends=appends, is_hot=is_hot):
            return await proceed(message, actor)
