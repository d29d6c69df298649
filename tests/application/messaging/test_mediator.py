"""One handler per message, one visible order of behaviours, no command inside a command."""

from dataclasses import dataclass
from typing import Any

import pytest

from tests.fakes.messaging import MemoryUnitsOfWork
from workout_application.messaging.actor import SYSTEM, Actor
from workout_application.messaging.behaviours.transact import Transact
from workout_application.messaging.mediator import (
    Behaviour,
    CommandNested,
    HandlerMissing,
    Mediator,
    Proceed,
)
from workout_application.messaging.messages import Command, Message, Query


@dataclass(frozen=True)
class Add(Command[int]):
    """Changes something."""

    number: int = 1


class Ask(Query[str]):
    """Tells something."""


class Adding:
    """Answers with the number."""

    async def handle(self, command: Add, _actor: Actor) -> int:
        """Add."""
        return command.number


class Asking:
    """Answers with a word."""

    async def handle(self, _query: Ask, _actor: Actor) -> str:
        """Answer."""
        return "yes"


class Step:
    """Writes down when it begins and ends."""

    def __init__(self, name: str, log: list[str]) -> None:
        self._name, self._log = name, log

    async def handle(self, message: Message[Any], actor: Actor, proceed: Proceed) -> Any:
        """Pass the message on."""
        self._log.append(f"into {self._name}")
        answer = await proceed(message, actor)
        self._log.append(f"out of {self._name}")
        return answer


def mediator(
    *, commands: tuple[Behaviour, ...] = (), queries: tuple[Behaviour, ...] = (), **handlers: Any
) -> Mediator:
    """Make a mediator that knows both messages."""
    return Mediator(
        {Add: handlers.get("adding", Adding()), Ask: Asking()},
        command_behaviours=commands,
        query_behaviours=queries,
    )


@pytest.mark.requirement("ARC-10")
async def test_each_message_reaches_its_one_handler() -> None:
    product = mediator()

    assert await product.send(Add(7), actor=SYSTEM) == 7
    assert await product.send(Ask(), actor=SYSTEM) == "yes"


@pytest.mark.requirement("ARC-10")
async def test_an_unregistered_message_fails_and_is_named() -> None:
    class Forgotten(Query[None]):
        """Nobody answers it."""

    with pytest.raises(HandlerMissing, match="No handler is registered for Forgotten"):
        await mediator().send(Forgotten(), actor=SYSTEM)


async def test_a_subclass_of_a_registered_message_is_not_that_message() -> None:
    class AddMore(Add):
        """Has no handler of its own."""

    with pytest.raises(HandlerMissing):
        await mediator().send(AddMore(), actor=SYSTEM)


@pytest.mark.requirement("ARC-10")
async def test_behaviours_run_in_the_order_they_are_listed() -> None:
    log: list[str] = []
    product = mediator(commands=(Step("first", log), Step("second", log)))

    await product.send(Add(), actor=SYSTEM)

    assert log == ["into first", "into second", "out of second", "out of first"]


async def test_queries_pass_their_own_behaviours_only() -> None:
    log: list[str] = []
    product = mediator(commands=(Step("command", log),), queries=(Step("query", log),))

    await product.send(Ask(), actor=SYSTEM)

    assert log == ["into query", "out of query"]


async def test_a_command_sent_by_a_command_is_refused() -> None:
    class Nesting:
        """Sends a command while handling one."""

        product: Mediator

        async def handle(self, _command: Add, actor: Actor) -> int:
            """Try."""
            return await self.product.send(Add(2), actor=actor)

    nesting = Nesting()
    nesting.product = mediator(adding=nesting)

    with pytest.raises(CommandNested, match="Add was sent while Add was being handled"):
        await nesting.product.send(Add(), actor=SYSTEM)


async def test_a_query_may_be_asked_inside_a_command() -> None:
    class Looking:
        """Asks while handling a command."""

        product: Mediator

        async def handle(self, _command: Add, actor: Actor) -> int:
            """Ask."""
            answer = await self.product.send(Ask(), actor=actor)
            return len(answer)

    looking = Looking()
    looking.product = mediator(adding=looking)

    assert await looking.product.send(Add(), actor=SYSTEM) == 3


async def test_a_command_that_failed_does_not_block_the_next() -> None:
    class Failing:
        """Fails at zero."""

        async def handle(self, command: Add, _actor: Actor) -> int:
            """Divide."""
            return 1 // command.number

    product = mediator(adding=Failing())
    with pytest.raises(ZeroDivisionError):
        await product.send(Add(0), actor=SYSTEM)

    assert await product.send(Add(1), actor=SYSTEM) == 1


async def test_a_query_never_opens_a_unit_of_work() -> None:
    units = MemoryUnitsOfWork()
    product = mediator(commands=(Transact(units),))

    await product.send(Ask(), actor=SYSTEM)

    assert units.log == []
