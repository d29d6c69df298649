"""The one table that turns refusals into answers, for HTTP and hub alike."""

from dataclasses import dataclass
from typing import Any, Final

from starlette.responses import Response

from workout_application.encoding import encode
from workout_application.messaging.correlation import correlation_id
from workout_application.messaging.idempotency import IdempotencyKeyReused
from workout_domain.kernel.errors import (
    Conflict,
    DomainError,
    FieldError,
    Forbidden,
    Invalid,
    NotFound,
    RateLimited,
    StaleRevision,
    Unauthenticated,
    Unavailable,
)

MEDIA_TYPE: Final = "application/problem+json"

STATUS_OF_KIND: Final[tuple[tuple[type[DomainError], int], ...]] = (
    (IdempotencyKeyReused, 422),
    (Invalid, 400),
    (Unauthenticated, 401),
    (Forbidden, 403),
    (NotFound, 404),
    (StaleRevision, 412),
    (Conflict, 409),
    (RateLimited, 429),
    (Unavailable, 503),
)

TITLES: Final = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    409: "Conflict",
    412: "Precondition Failed",
    413: "Content Too Large",
    415: "Unsupported Media Type",
    422: "Unprocessable Content",
    429: "Too Many Requests",
    500: "Internal Server Error",
    503: "Service Unavailable",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything a failure answers with, before it takes the form of a door."""

    status: int
    code: str
    detail: str
    errors: tuple[FieldError, ...] = ()
    retryable: bool = False
    facts: dict[str, Any] | None = None
    headers: tuple[tuple[str, str], ...] = ()


BUG: Final = Problem(
    status=500, code="internal_error", detail="Something went wrong on our side.", retryable=False
)
TOO_LARGE: Final = Problem(
    status=413, code="body_too_large", detail="The body is too large.", retryable=False
)


def problem_of(error: DomainError) -> Problem:
    """Look a refusal up in the table."""
    status = status_of(type(error))
    return Problem(
        status=status,
        code=error.code,
        detail=error.message,
        errors=error.errors if isinstance(error, Invalid) else (),
        retryable=error.retryable,
        facts=error.facts,
        headers=_headers(error, status),
    )


def status_of(refusal: type[DomainError]) -> int:
    """Return the status a kind of refusal answers with."""
    return next((status for kind, status in STATUS_OF_KIND if issubclass(refusal, kind)), 500)


def problem_response(problem: Problem, *, path: str, base: str = "") -> Response:
    """Write a problem document that carries the envelope's keys."""
    body = {
        **(problem.facts or {}),
        "type": f"{base}/problems/{problem.code}",
        "title": TITLES.get(problem.status, "Error"),
        "status": problem.status,
        "detail": problem.detail,
        "instance": path,
        "code": problem.code,
        "success": False,
        "data": None,
        "message": problem.detail,
        "errors": list(problem.errors),
        "pagination": None,
        "correlation_id": correlation_id.get(),
        "retryable": problem.retryable,
        "help": f"{base}/problems/{problem.code}",
    }
    return Response(
        encode(body),
        problem.status,
        media_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store", **dict(problem.headers)},
    )


def refusal_ack(problem: Problem) -> dict[str, Any]:
    """Write the hub's form of the same problem."""
    return {
        **(problem.facts or {}),
        "success": False,
        "code": problem.code,
        "message": problem.detail,
        "errors": [
            {"pointer": error.pointer, "code": error.code, "message": error.message}
            for error in problem.errors
        ],
        "retryable": problem.retryable,
    }


def _headers(error: DomainError, status: int) -> tuple[tuple[str, str], ...]:
    if isinstance(error, RateLimited):
        return (("Retry-After", str(error.retry_after_seconds)),)
    if status == 503:  # noqa: PLR2004 - the status itself
        return (("Retry-After", "1"),)
    if status == 401:  # noqa: PLR2004 - the status itself
        hint = ', error="invalid_token"' if error.code == "invalid_token" else ""
        return (("WWW-Authenticate", f'Bearer realm="workout"{hint}'),)
    return ()
