"""The OpenAPI document, made from the routes; no server and no settings are needed."""

import inspect
import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from fastapi.dependencies.models import Dependant
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from starlette.responses import Response

from workout_application.messaging.api_scopes import ApiScope, scope_of
from workout_application.messaging.messages import Query
from workout_presentation.api.described import (
    HEADERS,
    PARAMETERS,
    PROBLEM_SCHEMAS,
    SECURITY_SCHEMES,
    TAGS,
    failure,
)
from workout_presentation.api.door import AUTH, open_door
from workout_presentation.api.examples import Examples
from workout_presentation.api.health import health
from workout_presentation.api.limits import limits_of
from workout_presentation.api.operations import router
from workout_presentation.api.schemas import as_on_the_wire, renamed_envelopes
from workout_presentation.api.v1.routes import ROUTERS

_JSON: Final = "application/json"
_DESCRIPTION: Final = (
    "Strength coaching: trainers plan and watch, athletes train and log. Success bodies are an "
    "envelope, failures are problem documents (RFC 9457) that carry the same keys."
)

contract = router("/openapi.json", tag="Operations")


@contract.get(
    "",
    response_model=None,
    responses={200: {"description": "This document.", "content": {_JSON: {"schema": {}}}}},
)
async def get_openapi_document() -> Response:
    """Serve the description of this API."""
    return Response(_served(), media_type=_JSON, headers={"Cache-Control": "public, max-age=300"})


def openapi_document() -> dict[str, Any]:
    """Build the document."""
    routes = _routes()
    generated = get_openapi(
        title="Workout",
        version="1.0",
        summary="Coach-athlete strength training platform",
        description=_DESCRIPTION,
        routes=routes,
        tags=TAGS,
        servers=[{"url": "/", "description": "This server."}],
        license_info={"name": "MIT", "identifier": "MIT"},
        # Views are never read: described as if they were, their decimals are told from text.
        separate_input_output_schemas=False,
    )
    document: dict[str, Any] = as_on_the_wire(renamed_envelopes(generated))
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    schemas.update(PROBLEM_SCHEMAS)
    components.update(securitySchemes=SECURITY_SCHEMES, parameters=PARAMETERS, headers=HEADERS)
    examples = Examples(schemas)
    for route in routes:
        for method in sorted(route.methods or ()):
            operation = document["paths"][route.path_format][method.lower()]
            _Operation(route, method, operation, examples).complete()
    return document


