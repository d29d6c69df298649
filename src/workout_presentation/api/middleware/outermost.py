"""One layer around everything: correlation id, access line, metrics, headers, time limit, 500."""

import asyncio
import re
from collections.abc import Callable
from time import perf_counter
from typing import Final, Protocol

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from workout_application.messaging.correlation import correlation_id
from workout_application.messaging.origin import origin
from workout_presentation.api.headers import ADDED
from workout_presentation.api.middleware.deadlines import Deadlines
from workout_presentation.api.origins import origin_of
from workout_presentation.api.problems import BUG, TOO_LARGE, Problem, problem_response
from workout_shared.identifiers import Identifiers

_ACCEPTABLE_ID: Final = re.compile(r"[A-Za-z0-9._:/+=@-]{1,128}")
# Source: W3C Trace Context; version ff and a trace id of zeros are not valid.
_TRACEPARENT: Final = re.compile(
    r"(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}"
)
_BODILESS: Final = frozenset({"GET", "HEAD", "DELETE", "OPTIONS"})
_SECURITY_HEADERS: Final = (
    (b"api-supported-versions", b"1.0"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
)


class RequestObserver(Protocol):
    """Is told how each request went."""

    def request_finished(
        self, *, method: str, route: str, path: str, status: int, milliseconds: float
    ) -> None:
        """Write the access line and count."""
        ...

    def request_failed(self, *, method: str, path: str, error: BaseException) -> None:
        """Note a bug with its traceback."""
        ...


class Outermost:
    """
    Wraps the HTTP application; sockets pass through untouched.

    It is one layer rather than six because each costs every request, and outermost because an
    answer to a bug must carry the correlation id as well.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        observer: RequestObserver,
        identifiers: Identifiers,
        timeout_seconds: float,
        base_url: str,
        largest_body_bytes: int,
        extra_headers: tuple[tuple[bytes, bytes], ...] = (),
        granting: Callable[[ASGIApp], ASGIApp] = lambda app: app,
    ) -> None:
        # What this layer answers by itself has to be readable in a page of another origin too.
        self._granting = granting
        self._app, self._observer, self._identifiers = granting(app), observer, identifiers
        self._base_url, self._deadlines = base_url, Deadlines(timeout_seconds)
        self._largest_body_bytes = largest_body_bytes
        self._headers = (*_SECURITY_HEADERS, *extra_headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = perf_counter()
        identifier = self._correlation_id(scope)
        correlation_id.set(identifier)
        origin.set(origin_of(scope))
        answer = _Answer(send, scope, ((b"x-correlation-id", identifier.encode()), *self._headers))
        if scope["method"] not in _BODILESS and self._is_too_large(scope):
            too_large = problem_response(TOO_LARGE, path=scope["path"], base=self._base_url)
            app = self._granting(too_large)
        else:
            app = self._app
        deadline = self._deadlines.set()
        try:
            await app(scope, receive, answer.send)
        except asyncio.CancelledError:
            if not deadline.has_passed():
                raise
            await self._fail(scope, receive, answer, _TIMED_OUT)
        except Exception as error:  # noqa: BLE001 - the last resort: every bug is answered and logged
            self._observer.request_failed(method=scope["method"], path=scope["path"], error=error)
            await self._fail(scope, receive, answer, BUG)
        finally:
            self._deadlines.lift(deadline)
            self._observer.request_finished(
                method=scope["method"],
                route=getattr(scope.get("route"), "path", "-"),
                path=scope["path"],
                status=answer.status,
                milliseconds=(perf_counter() - started) * 1000,
            )

    async def _fail(
        self, scope: Scope, receive: Receive, answer: "_Answer", problem: Problem
    ) -> None:
        if not answer.is_begun:
            response = problem_response(problem, path=scope["path"], base=self._base_url)
            await self._granting(response)(scope, receive, answer.send)

    def _is_too_large(self, scope: Scope) -> bool:
        # The framework's own limit replaces every answer to such a request by plain text; a body
        # that does not announce its length is left to it.
        lengths = [value for name, value in scope["headers"] if name == b"content-length"]
        return bool(lengths) and int(lengths[0]) > self._largest_body_bytes

    def _correlation_id(self, scope: Scope) -> str:
        trace = ""
        for name, value in scope["headers"]:
            if name == b"x-correlation-id":
                text = value.decode("latin-1")
                if _ACCEPTABLE_ID.fullmatch(text):
                    return str(text)
            elif name == b"traceparent":
                match = _TRACEPARENT.fullmatch(value.decode("latin-1"))
                trace = match[1] if match else ""
        return trace or str(self._identifiers.new())


class _Answer:
    """Adds headers to the answer and remembers its status."""

    def __init__(self, send: Send, scope: Scope, headers: tuple[tuple[bytes, bytes], ...]) -> None:
        self._send, self._scope, self._headers = send, scope, headers
        self.status = 499
        self.is_begun = False

    async def send(self, message: Message) -> None:
        """Pass one ASGI message on."""
        if message["type"] == "http.response.start":
            self.is_begun = True
            self.status = message["status"]
            headers = [*message.get("headers", ()), *self._headers]
            added = self._scope.get(ADDED)
            if added is not None:
                kept = (header for header in headers if header[0] not in added)
                headers = [*kept, *added.items()]
            message["headers"] = headers
        await self._send(message)


_TIMED_OUT: Final = Problem(
    status=503,
    code="request_timeout",
    detail="The request took too long.",
    retryable=True,
    headers=(("Retry-After", "1"),),
)
