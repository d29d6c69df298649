"""Limits: how often somebody may do something, and how much of that is left."""

from dataclasses import dataclass
from typing import Protocol

from workout_domain.kernel.errors import RateLimited


class RateLimitExceeded(RateLimited):
    """More requests of this kind than its limit allows; `Retry-After` says when to come back."""

    code = "rate_limit_exceeded"


@dataclass(frozen=True, slots=True)
class Quota:
    """That many times in that many seconds, whichever seconds they are."""

    amount: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Usage:
    """Where somebody stands after a request: what is left, and when one more becomes free."""

    policy: str
    quota: Quota
    is_allowed: bool
    remaining: int
    resets_in: int


class RateLimiter(Protocol):
    """Counts requests; it always answers, and soon, whatever is down."""

    async def hit(self, policy: str, identity: str, /) -> Usage:
        """Count one request of somebody under a policy, unless it is one too many."""
        ...
