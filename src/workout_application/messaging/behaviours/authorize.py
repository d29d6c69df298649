"""Refuses callers the message's declared policy does not admit; undeclared means closed."""

from typing import Any

from workout_application.messaging.actor import Actor, ApiKeyNotAllowed, ApiScopeRequired
from workout_application.messaging.api_scopes import scope_of
from workout_application.messaging.mediator import Proceed
from workout_application.messaging.messages import Message


class PolicyMissing(RuntimeError):
    """The message declares nobody who may send it."""


class Authorize:
    """Applies the policy declared on the message's class, without I/O."""

    async def handle(self, message: Message[Any], actor: Actor, proceed: Proceed) -> Any:  # noqa: ANN401 - as in Behaviour
        """Check the policy, then go on."""
        refuse_unless_allowed(type(message), actor)
        return await proceed(message, actor)


def refuse_unless_allowed(message_type: type[Message[Any]], actor: Actor) -> None:
    """
    Refuse whom the message is not for; doors ask before they read a request's body.

    Raises:
        PolicyMissing: nobody was declared.
        NotSignedIn, RoleRequired: the policy does not admit the caller.
        ApiKeyNotAllowed, ApiScopeRequired: the caller's API key may not.
    """
    policy = message_type.policy
    if policy is None:
        raise PolicyMissing(f"{message_type.__name__} declares no policy.")
    policy(actor)
    if actor.api_scopes is not None:
        _refuse_unless_in_scope(message_type, actor.api_scopes)


def _refuse_unless_in_scope(message_type: type[Message[Any]], scopes: frozenset[str]) -> None:
    needed = scope_of(message_type)
    if needed is None:
        raise ApiKeyNotAllowed("An API key cannot do this; sign in.")
    if needed not in scopes:
        raise ApiScopeRequired("The API key does not have this scope.", scope=needed)
