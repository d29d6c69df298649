"""Refuses a message that is wrong in itself, naming every wrong field at once."""

from typing import Any

from workout_application.messaging.actor import Actor
from workout_application.messaging.mediator import Proceed
from workout_application.messaging.messages import Message
from workout_domain.kernel.errors import Invalid


class Validate:
    """Runs the message's own ``validate`` before anything else happens."""

    async def handle(self, message: Message[Any], actor: Actor, proceed: Proceed) -> Any:  # noqa: ANN401 - as in Behaviour
        """Check the message, then go on."""
        errors = message.validate()
        if errors:
            raise Invalid("The request is not valid.", errors)
        return await proceed(message, actor)
