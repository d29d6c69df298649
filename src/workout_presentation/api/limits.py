"""Which routes are limited, by what identifies the caller, and what their answers say of it."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Final, TypeVar

from starlette.requests import Request

from workout_application.platform.limits import RateLimiter, RateLimitExceeded, Usage
from workout_presentation.api.headers import answer_with
from workout_shared.addresses import network_of

E = TypeVar("E", bound=Callable[..., Any])

_LIMITS: Final = "workout.limits"


class Caller(Enum):
    """What a limit is counted for."""

    ADDRESS = auto()
    ADDRESS_AND_NAME = auto()
    USER = auto()


@dataclass(frozen=True, slots=True)
class LimitPolicy:
    """
    A limit; its quota is the setting ``WORKOUT_RATE_LIMIT_<NAME>``.

    The name is what answers call it.
    """

    name: str
    caller: Caller
    quota: str


# A gym shares one address, hence the wide limits by address beside the narrow ones.
ROUTE_CLASSES: Final[dict[str, tuple[LimitPolicy, ...]]] = {
    "sign_in": (
        LimitPolicy("sign_in_address", Caller.ADDRESS, "300/minute"),
        LimitPolicy("sign_in", Caller.ADDRESS_AND_NAME, "30/minute"),
    ),
    "refresh": (LimitPolicy("refresh", Caller.ADDRESS, "300/minute"),),
    "sign_up": (LimitPolicy("sign_up", Caller.ADDRESS, "300/10 minutes"),),
    "mail": (
        LimitPolicy("mail_address", Caller.ADDRESS, "100/hour"),
        LimitPolicy("mail", Caller.ADDRESS_AND_NAME, "5/hour"),
    ),
    "token": (LimitPolicy("token", Caller.ADDRESS, "60/minute"),),
    "code": (LimitPolicy("code", Caller.USER, "30/minute"),),
    "export": (LimitPolicy("export", Caller.USER, "10/hour"),),
}

QUOTAS: Final = {
    policy.name: policy.quota for policies in ROUTE_CLASSES.values() for policy in policies
}


def limited_by(route_class: str) -> Callable[[E], E]:
    """
    Declare the limits of an endpoint; they are kept before its body is read.

    Where a policy goes by a name in the body, the endpoint calls ``limit_by_name`` first of all.
    """
    policies = ROUTE_CLASSES[route_class]

    def declare(endpoint: E) -> E:
        endpoint.limits = policies  # type: ignore[attr-defined]  # read by StrictRoute
        return endpoint

    return declare


def limits_of(endpoint: Callable[..., Any]) -> tuple[LimitPolicy, ...]:
    """Return what ``limited_by`` declared."""
    limits: tuple[LimitPolicy, ...] = getattr(endpoint, "limits", ())
    return limits


async def keep_limits(
    request: Request, policies: tuple[LimitPolicy, ...], user_id: object | None
) -> None:
    """
    Count the request for its address, and for its user where somebody is signed in.

    Raises:
        RateLimitExceeded: it is one too many.
    """
    limiter: RateLimiter | None = request.app.state.limiter
    if limiter is None:
        return
    counted = _Counted(limiter, policies, request)
    request.scope[_LIMITS] = counted
    await counted.hit(Caller.ADDRESS, counted.address)
    if user_id is not None:
        await counted.hit(Caller.USER, str(user_id))


async def limit_by_name(request: Request, name: str) -> None:
    """
    Count the request for the account it names, whatever the spelling, at its address.

    Raises:
        RateLimitExceeded: it is one too many.
    """
    counted: _Counted | None = request.scope.get(_LIMITS)
    if counted is not None:
        plain = unicodedata.normalize("NFKC", name).strip().casefold()
        await counted.hit(Caller.ADDRESS_AND_NAME, f"{counted.address} {plain}")


def address_of(request: Request) -> str:
    """Return whom an address stands for: itself, or its network of 64 bits with IPv6."""
    return "" if request.client is None else network_of(request.client.host)


class _Counted:
    """What was counted for one request so far; the answer's headers tell it."""

    __slots__ = ("_limiter", "_policies", "_request", "_usages", "address")

    def __init__(
        self, limiter: RateLimiter, policies: tuple[LimitPolicy, ...], request: Request
    ) -> None:
        self._limiter, self._policies, self._request = limiter, policies, request
        self._usages: list[Usage] = []
        self.address = address_of(request)

    async def hit(self, caller: Caller, identity: str) -> None:
        for policy in self._policies:
            if policy.caller is caller:
                usage = await self._limiter.hit(policy.name, identity)
                self._usages.append(usage)
                self._tell()
                if not usage.is_allowed:
                    raise RateLimitExceeded(
                        "Too many requests; come back later.", retry_after_seconds=usage.resets_in
                    )

    def _tell(self) -> None:
        # Source: draft-ietf-httpapi-ratelimit-headers, as lists of structured fields.
        policies = ", ".join(
            f'"{one.policy}";q={one.quota.amount};w={one.quota.seconds}' for one in self._usages
        )
        standing = ", ".join(
            f'"{one.policy}";r={one.remaining};t={one.resets_in}' for one in self._usages
        )
        answer_with(self._request.scope, b"ratelimit-policy", policies.encode())
        answer_with(self._request.scope, b"ratelimit", standing.encode())
