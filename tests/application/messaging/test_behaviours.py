"""Each concern around the handlers, alone."""

from collections.abc import Iterator
from typing import Any, ClassVar
from uuid import uuid4

import pytest

from tests.fakes.messaging import ListedObserver, MemoryIdempotencyStore, MemoryUnitsOfWork
from workout_application.messaging.actor import (
    STRANGER,
    SYSTEM,
    Actor,
    NotSignedIn,
    Role,
    RoleRequired,
)
from workout_application.messaging.behaviours.authorize import Authorize, PolicyMissing
from workout_application.messaging.behaviours.idempotency import Idempotency
from workout_application.messaging.behaviours.observe import Observe
from workout_application.messaging.behaviours.transact import Transact, TransactionContended
from workout_application.messaging.behaviours.validate import Validate
from workout_application.messaging.idempotency import (
    IdempotencyInProgress,
    IdempotencyKeyReused,
    IdempotentRequest,
    Replayed,
    StoredAnswer,
    idempotent_request,
)
from workout_application.messaging.messages import (
    Command,
    Message,
    Policy,
    admin,
    anyone,
    athlete,
    requires,
    signed_in,
    system,
    trainer,
    trainer_or_admin,
)
from workout_domain.identity.errors import RefreshTokenReused
from workout_domain.kernel.errors import Conflict, FieldError, Invalid, Unavailable

ANA = Actor(user_id=uuid4())
COACH = Actor(user_id=uuid4(), roles=frozenset({Role.TRAINER}))
LIFTER = Actor(user_id=uuid4(), roles=frozenset({Role.ATHLETE}))
BOSS = Actor(user_id=uuid4(), roles=frozenset({Role.ADMIN}))


class Do(Command[str]):
    """Does something."""


class Append(Command[str]):
    """Appends something."""

    appends: ClassVar[bool] = True


class Flawed(Command[str]):
    """Is wrong in two ways."""

    def validate(self) -> list[FieldError]:
        """Name both."""
        return [FieldError("/a", "blank", "a is blank."), FieldError("/b", "length", "b is long.")]


class Calls:
    """A handler that counts, and fails as often as it is told to."""

    def __init__(self, *failures: Exception) -> None:
        self.count = 0
        self._failures = list(failures)

    async def __call__(self, _message: Message[Any], _actor: Actor) -> str:
        """Answer, or fail."""
        self.count += 1
        if self._failures:
            raise self._failures.pop(0)
        return "done"


# Validate


async def test_validation_tells_everything_that_is_wrong_and_handles_nothing() -> None:
    handler = Calls()

    with pytest.raises(Invalid) as refused:
        await Validate().handle(Flawed(), ANA, handler)

    assert [error.pointer for error in refused.value.errors] == ["/a", "/b"]
    assert handler.count == 0


async def test_a_message_without_flaws_passes_validation() -> None:
    assert await Validate().handle(Do(), ANA, Calls()) == "done"


# Authorize


@pytest.mark.requirement("ARC-19", "SEC-02")
async def test_a_message_that_declares_nobody_is_refused_to_everybody() -> None:
    handler = Calls()

    with pytest.raises(PolicyMissing, match="Do declares no policy"):
        await Authorize().handle(Do(), SYSTEM, handler)

    assert handler.count == 0


@pytest.mark.requirement("ARC-19", "IAM-17")
@pytest.mark.parametrize(
    ("policy", "admitted"),
    [
        (anyone, {"stranger", "ana", "coach", "lifter", "boss", "system"}),
        (signed_in, {"ana", "coach", "lifter", "boss", "system"}),
        (trainer, {"coach"}),
        (athlete, {"lifter"}),
        (admin, {"boss"}),
        (trainer_or_admin, {"coach", "boss"}),
        (system, {"system"}),
    ],
)
async def test_a_policy_admits_those_it_names(policy: Policy, admitted: set[str]) -> None:
    @requires(policy)
    class Declared(Command[str]):
        """Declares its policy."""

    callers = {
        "stranger": STRANGER,
        "ana": ANA,
        "coach": COACH,
        "lifter": LIFTER,
        "boss": BOSS,
        "system": SYSTEM,
    }
    passed = set()
    for name, actor in callers.items():
        try:
            await Authorize().handle(Declared(), actor, Calls())
        except (NotSignedIn, RoleRequired):
            continue
        passed.add(name)

    assert passed == admitted


@pytest.mark.parametrize("policy", [signed_in, trainer, athlete, admin, trainer_or_admin])
async def test_a_stranger_is_asked_to_sign_in_before_anything_else(policy: Policy) -> None:
    with pytest.raises(NotSignedIn):
        policy(STRANGER)


def test_an_actor_without_user_or_profile_fails_closed() -> None:
    with pytest.raises(NotSignedIn):
        _ = STRANGER.id
    with pytest.raises(RoleRequired):
        _ = ANA.trainer_id
    with pytest.raises(RoleRequired):
        _ = ANA.athlete_id


# Transact


async def test_a_command_that_returns_is_committed() -> None:
    units = MemoryUnitsOfWork()

    assert await Transact(units).handle(Do(), ANA, Calls()) == "done"
    assert units.log == ["begin", "commit"]


async def test_a_command_that_fails_is_rolled_back_and_not_tried_again() -> None:
    units, handler = MemoryUnitsOfWork(), Calls(Conflict("no"))

    with pytest.raises(Conflict):
        await Transact(units).handle(Do(), ANA, handler)

    assert units.log == ["begin", "roll back"]
    assert handler.count == 1


