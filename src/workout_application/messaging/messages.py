"""Commands change something, queries tell something; each declares who may send it."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from workout_application.messaging.actor import Actor, NotSignedIn, Role, RoleRequired
from workout_application.messaging.naming import snake_case
from workout_domain.kernel.errors import FieldError

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)
M = TypeVar("M", bound="type[Message[Any]]")
M_contra = TypeVar("M_contra", contravariant=True)

Policy = Callable[[Actor], None]
"""Looks at the actor, without I/O, and raises a refusal or returns."""


class Message(Generic[R]):
    """
    What a door asks the mediator for; answered with an ``R``.

    ``validate`` may be overridden to report every wrong field before the handler runs;
    ``api_scope`` names what an API key needs, where that does not follow from the context.
    """

    policy: ClassVar[Policy | None] = None
    api_scope: ClassVar[str | None] = None

    def validate(self) -> list[FieldError]:
        """Return everything that is wrong with the message itself; nothing by default."""
        return []


class Command(Message[R]):
    """
    Changes something, in one transaction.

    ``appends`` marks commands that write without loading an aggregate, ``is_hot`` those of them
    that are sent with every set of everybody; ``outdates`` names the cache tags whose answers are
    stale once the command has committed.
    """

    appends: ClassVar[bool] = False
    is_hot: ClassVar[bool] = False
    outdates: ClassVar[tuple[str, ...]] = ()


class Query(Message[R]):
    """Tells something and changes nothing."""


@dataclass(frozen=True, slots=True)
class CachePolicy:
    """
    Where an answer belongs, and the tags whose bump makes it stale.

    The settings say for each category whether and how long its answers are kept; ``seconds``
    shortens that for one query. ``component`` names the query's part of the category in keys and
    figures, by default as its class is called.
    """

    category: str
    tags: tuple[str, ...] = ()
    component: str = ""
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where one answer is kept: its key, and what the cache must know of it beside."""

    key: str
    category: str
    component: str
    tags: tuple[str, ...] = ()
    seconds: float | None = None


class CachedQuery(Query[R]):
    """
    A query whose answer may be kept.

    ``cache`` says how, and ``answer`` is the type it is read back as. The answer may depend on
    nothing but the query's fields and its ``audience``.
    """

    cache: ClassVar[CachePolicy]
    answer: ClassVar[Any]

    def audience(self, actor: Actor) -> str:
        """Name who gets the same answer; unless a query says otherwise, only the caller."""
        return str(actor.user_id)

    def shelf(self, actor: Actor) -> Shelf:
        """
        Say where the answer for this actor is kept.

        The key is ``<category>:<audience>:<component>:<digest of the fields>``.
        """
        policy = self.cache
        component = policy.component or snake_case(type(self).__name__)
        return Shelf(
            key=f"{policy.category}:{self.audience(actor)}:{component}:{digest_of(self)}",
            category=policy.category,
            component=component,
            tags=policy.tags,
            seconds=policy.seconds,
        )


def digest_of(*values: object) -> str:
    """Return a short text that only equal values have; each must say all of itself in its repr."""
    return hashlib.blake2b(repr(values).encode(), digest_size=16).hexdigest()


class Handler(Protocol[M_contra, R_co]):
    """The one thing that knows how to answer one kind of message."""

    async def handle(self, message: M_contra, actor: Actor, /) -> R_co:
        """Answer the message on behalf of ``actor``."""
        ...


def requires(policy: Policy) -> Callable[[M], M]:
    """Declare who may send a message; a message without a declaration is refused."""

    def declare(message_type: M) -> M:
        message_type.policy = staticmethod(policy)
        return message_type

    return declare


def anyone(_actor: Actor) -> None:
    """Open to strangers."""


def signed_in(actor: Actor) -> None:
    """Open to everybody who signed in."""
    if not actor.is_signed_in:
        raise NotSignedIn("Sign in first.")


def trainer(actor: Actor) -> None:
    """Open to those with a trainer profile."""
    _role(actor, Role.TRAINER, "Only trainers can do this.")


def athlete(actor: Actor) -> None:
    """Open to those with an athlete profile."""
    _role(actor, Role.ATHLETE, "Only athletes can do this.")


def admin(actor: Actor) -> None:
    """Open to administrators."""
    _role(actor, Role.ADMIN, "Only administrators can do this.")


def trainer_or_admin(actor: Actor) -> None:
    """Open to trainers and administrators."""
    signed_in(actor)
    if not actor.roles & {Role.TRAINER, Role.ADMIN}:
        raise RoleRequired("Only trainers and administrators can do this.")


def system(actor: Actor) -> None:
    """Open to the product's own jobs."""
    if not actor.is_system:
        raise RoleRequired("Only the system can do this.")


def _role(actor: Actor, role: Role, sentence: str) -> None:
    signed_in(actor)
    if role not in actor.roles:
        raise RoleRequired(sentence)
