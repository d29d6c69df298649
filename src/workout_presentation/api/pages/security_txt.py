"""Whom to tell about a hole in the product: RFC 9116."""

from datetime import timedelta
from typing import Final

from fastapi import APIRouter
from starlette.responses import PlainTextResponse, Response

from workout_shared.clock import Clock

PATH: Final = "/.well-known/security.txt"
# Source: RFC 9116, 2.5.5: an expiry date, less than a year ahead.
_GOOD_FOR: Final = timedelta(days=180)


def security_txt(contact: str, *, base_url: str, clock: Clock) -> APIRouter:
    """Make the route that names the operator's contact."""
    router = APIRouter(include_in_schema=False)

    @router.get(PATH)
    async def show_security_contact() -> Response:
        expires = (clock.now() + _GOOD_FOR).strftime("%Y-%m-%dT00:00:00Z")
        return PlainTextResponse(
            f"Contact: {contact}\nExpires: {expires}\nPreferred-Languages: en\n"
            f"Canonical: {base_url}{PATH}\n"
        )

    return router
