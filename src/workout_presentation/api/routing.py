"""Finds a route without scanning, and reads bodies strictly: bad input is 400, never 500."""

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import pydantic_core
from fastapi import APIRouter
from fastapi._compat import ModelField
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send

from workout_domain.kernel.errors import FieldError, Invalid
from workout_presentation.api.door import AUTH, Door, let_in, open_door, open_door_unasked
from workout_presentation.api.headers import never_store
from workout_presentation.api.limits import keep_limits, limits_of

_PREFIX_SEGMENTS: Final = 2


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
    """
    A route that lets callers in first, and refuses query parameters it does not declare.

    What an endpoint takes is read here where it is no more than door, request, ids in the path and
    one body; FastAPI's general way takes longer than all the rest of a request. Whatever is not
    as it should be goes that way nevertheless, so that every refusal is worded in one place.
    """

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:  # noqa: ANN401 - FastAPI's own options
        super().__init__(path, endpoint, **options)
        arguments = Arguments.of(self.dependant)
        if arguments is not None and arguments.never_fail:
            self.app = _answered_by(self.get_route_handler())

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Wrap FastAPI's handler, and the endpoint itself."""
        general = super().get_route_handler()
        arguments = Arguments.of(self.dependant)
        endpoint = self.endpoint
        extra = (self.openapi_extra or {}).get("parameters", [])
        described = {one["name"] for one in extra if one["in"] == "query"}
        declared = frozenset(_query_names(self.dependant) | described)

        message_type = getattr(endpoint, "sends", None)
        is_closed = any(one.call is open_door for one in self.dependant.dependencies)
        limits = limits_of(endpoint)
        is_secret = self.path.startswith(AUTH)

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
            given = None if arguments is None else await arguments.read(request)
            if given is None:
                return await general(request)
            response: Response = await endpoint(**given)
            return response

        return strict


@dataclass(frozen=True, slots=True)
class Arguments:
    """What an endpoint takes, by the names it calls it: its door, and the little we read here."""

    door: str
    enter: Callable[[Request], Awaitable[Door]]
    request: str | None
    ids: tuple[str, ...]
    body: ModelField | None

    @classmethod
    def of(cls, dependant: Dependant) -> "Arguments | None":
        """Look at an endpoint; None where it takes anything else."""
        others = (*dependant.query_params, *dependant.header_params, *dependant.cookie_params)
        doors = [one for one in dependant.dependencies if one.call in _DOORS and one.name]
        bodies = dependant.body_params
        is_plain = len(doors) == len(dependant.dependencies) == 1 and len(bodies) <= 1
        are_ids = all(one.field_info.annotation is UUID for one in dependant.path_params)
        if others or not is_plain or not are_ids:
            return None
        return cls(
            door=doors[0].name or "",
            enter=_DOORS[doors[0].call],
            request=dependant.request_param_name,
            ids=tuple(one.name for one in dependant.path_params),
            body=bodies[0] if bodies else None,
        )

    @property
    def never_fail(self) -> bool:
        """Whether there is nothing that could be wrong with them."""
        return not self.ids and self.body is None

    async def read(self, request: Request) -> dict[str, Any] | None:
        """Read them; None where one of them is not as it should be."""
        given: dict[str, Any] = {self.door: await self.enter(request)}
        if self.request is not None:
            given[self.request] = request
        try:
            for name in self.ids:
                given[name] = UUID(request.path_params[name])
        except ValueError:
            return None
        if self.body is None:
            return given
        is_json = request.headers.get("content-type") == "application/json"
        if not is_json or not await request.body():
            return None
        value, errors = self.body.validate(await request.json(), {}, loc=("body",))
        given[self.body.name] = value
        return None if errors else given


def _answered_by(handle: Callable[[Request], Coroutine[Any, Any, Response]]) -> ASGIApp:
    # What is raised here is turned into an answer by the application's own exception layer.
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        response = await handle(Request(scope, receive, send))
        await response(scope, receive, send)

    return app


_DOORS: Final[dict[Any, Callable[[Request], Awaitable[Door]]]] = {
    open_door: open_door,
    open_door_unasked: open_door_unasked,
}


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
