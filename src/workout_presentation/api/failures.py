"""Turns everything FastAPI or a handler raises into a problem document."""

from typing import Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Match

from workout_domain.kernel.errors import DomainError, FieldError
from workout_presentation.api.problems import (
    BUG,
    TOO_LARGE,
    Problem,
    problem_of,
    problem_response,
)
from workout_presentation.api.routing import BodyNotReadable

_CODES: Final = {
    400: "malformed_request",
    401: "unauthenticated",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    413: "body_too_large",
    415: "unsupported_media_type",
}
_DETAILS: Final = {
    404: "There is nothing at this address.",
    405: "This address does not take this method.",
    413: TOO_LARGE.detail,
}
_SUPPORTED_VERSION: Final = "v1"


def handle_failures(app: FastAPI, *, base_url: str) -> None:
    """Register the handlers; none of them echoes the input."""

    async def on_refusal(request: Request, error: Exception) -> Response:
        assert isinstance(error, DomainError)  # noqa: S101 - registered for this class
        return problem_response(problem_of(error), path=request.url.path, base=base_url)

    async def on_invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this class
        return problem_response(_invalid(error), path=request.url.path, base=base_url)

    async def on_http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class
        return problem_response(_http(request, error), path=request.url.path, base=base_url)

    async def on_bug(request: Request, _error: Exception) -> Response:
        # Without it Starlette answers in plain text; the bug itself is raised on and logged.
        return problem_response(BUG, path=request.url.path, base=base_url)

    app.add_exception_handler(Exception, on_bug)
    app.add_exception_handler(DomainError, on_refusal)
    app.add_exception_handler(RequestValidationError, on_invalid)
    app.add_exception_handler(HTTPException, on_http)


def field_errors(error: RequestValidationError) -> tuple[FieldError, ...]:
    """List pydantic's findings as JSON pointers, without the input that caused them."""
    return tuple(
        FieldError(_pointer(found["loc"]), found["type"], _sentence(found["msg"]))
        for found in error.errors()
    )


def _invalid(error: RequestValidationError) -> Problem:
    found = error.errors()
    if any(one["type"] in {"model_attributes_type", "dict_type"} for one in found) and isinstance(
        error.body, bytes
    ):
        return Problem(
            status=415,
            code="unsupported_media_type",
            detail="Send the body as application/json.",
        )
    return Problem(
        status=400,
        code="validation_failed",
        detail="The request is not valid.",
        errors=field_errors(error),
    )


def _http(request: Request, error: HTTPException) -> Problem:
    code = _CODES.get(error.status_code, "http_error")
    detail = _DETAILS.get(error.status_code, str(error.detail))
    segments = request.url.path.split("/", 3)
    is_versioned = len(segments) > 2 and segments[1] == "api"  # noqa: PLR2004 - /api/<version>
    if error.status_code == 404 and is_versioned and segments[2] != _SUPPORTED_VERSION:  # noqa: PLR2004 - the status
        code, detail = "unsupported_version", "This server speaks version v1."
    headers = dict(error.headers or {})
    if error.status_code == 405:  # noqa: PLR2004 - the status
        headers["Allow"] = _methods_at(request)
    return Problem(
        status=error.status_code,
        code=code,
        detail=detail,
        errors=error.refusal.errors if isinstance(error, BodyNotReadable) else (),
        headers=tuple(headers.items()),
    )


def _methods_at(request: Request) -> str:
    # Each operation is a route of its own, and Starlette names only the first one's method.
    methods: set[str] = set()
    for route in request.app.router.routes:
        match, _ = route.matches(request.scope)
        if match is not Match.NONE:
            methods |= getattr(route, "methods", None) or set()
    return ", ".join(sorted(methods))


def _pointer(location: tuple[int | str, ...]) -> str:
    parts = location[1:] if location and location[0] in {"body", "query", "path"} else location
    escaped = (str(part).replace("~", "~0").replace("/", "~1") for part in parts)
    return "".join(f"/{part}" for part in escaped)


def _sentence(message: str) -> str:
    return message.removeprefix("Value error, ")
