"""Sends clients that came by http to https, where the operator asks for it."""

from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

PROBES: Final = ("/health", "/metrics")
HSTS: Final = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")
_SECURE: Final = frozenset({"https", "wss"})


class HttpsOnly:
    """
    Answers 308 to requests that did not come by TLS, what looks after the product inside apart.

    TLS ends at a proxy in front of the product, which says so in ``X-Forwarded-Proto``; what a
    trusted one says is the request's scheme by now. Sockets without TLS are refused in the
    handshake.
    """

    def __init__(self, app: ASGIApp, *, base_url: str) -> None:
        self._app = app
        self._host = base_url.partition("://")[2]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass secure traffic on."""
        is_open = scope["type"] == "lifespan" or scope["path"].startswith(PROBES)
        if is_open or scope["scheme"] in _SECURE:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008, "reason": "Use wss."})
        else:
            await self._redirect(scope, send)

    async def _redirect(self, scope: Scope, send: Send) -> None:
        query = scope["query_string"]
        path = scope.get("raw_path") or scope["path"].encode()
        location = b"https://" + self._host.encode() + path.partition(b"?")[0]
        headers = [
            (b"location", location + (b"?" + query if query else b"")),
            (b"content-length", b"0"),
            HSTS,
        ]
        await send({"type": "http.response.start", "status": 308, "headers": headers})
        await send({"type": "http.response.body", "body": b""})
