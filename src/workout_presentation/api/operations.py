"""How operations describe themselves: routes, failures and examples for the OpenAPI document."""

from collections.abc import Mapping
from typing import Any, Final

from fastapi import APIRouter
from pydantic import BaseModel

from workout_presentation.api.queries import query_parameters
from workout_presentation.api.routing import StrictRoute

BASE: Final = "/api/v1"

_REASONS: Final = {
    400: "The request is malformed or not valid; `errors` names every wrong field.",
    401: "No credentials, or credentials that do not hold.",
    403: "Signed in, but role or scope do not allow it.",
    404: "There is no such thing, or it is somebody else's.",
    409: "The state of the thing does not allow it now.",
    412: "`If-Match` names an older revision.",
    413: "The body is too large.",
    415: "The body is not JSON.",
    422: "The `Idempotency-Key` was used before for another request.",
    429: "Too much at once; see `Retry-After`.",
    503: "Something the answer needs is down; see `Retry-After`.",
}
_PROBLEM: Final = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}


def router(path: str, *, tag: str) -> APIRouter:
    """Make the router of one family of resources, with its whole path."""
    return APIRouter(prefix=f"{BASE}{path}", tags=[tag], route_class=StrictRoute)


def answers(
    status: int,
    model: Any,  # noqa: ANN401 - any type
    *failures: int,
    query: type[BaseModel] | None = None,
    also: Mapping[int, Any] | None = None,
    files: tuple[str, ...] = (),
) -> dict[str, Any]:
    """
    Describe what an operation answers with: options for the route's decorator.

    ``query`` is the model its query parameters are read by; ``also`` are further successes, by
    status; ``files`` are media types the same thing can be had as. Nothing is checked against
    ``model`` at run time; a test validates real answers against it.
    """
    success: dict[str, Any] = {"description": "Success."}
    if model is not None:
        success["model"] = model
    if files:
        success["content"] = {
            one: {"schema": {"type": "string", "format": "binary"}, "example": "the file"}
            for one in files
        }
    responses: dict[int | str, Any] = {status: success}
    for other, model_of_other in (also or {}).items():
        responses[other] = {"description": "Success.", "model": model_of_other}
    for failure in (400, *failures, 503):
        responses[failure] = {"description": _REASONS[failure], "content": _PROBLEM}
    options = {"status_code": status, "response_model": None, "responses": responses}
    if query is not None:
        options["openapi_extra"] = {"parameters": query_parameters(query)}
    return options
