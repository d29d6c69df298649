"""Believes what proxies of the operator say of a client, and nobody else."""

from ipaddress import ip_address
from typing import Any, Final

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

_PEER: Final = "workout.peer"


class TrustedProxies:
    """
    Sets address and scheme of a request from ``X-Forwarded-For`` and ``-Proto``.

    Of several hops the last one that is no trusted proxy counts, since everything before it is
    what that client says. Where that is no address at all, the proxy's own remains.
    """

    def __init__(self, app: ASGIApp, trusted: tuple[str, ...]) -> None:
        self._app = app
        inner: Any = self._checked
        self._believing: Any = ProxyHeadersMiddleware(inner, list(trusted))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request or socket."""
        client = scope.get("client")
        if client:
            # A server that listens on both kinds of address writes IPv4 as a part of IPv6.
            scope["client"] = (_plain(client[0]) or client[0], client[1])
            scope[_PEER] = scope["client"]
        await self._believing(scope, receive, send)

    async def _checked(self, scope: Scope, receive: Receive, send: Send) -> None:
        peer = scope.pop(_PEER, None)
        if peer is not None:
            address = _plain(scope["client"][0])
            scope["client"] = peer if address is None else (address, scope["client"][1])
        await self._app(scope, receive, send)


def _plain(text: str) -> str | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    mapped = getattr(address, "ipv4_mapped", None)
    return str(mapped or address)