def openapi_text() -> str:
    """Return the document as it is committed: sorted and indented."""
    return json.dumps(openapi_document(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def write_openapi(path: Path) -> None:
    """Write the document to a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(openapi_text(), encoding="utf-8")


@lru_cache
def _served() -> bytes:
    return openapi_text().encode()


def _routes() -> list[APIRoute]:
    return [
        route
        for router_ in (*ROUTERS, contract, health)
        for route in router_.routes
        if isinstance(route, APIRoute) and route.include_in_schema
    ]


def is_open_to_api_keys(route: APIRoute) -> bool:
    """Whether some API key may use the route: what it sends, or its context, has a scope."""
    sent = getattr(route.endpoint, "sends", None)
    if sent is not None:
        return scope_of(sent) is not None
    context = route.endpoint.__module__.split(".")[-2]
    return any(scope.startswith(f"{context}:") for scope in ApiScope)


class _Operation:
    """Adds what FastAPI does not know to one operation."""

    def __init__(
        self, route: APIRoute, method: str, described: dict[str, Any], examples: Examples
    ) -> None:
        self._route, self._method, self._described = route, method, described
        self._examples = examples
        self._needs_token = open_door in _calls(route.dependant)
        self._is_limited = bool(limits_of(route.endpoint))

    def complete(self) -> None:
        """Add everything, in place."""
        self._name()
        self._described["security"] = list(self._credentials())
        self._described["parameters"] = [*self._described.get("parameters", ()), *self._headers()]
        self._fail()
        self._succeed()
        self._limit()
        self._show_body()

    def _credentials(self) -> Iterator[dict[str, list[str]]]:
        if not self._needs_token:
            return
        yield {"bearer": []}
        yield {"cookie": []} if self._method == "GET" else {"cookie": [], "csrf": []}
        if is_open_to_api_keys(self._route):
            yield {"api_key": []}

    @property
    def _takes_key(self) -> bool:
        # A calculator only asks: there is nothing that a repeat could do twice.
        is_kept = not self._route.path.startswith(AUTH) and not self._asks
        return self._method == "POST" and self._needs_token and is_kept

    @property
    def _asks(self) -> bool:
        sent = getattr(self._route.endpoint, "sends", None)
        return sent is not None and issubclass(sent, Query)

    @property
    def _matches(self) -> bool:
        return "412" in self._described["responses"]

    @property
    def _is_conditional(self) -> bool:
        is_said = "304" in self._described["responses"]
        return self._method == "GET" and (is_said or self._shows_revision())

    def _name(self) -> None:
        text = inspect.getdoc(self._route.endpoint) or ""
        self._described["operationId"] = self._route.name
        self._described["summary"] = text.partition("\n")[0].rstrip(".")
        self._described["description"] = " ".join(text.split())

    def _headers(self) -> Iterator[dict[str, str]]:
        yield _parameter("CorrelationId")
        if self._takes_key:
            yield _parameter("IdempotencyKey")
        if self._matches:
            yield _parameter("IfMatch")
        if self._is_conditional:
            yield _parameter("IfNoneMatch")

    def _fail(self) -> None:
        answers = self._described["responses"]
        if "HTTPValidationError" in json.dumps(answers.get("422", {})):
            del answers["422"]
        for status in (*self._failures(), *filter(_is_failure, list(answers))):
            answers[str(status)] = {**failure(int(status)), **answers.get(str(status), {})}
            answers[str(status)]["headers"] = _failure_headers(int(status))

    def _failures(self) -> list[int]:
        found = [400, 500, 503]
        # 403 also stands for a cookie without CSRF token, and for an API key without the scope.
        found += [401, 403] if self._needs_token else []
        found += [404] if self._route.param_convertors else []
        found += [413, 415] if "requestBody" in self._described else []
        found += [409, 422] if self._takes_key else []
        found += [429] if self._is_limited else []
        return found

    def _limit(self) -> None:
        for answer in self._described["responses"].values() if self._is_limited else ():
            answer["headers"]["RateLimit"] = _header("RateLimit")
            answer["headers"]["RateLimit-Policy"] = _header("RateLimitPolicy")

    def _succeed(self) -> None:
        answers = self._described["responses"]
        for status in [status for status in answers if status.startswith("2")]:
            content = answers[status].get("content", {}).get(_JSON)
            answers[status]["headers"] = self._success_headers(status)
            if content is not None:
                self._show_answer(content)
        if self._is_conditional:
            headers = {"ETag": _header("ETag"), "X-Correlation-ID": _header("CorrelationId")}
            answers["304"] = {"description": "The client has this already.", "headers": headers}
        self._described["responses"] = dict(sorted(answers.items()))

    def _success_headers(self, status: str) -> dict[str, Any]:
        headers = {"X-Correlation-ID": _header("CorrelationId")}
        if self._shows_revision() or self._is_conditional:
            headers["ETag"] = _header("ETag")
        if status == "201":
            headers["Location"] = _header("Location")
        if self._takes_key:
            headers["Idempotency-Replayed"] = _header("IdempotencyReplayed")
        if "pagination" in self._success_schema() and self._is_list():
            headers["Link"] = _header("Link")
        return headers

    def _show_answer(self, content: dict[str, Any]) -> None:
        if "example" in content or "examples" in content:
            return
        example = self._examples.of(content.get("schema", {}))
        if isinstance(example, dict) and "success" in example:
            example.update(message=None, errors=None)
        content["example"] = {"openapi": "3.1.0"} if example is None else example

    def _show_body(self) -> None:
        for media in self._described.get("requestBody", {}).get("content", {}).values():
            if "example" not in media and "examples" not in media:
                media["example"] = self._examples.of(media["schema"], required_only=True)

    def _success_schema(self) -> dict[str, Any]:
        for status, answer in self._described["responses"].items():
            if status.startswith("2"):
                schema = answer.get("content", {}).get(_JSON, {}).get("schema", {})
                return dict(self._examples.resolved(schema).get("properties", {}))
        return {}

    def _is_list(self) -> bool:
        data = self._success_schema().get("data", {})
        kinds = [one.get("type") for one in (data, *data.get("anyOf", ()))]
        return "array" in kinds and bool(self._success_schema()["pagination"].get("anyOf"))

    def _shows_revision(self) -> bool:
        data = self._examples.resolved(self._success_schema().get("data", {}))
        return "revision" in data.get("properties", {})


def _calls(dependant: Dependant) -> Sequence[object]:
    inner = [call for one in dependant.dependencies for call in _calls(one)]
    return [dependant.call, *inner]


def _is_failure(status: str) -> bool:
    return status.isdigit() and int(status) >= 400  # noqa: PLR2004 - where failures begin


def _failure_headers(status: int) -> dict[str, Any]:
    headers = {"X-Correlation-ID": _header("CorrelationId")}
    if status == 401:  # noqa: PLR2004 - the status itself
        headers["WWW-Authenticate"] = _header("WWWAuthenticate")
    if status in {429, 503}:
        headers["Retry-After"] = _header("RetryAfter")
    return headers


def _parameter(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/parameters/{name}"}


def _header(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/headers/{name}"}
