"""The mediator: one handler per message, the behaviours around it, any number of subscribers."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import pytest

from tests.architecture.registries import messages, wired
from workout_application.messaging.actor import STRANGER, SYSTEM, Actor, Role, RoleRequired
from workout_application.messaging.behaviours.authorize import Authorize, PolicyMissing
from workout_application.messaging.behaviours.observe import Observe
from workout_application.messaging.behaviours.transact import Transact
from workout_application.messaging.behaviours.validate import Validate
from workout_application.messaging.mediator import CommandNested, HandlerMissing, Mediator
from workout_application.messaging.messages import (
    Command,
    Message,
    Policy,
    Query,
    admin,
    anyone,
    athlete,
    requires,
    signed_in,
    system,
    trainer,
    trainer_or_admin,
)
from workout_domain.kernel.errors import FieldError, Forbidden, Invalid, Unauthenticated
from workout_infrastructure.jobs.subscriptions import Subscriptions

ANA: Final = Actor(user_id=UUID(int=1), roles=frozenset({Role.ATHLETE}))
TOM: Final = Actor(user_id=UUID(int=2), roles=frozenset({Role.TRAINER}))
ADA: Final = Actor(user_id=UUID(int=3), roles=frozenset({Role.ADMIN}))


@requires(trainer)
@dataclass(frozen=True, slots=True, kw_only=True)
class LiftBar(Command[str]):
    """A command of these tests."""

    kilograms: int

    def validate(self) -> list[FieldError]:
        """Refuse what no bar is."""
        errors = [FieldError("/kilograms", "negative", "Too little.")] * (self.kilograms < 0)
        return errors + [FieldError("/kilograms", "odd", "Not a whole plate.")] * (
            self.kilograms % 2
        )


@requires(anyone)
@dataclass(frozen=True, slots=True, kw_only=True)
class CountBars(Query[int]):
    """A query of these tests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveBar(Command[None]):
    """A command that says nothing about who may send it."""


class Gym:
    """Handles every message of these tests, and notes in which order things happened."""

    def __init__(self) -> None:
        self.happened: list[str] = []
        self.mediator = Mediator(
            {LiftBar: self, CountBars: self, MoveBar: self},
            command_behaviours=[Observe(self), Validate(), Authorize(), Transact(self)],
            query_behaviours=[Observe(self), Validate(), Authorize()],
        )

    async def handle(self, message: Message[Any], actor: Actor, /) -> Any:
        """Answer with the message's name."""
        del actor
        self.happened.append("handled")
        return type(message).__name__

    def finished(self, name: str, *, milliseconds: float, outcome: str) -> None:
        """Note an outcome, as an observer."""
        assert milliseconds >= 0
        self.happened.append(f"{name}: {outcome}")

    @asynccontextmanager
    async def transaction(
        self, actor: Actor, /, *, appends: bool, is_hot: bool
    ) -> AsyncIterator[object]:
        """Note a transaction, as units of work."""
        del actor, appends, is_hot
        self.happened.append("begun")
        yield None
        self.happened.append("committed")


@pytest.mark.requirement("ARC-10")
async def test_a_command_passes_observation_validation_authorization_and_transaction() -> None:
    gym = Gym()

    answer = await gym.mediator.send(LiftBar(kilograms=20), actor=TOM)

    assert answer == "LiftBar"
    assert gym.happened == ["begun", "handled", "committed", "LiftBar: ok"]


@pytest.mark.requirement("ARC-10")
async def test_a_query_opens_no_transaction() -> None:
    gym = Gym()

    await gym.mediator.send(CountBars(), actor=STRANGER)

    assert gym.happened == ["handled", "CountBars: ok"]


@pytest.mark.requirement("ARC-04")
async def test_an_invalid_command_is_refused_before_its_handler_with_every_error() -> None:
    gym = Gym()

    with pytest.raises(Invalid) as refused:
        await gym.mediator.send(LiftBar(kilograms=-1), actor=TOM)

    assert [error.code for error in refused.value.errors] == ["negative", "odd"]
    assert gym.happened == ["LiftBar: validation_failed"]


@pytest.mark.requirement("ARC-19")
async def test_a_caller_without_the_role_is_refused_before_anything_is_opened() -> None:
    gym = Gym()

    with pytest.raises(RoleRequired):
        await gym.mediator.send(LiftBar(kilograms=20), actor=ANA)

    assert gym.happened == ["LiftBar: role_required"]


@pytest.mark.requirement("ARC-19")
async def test_a_message_that_declares_nobody_is_refused_to_everybody() -> None:
    gym = Gym()

    with pytest.raises(PolicyMissing):
        await gym.mediator.send(MoveBar(), actor=SYSTEM)

    assert gym.happened == ["MoveBar: error"]


@pytest.mark.requirement("ARC-10")
async def test_a_message_nobody_handles_is_named_in_the_error() -> None:
    mediator = Mediator({}, command_behaviours=[], query_behaviours=[])

    with pytest.raises(HandlerMissing, match="No handler is registered for LiftBar"):
        await mediator.send(LiftBar(kilograms=20), actor=TOM)


async def test_a_handler_cannot_send_a_command() -> None:
    class Nesting:
        async def handle(self, message: LiftBar, actor: Actor, /) -> str:
            return await mediator.send(message, actor=actor)

    mediator = Mediator({LiftBar: Nesting()}, command_behaviours=[], query_behaviours=[])

    with pytest.raises(CommandNested, match="LiftBar was sent while LiftBar was being handled"):
        await mediator.send(LiftBar(kilograms=20), actor=TOM)


@pytest.mark.requirement("ARC-10")
def test_several_subscribers_may_wait_for_one_event() -> None:
    routes = Subscriptions(wired().reactions()).routes

    subscribers = {kind: [name for name, other in routes if other == kind] for _, kind in routes}

    assert all(subscribers.values())
    assert len(routes) == len(set(routes))


@pytest.mark.requirement("ARC-19", "IAM-17")
@pytest.mark.parametrize(
    ("policy", "admitted"),
    [
        (anyone, {"stranger", "ana", "tom", "ada", "system"}),
        (signed_in, {"ana", "tom", "ada", "system"}),
        (athlete, {"ana"}),
        (trainer, {"tom"}),
        (admin, {"ada"}),
        (trainer_or_admin, {"tom", "ada"}),
        (system, {"system"}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_policy_admits_whom_it_names(policy: Policy, admitted: set[str]) -> None:
    callers = {"stranger": STRANGER, "ana": ANA, "tom": TOM, "ada": ADA, "system": SYSTEM}

    assert {name for name, caller in callers.items() if _admits(policy, caller)} == admitted


def _admits(policy: Policy, caller: Actor) -> bool:
    try:
        policy(caller)
    except (Forbidden, Unauthenticated):
        return False
    return True


@pytest.mark.requirement("ARC-19", "SEC-02")
def test_only_signing_in_and_out_is_open_to_strangers() -> None:
    is_open = {
        kind.__name__ for kind in messages() if kind.policy and _admits(kind.policy, STRANGER)
    }

    assert is_open == {
        "RegisterUser",
        "LogIn",
        "VerifySecondFactor",
        "LogOut",
        "RefreshTokens",
        "ConfirmEmail",
        "ResendConfirmation",
        "ForgetPassword",
        "ResetPassword",
        "ExchangeIdToken",
    }
