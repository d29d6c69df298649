"""Outermost: names the message in the log, counts it and times it; never logs its body."""

from time import perf_counter
from typing import Any, Protocol

from workout_application.messaging.actor import Actor
from workout_application.messaging.mediator import Proceed
from workout_application.messaging.messages import Message
from workout_domain.kernel.errors import DomainError


class MessageObserver(Protocol):
    """Is told how each message went."""

    def finished(self, name: str, *, milliseconds: float, outcome: str) -> None:
        """Note that a message was handled: ``outcome`` is ``ok``, a refusal's code or ``error``."""
        ...


class Observe:
    """Tells the observer about every message, also about those that fail."""

    def __init__(self, observer: MessageObserver) -> None:
        self._observer = observer

    async def handle(self, message: Message[Any], actor: Actor, proceed: Proceed) -> Any:  # noqa: ANN401 - as in Behaviour
        """Go on, and tell how it went."""
        started = perf_counter()
        outcome = "error"
        try:
            answer = await proceed(message, actor)
            outcome = "ok"
        except DomainError as refusal:
            outcome = refusal.code
            raise
        finally:
            self._observer.finished(
                type(message).__name__,
                milliseconds=(perf_counter() - started) * 1000,
                outcome=outcome,
            )
        return answer
