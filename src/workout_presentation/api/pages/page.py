"""How a page for people is answered: it may do what its policy says, and nothing else."""

from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from workout_presentation.api.headers import answer_with

_NO_FEATURES: Final = b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def page(request: Request, html: str, *, policy: str) -> Response:
    """Answer with HTML under its own content security policy, in the place of the common one."""
    answer_with(request.scope, b"content-security-policy", policy.encode())
    answer_with(request.scope, b"permissions-policy", _NO_FEATURES)
    answer_with(request.scope, b"cross-origin-opener-policy", b"same-origin")
    return HTMLResponse(html)
