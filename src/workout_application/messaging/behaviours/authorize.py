"""Refuses callers the message's declared policy does not admit; undeclared means closed."""

from typing import Any

from workout_application.messaging.actor import Actor
from workout_application.messaging.mediator import Proceed
from workout_application.messaging.messages import Message


class PolicyMissing(RuntimeError):
    """The message declares nobody who may send it."""


class Authorize:
    """Applies the policy declared on the message's class, without I/O."""

    async def handle(self, message: Message[Any], actor: Actor, proceed: Proceed) -> Any:  # noqa: ANN401 - as in Behaviour
        """Check the policy, then go on."""
        policy = type(message).policy
        if policy is None:
            raise PolicyMissing(f"{type(message).__name__} declares no policy.")
        policy(actor)
        return await proceed(message, actor)