async def test_a_contended_command_runs_once_more() -> None:
    units, handler = MemoryUnitsOfWork(fails=[TransactionContended()]), Calls()

    assert await Transact(units).handle(Do(), ANA, handler) == "done"
    assert units.log == ["begin", "roll back", "begin", "commit"]


async def test_a_command_contended_twice_may_be_tried_again_later() -> None:
    units = MemoryUnitsOfWork()
    handler = Calls(TransactionContended(), TransactionContended(), TransactionContended())

    with pytest.raises(Unavailable) as refusal:
        await Transact(units).handle(Do(), ANA, handler)

    assert refusal.value.retryable
    assert handler.count == 2


async def test_a_command_that_appends_takes_the_lean_road() -> None:
    units = MemoryUnitsOfWork()

    await Transact(units).handle(Append(), ANA, Calls())

    assert units.log == ["begin to append", "commit"]


async def test_a_refusal_that_is_a_fact_to_remember_commits_and_is_raised() -> None:
    units = MemoryUnitsOfWork()

    with pytest.raises(RefreshTokenReused):
        await Transact(units).handle(Do(), ANA, Calls(RefreshTokenReused("old")))

    assert units.log == ["begin", "commit"]


# Idempotency


@pytest.fixture
def store() -> MemoryIdempotencyStore:
    """Return a store with nothing in it."""
    return MemoryIdempotencyStore()


@pytest.fixture
def request_by_key() -> Iterator[IdempotentRequest]:
    """Handle everything as the request with the key k."""
    request = IdempotentRequest(
        key="k",
        fingerprint="POST /things",
        present=lambda result: StoredAnswer(201, (("location", "/x"),), str(result).encode()),
    )
    token = idempotent_request.set(request)
    yield request
    idempotent_request.reset(token)


@pytest.mark.usefixtures("request_by_key")
async def test_the_first_answer_is_kept_whole(store: MemoryIdempotencyStore) -> None:
    assert await Idempotency(store).handle(Do(), ANA, Calls()) == "done"
    assert store.kept == {
        (ANA.id, "k"): ("POST /things", StoredAnswer(201, (("location", "/x"),), b"done"))
    }


@pytest.mark.usefixtures("request_by_key")
async def test_a_repeat_gets_the_first_answer_and_runs_nothing(
    store: MemoryIdempotencyStore,
) -> None:
    handler = Calls()
    await Idempotency(store).handle(Do(), ANA, handler)

    again = await Idempotency(store).handle(Do(), ANA, handler)

    assert again == Replayed(StoredAnswer(201, (("location", "/x"),), b"done"))
    assert handler.count == 1


@pytest.mark.usefixtures("request_by_key")
async def test_a_key_is_each_callers_own(store: MemoryIdempotencyStore) -> None:
    handler = Calls()
    await Idempotency(store).handle(Do(), ANA, handler)
    await Idempotency(store).handle(Do(), COACH, handler)

    assert handler.count == 2


@pytest.mark.usefixtures("request_by_key")
async def test_another_request_under_the_same_key_is_refused(
    store: MemoryIdempotencyStore,
) -> None:
    store.kept[ANA.id, "k"] = "POST /others", StoredAnswer(200, (), b"")

    with pytest.raises(IdempotencyKeyReused):
        await Idempotency(store).handle(Do(), ANA, Calls())


@pytest.mark.usefixtures("request_by_key")
async def test_a_key_in_use_is_refused_for_now(store: MemoryIdempotencyStore) -> None:
    store.taken.add((ANA.id, "k"))

    with pytest.raises(IdempotencyInProgress) as refused:
        await Idempotency(store).handle(Do(), ANA, Calls())

    assert refused.value.retryable


@pytest.mark.usefixtures("request_by_key")
async def test_a_failure_keeps_nothing(store: MemoryIdempotencyStore) -> None:
    with pytest.raises(Conflict):
        await Idempotency(store).handle(Do(), ANA, Calls(Conflict("no")))

    assert store.kept == {}


async def test_without_a_key_nothing_is_kept(store: MemoryIdempotencyStore) -> None:
    await Idempotency(store).handle(Do(), ANA, Calls())

    assert store.kept == {}


@pytest.mark.usefixtures("request_by_key")
@pytest.mark.parametrize("caller", [STRANGER, SYSTEM])
async def test_nobody_has_no_keys(store: MemoryIdempotencyStore, caller: Actor) -> None:
    await Idempotency(store).handle(Do(), caller, Calls())

    assert store.kept == {}


# Observe


@pytest.mark.parametrize(
    ("failure", "outcome"),
    [(Conflict("no"), "conflict"), (ZeroDivisionError(), "error"), (KeyError("x"), "error")],
)
async def test_a_failure_is_observed_by_its_code_and_raised(
    failure: Exception, outcome: str
) -> None:
    observer = ListedObserver()

    with pytest.raises(type(failure)):
        await Observe(observer).handle(Do(), ANA, Calls(failure))

    assert observer.told == [("Do", outcome)]


async def test_a_success_is_observed_with_its_time() -> None:
    observer = ListedObserver()

    await Observe(observer).handle(Do(), ANA, Calls())

    assert observer.told == [("Do", "ok")]
    assert 0 <= observer.milliseconds[0] < 1000
