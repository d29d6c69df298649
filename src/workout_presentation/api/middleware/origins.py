"""Which pages of other origins may call: those the operator lists, on HTTP and on the hub."""

from collections.abc import Callable
from typing import Any, Final

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from workout_presentation.api.problems import Problem, problem_response

_METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
_TAKEN: Final = (
    "Authorization",
    "Content-Type",
    "Idempotency-Key",
    "If-Match",
    "If-None-Match",
    "X-API-Key",
    "X-CSRF-Token",
    "X-Correlation-ID",
    "traceparent",
)
_SHOWN: Final = (
    "ETag",
    "Link",
    "Location",
    "Retry-After",
    "RateLimit",
    "RateLimit-Policy",
    "X-Correlation-ID",
    "Idempotency-Replayed",
)
_SCHEMES: Final = {"ws": "http", "wss": "https"}


class Cors(CORSMiddleware):
    """Grants listed origins everything the API has; a page of another one is told so."""

    def __init__(self, app: ASGIApp, *, origins: tuple[str, ...], base_url: str) -> None:
        super().__init__(
            app,
            allow_origins=origins,
            allow_methods=_METHODS,
            allow_headers=_TAKEN,
            allow_credentials=True,
            expose_headers=_SHOWN,
        )
        self._base_url = base_url

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the question a browser asks before a request, or mark a request's answer."""
        if scope["type"] == "http" and scope["method"] == "OPTIONS":
            headers = Headers(scope=scope)
            if "origin" in headers and "access-control-request-method" in headers:
                await self._preflight(headers, scope["path"])(scope, receive, send)
                return
        await super().__call__(scope, receive, send)

    def _preflight(self, headers: Headers, path: str) -> Response:
        answer = self.preflight_response(headers)
        if answer.status_code < 400:  # noqa: PLR2004 - where failures begin
            return answer
        problem = Problem(400, "cross_origin_refused", f"{bytes(answer.body).decode()}.")
        refusal = problem_response(problem, path=path, base=self._base_url)
        if self.is_allowed_origin(headers["origin"]):
            # It is the method or a header that will not do, which this page may know.
            refusal.headers["Access-Control-Allow-Origin"] = headers["origin"]
        refusal.headers["Vary"] = "Origin"
        return refusal


def hub_origins(
    origins: tuple[str, ...], *, base_url: str
) -> Callable[[str | None, dict[str, Any]], bool]:
    """
    Make what decides whether a page may connect to the hub.

    A page of this very server may, under the address it was called by or the public one; clients
    that are no browsers name no origin and are not asked.
    """
    listed = {*origins, origin_of_url(base_url)}

    def may_connect(origin: str | None, environ: dict[str, Any]) -> bool:
        scope = environ["asgi.scope"]
        scheme = _SCHEMES.get(scope["scheme"], scope["scheme"])
        return origin in listed or origin == f"{scheme}://{environ.get('HTTP_HOST', '')}"

    return may_connect


def origin_of_url(url: str) -> str:
    """Return the origin of an address, as browsers write it."""
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}".lower()
