"""Dispatches each message to its one handler, through one visible list of behaviours."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextvars import ContextVar
from typing import Any, Protocol, TypeVar

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, Handler, Message

R = TypeVar("R")
Proceed = Callable[[Message[Any], Actor], Awaitable[Any]]

_command_in_progress: ContextVar[str | None] = ContextVar("command_in_progress", default=None)


class HandlerMissing(LookupError):
    """Nobody registered a handler for the message."""


class CommandNested(RuntimeError):
    """A handler sent a command; shared steps belong into domain services or functions."""


class Behaviour(Protocol):
    """A concern wrapped around every handler."""

    async def handle(self, message: Message[Any], actor: Actor, proceed: Proceed) -> Any:  # noqa: ANN401 - answers of all messages pass here
        """Do the concern's part before and after ``await proceed(message, actor)``."""
        ...


class Mediator:
    """
    The one way from a door to a handler.

    The chain of each message is built once, here; sending costs no look-up beyond a dictionary.
    """

    def __init__(
        self,
        handlers: Mapping[type[Message[Any]], Handler[Any, Any]],
        *,
        command_behaviours: Sequence[Behaviour],
        query_behaviours: Sequence[Behaviour],
    ) -> None:
        self._chains: dict[type[Message[Any]], Proceed] = {}
        for message_type, handler in handlers.items():
            is_command = issubclass(message_type, Command)
            behaviours = command_behaviours if is_command else query_behaviours
            core = _guarded(message_type, handler) if is_command else handler.handle
            self._chains[message_type] = _chain(behaviours, core)

    async def send(self, message: Message[R], *, actor: Actor) -> R:
        """
        Answer ``message`` on behalf of ``actor``.

        Raises:
            HandlerMissing: no handler is registered for this kind of message.
            DomainError: the message was refused.
        """
        chain = self._chains.get(type(message))
        if chain is None:
            raise HandlerMissing(f"No handler is registered for {type(message).__name__}.")
        answer: R = await chain(message, actor)
        return answer


def _chain(behaviours: Sequence[Behaviour], core: Proceed) -> Proceed:
    chain = core
    for behaviour in reversed(behaviours):
        chain = _wrapped(behaviour, chain)
    return chain


def _wrapped(behaviour: Behaviour, proceed: Proceed) -> Proceed:
    handle = behaviour.handle

    def step(message: Message[Any], actor: Actor) -> Awaitable[Any]:
        return handle(message, actor, proceed)

    return step


def _guarded(message_type: type[Message[Any]], handler: Handler[Any, Any]) -> Proceed:
    name = message_type.__name__

    async def run(message: Message[Any], actor: Actor) -> Any:  # noqa: ANN401 - as in Behaviour
        outer = _command_in_progress.get()
        if outer is not None:
            raise CommandNested(f"{name} was sent while {outer} was being handled.")
        token = _command_in_progress.set(name)
        try:
            return await handler.handle(message, actor)
        finally:
            _command_in_progress.reset(token)

    return run
