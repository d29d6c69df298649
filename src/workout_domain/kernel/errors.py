"""The kinds of refusal. Each concrete error has one stable code; doors turn kinds into answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing wrong with the input: ``pointer`` is an RFC 6901 JSON pointer into it."""

    pointer: str
    code: str
    message: str


class DomainError(Exception):
    """
    A refusal with a sentence for people and facts that are safe to show.

    Concrete errors set ``code``, which clients match on and which never changes. A refusal that
    ``keeps_changes`` is itself a fact to remember (a reused token): its transaction commits.
    """

    code: ClassVar[str]
    retryable: ClassVar[bool] = False
    keeps_changes: ClassVar[bool] = False

    def __init__(self, message: str, **facts: Any) -> None:  # noqa: ANN401 - facts are JSON values
        super().__init__(message)
        self.message = message
        self.facts = facts


class NotFound(DomainError):
    """There is no such thing, or it is somebody else's."""

    code = "not_found"


class Forbidden(DomainError):
    """The caller is known, but role or scope do not allow it."""

    code = "forbidden"


class Unauthenticated(DomainError):
    """No credentials, or credentials that do not hold."""

    code = "unauthenticated"


class Conflict(DomainError):
    """The state of the thing does not allow it now."""

    code = "conflict"


class StaleRevision(DomainError):
    """Somebody changed the thing since the caller read it."""

    code = "stale_revision"
    retryable = True


class Invalid(DomainError):
    """The input is wrong; ``errors`` names every field that is."""

    code = "validation_failed"

    def __init__(self, message: str, errors: Sequence[FieldError] = (), **facts: Any) -> None:  # noqa: ANN401 - as above
        super().__init__(message, **facts)
        self.errors = tuple(errors)

    @classmethod
    def field(cls, pointer: str, code: str, message: str) -> "Invalid":
        """Build the error for one wrong field."""
        return cls(message, [FieldError(pointer, code, message)])


class RateLimited(DomainError):
    """Too much at once; ``retry_after_seconds`` says when to come back."""

    code = "rate_limited"
    retryable = True

    def __init__(self, message: str, *, retry_after_seconds: int = 1) -> None:
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds


class Unavailable(DomainError):
    """Something the answer needs is down; raised by adapters."""

    code = "unavailable"
    retryable = True
