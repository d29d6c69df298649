"""Finds a route without scanning, and reads bodies strictly: bad input is 400, never 500."""

from collections.abc import Callable, Coroutine
from typing import Any, Final

import pydantic_core
from fastapi import APIRouter
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

from workout_domain.kernel.errors import FieldError, Invalid
from workout_presentation.api.door import let_in, open_door
from workout_presentation.api.headers import never_store
from workout_presentation.api.limits import keep_limits, limits_of

_PREFIX_SEGMENTS: Final = 2
_SECRETS: Final = "/api/v1/auth/"


class StrictRequest(Request):
    """A request whose JSON may hold no NaN, NUL, lone surrogate or endless nesting."""

    async def json(self) -> Any:  # noqa: ANN401 - JSON is untyped
        """
        Read the body.

        Raises:
            BodyNotReadable: it is not strict JSON; FastAPI hides every other kind of error.
        """
        try:
            return strict_json(await self.body())
        except Invalid as refusal:
            raise BodyNotReadable(refusal) from None


class BodyNotReadable(HTTPException):
    """The body is not JSON that could be stored; ``refusal`` says why."""

    def __init__(self, refusal: Invalid) -> None:
        super().__init__(status_code=400, detail=refusal.message)
        self.refusal = refusal


def strict_json(body: bytes) -> Any:  # noqa: ANN401 - JSON is untyped
    """
    Read JSON from a client.

    Raises:
        Invalid: it is not JSON as RFC 8259 has it, or holds what cannot be stored.
    """
    try:
        value = pydantic_core.from_json(body, allow_inf_nan=False)
    except (ValueError, RecursionError) as error:
        raise Invalid("The body is not valid JSON.", [FieldError("", "json", str(error))]) from None
    if b"\\u0000" in body and holds_nul(value):
        raise Invalid.field("", "nul", "The body holds a NUL character.")
    return value


def holds_nul(value: object) -> bool:
    """Tell whether any text inside a JSON value holds a NUL character."""
    if isinstance(value, str):
        return "\x00" in value
    if isinstance(value, dict):
        return any(holds_nul(key) or holds_nul(item) for key, item in value.items())
    return isinstance(value, list) and any(holds_nul(item) for item in value)


class StrictRoute(APIRoute):
    """A route that lets callers in first, and refuses query parameters it does not declare."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Wrap FastAPI's handler."""
        handle = super().get_route_handler()
        extra = (self.openapi_extra or {}).get("parameters", [])
        described = {one["name"] for one in extra if one["in"] == "query"}
        declared = frozenset(_query_names(self.dependant) | described)

        message_type = getattr(self.endpoint, "sends", None)
        is_closed = any(one.call is open_door for one in self.dependant.dependencies)
        limits = limits_of(self.endpoint)
        is_secret = self.path.startswith(_SECRETS)

        async def strict(plain: Request) -> Response:
            request = StrictRequest(plain.scope, plain.receive)
            if is_secret:
                never_store(request.scope)
            if is_closed:
                await let_in(request, message_type)
            if limits:
                caller = (await open_door(request)).actor.user_id if is_closed else None
                await keep_limits(request, limits, caller)
            if request.scope["query_string"]:
                _refuse_unknown(request, declared)
            return await handle(request)

        return strict


class IndexedRouter(APIRouter):
    """
    Looks routes up by method, depth and first segment after the version.

    Starlette compares a path with every route in turn, so the last of 300 routes costs seven
    times the first; here the number of routes does not matter. What is not in the index (wrong
    method, unknown path, mounts) takes Starlette's own way.
    """

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - FastAPI's own options
        super().__init__(**options)
        self._index: dict[tuple[str, int, str], list[BaseRoute]] = {}
        self._indexed = 0

    async def app(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Dispatch one request."""
        if scope["type"] == "http":
            for route in self._candidates(scope["method"], scope["path"]):
                match, child_scope = route.matches(scope)
                if match is Match.FULL:
                    scope["router"], scope["route"] = self, route
                    scope.update(child_scope)
                    await route.handle(scope, receive, send)
                    return
        await super().app(scope, receive, send)

    def _candidates(self, method: str, path: str) -> list[BaseRoute]:
        if self._indexed != len(self.routes):
            self._build()
        return self._index.get((method, path.count("/"), _family(path)), [])

    def _build(self) -> None:
        self._index.clear()
        for route in self.routes:
            if isinstance(route, APIRoute):
                for method in route.methods or ():
                    key = (method, route.path.count("/"), _family(route.path))
                    self._index.setdefault(key, []).append(route)
        self._indexed = len(self.routes)


def _family(path: str) -> str:
    segments = path.split("/", _PREFIX_SEGMENTS + 2)
    return segments[_PREFIX_SEGMENTS + 1] if len(segments) > _PREFIX_SEGMENTS + 1 else path


def _query_names(dependant: Dependant) -> set[str]:
    names = set()
    for field in dependant.query_params:
        names.add(field.alias)
    for inner in dependant.dependencies:
        names |= _query_names(inner)
    return names


def _refuse_unknown(request: Request, declared: frozenset[str]) -> None:
    unknown = [name for name in request.query_params if name not in declared]
    errors = [FieldError(f"/{name}", "unknown", "There is no such parameter.") for name in unknown]
    if errors:
        raise Invalid("The query has an unknown parameter.", errors)
    if any("\x00" in value for value in request.query_params.values()):
        raise Invalid("The query holds a NUL character.")
