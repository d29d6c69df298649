"""Repeating a request by its key gives the first answer again."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from workout_domain.kernel.errors import Conflict, DomainError


class IdempotencyInProgress(Conflict):
    """A request with the same key is still running."""

    code = "idempotency_in_progress"
    retryable = True


class IdempotencyKeyReused(DomainError):
    """The key was used before for another request."""

    code = "idempotency_key_reused"


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """A whole answer as the client saw it."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(frozen=True, slots=True)
class IdempotentRequest:
    """
    What the door knows of a repeatable request.

    ``fingerprint`` is a digest of method, path and body; ``present`` turns the handler's result
    into the answer, so that it can be stored in the same transaction.
    """

    key: str
    fingerprint: str
    present: Callable[[Any], StoredAnswer]


@dataclass(frozen=True, slots=True)
class Replayed:
    """Stands in for the handler's result when the request was answered before."""

    answer: StoredAnswer


idempotent_request: ContextVar[IdempotentRequest | None] = ContextVar(
    "idempotent_request", default=None
)


class IdempotencyStore(Protocol):
    """Keeps first answers, inside the transaction of the command they answer."""

    async def try_lock(self, user_id: UUID, key: str, /) -> bool:
        """Take the key until the transaction ends; False when somebody else holds it."""
        ...

    async def find(self, user_id: UUID, key: str, /) -> tuple[str, StoredAnswer] | None:
        """Return fingerprint and answer stored under the key, if it has not expired."""
        ...

    async def keep(
        self, user_id: UUID, key: str, fingerprint: str, answer: StoredAnswer, /
    ) -> None:
        """Store the answer; it is gone again when the transaction rolls back."""
        ...
