"""One page per error code: where the `type` of every problem document leads."""

import re
from dataclasses import dataclass
from html import escape
from typing import Final

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from workout_domain.kernel.errors import DomainError
from workout_presentation.api.envelope import envelope
from workout_presentation.api.pages.page import page
from workout_presentation.api.problems import TITLES, status_of

_POLICY: Final = "default-src 'none'; frame-ancestors 'none'"


@dataclass(frozen=True, slots=True)
class ProblemPage:
    """What a code means."""

    code: str
    title: str
    status: int
    reason: str
    meaning: str
    retryable: bool


# What the door itself answers, before or after any handler.
_OF_THE_DOOR: Final = (
    ("malformed_request", 400, "The request cannot be read.", False),
    ("unsupported_version", 404, "This server speaks version v1 of the API only.", False),
    ("cross_origin_refused", 400, "Pages of this origin may not call this server.", False),
    ("method_not_allowed", 405, "The address exists, but not for this method.", False),
    ("body_too_large", 413, "The body is larger than this server takes.", False),
    ("unsupported_media_type", 415, "The body is not application/json.", False),
    ("http_error", 400, "The request was refused by the server's HTTP layer.", False),
    ("request_timeout", 503, "The request took too long; it may be sent again.", True),
    ("internal_error", 500, "A fault on our side; tell us the correlation id.", False),
)

problem_pages = APIRouter(include_in_schema=False)


@problem_pages.get("/problems/{code}")
async def show_problem(code: str, request: Request) -> Response:
    """Explain an error code, to a browser as a page, to others as JSON."""
    found = pages_by_code().get(code)
    if found is None:
        raise HTTPException(404)
    if "text/html" in request.headers.get("accept", ""):
        return page(request, _html(found), policy=_POLICY)
    return envelope(found)


def pages_by_code() -> dict[str, ProblemPage]:
    """Explain every refusal this process knows, and what the door answers itself."""
    pages = {
        code: ProblemPage(code, _words(code), status, TITLES[status], meaning, retryable)
        for code, status, meaning, retryable in _OF_THE_DOOR
    }
    for kind in all_refusals():
        status = status_of(kind)
        pages[kind.code] = ProblemPage(
            code=kind.code,
            title=_words(re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", kind.__name__)),
            status=status,
            reason=TITLES[status],
            meaning=" ".join((kind.__doc__ or "").split()),
            retryable=kind.retryable,
        )
    return pages


def all_refusals() -> list[type[DomainError]]:
    """Return every concrete refusal: the subclasses that have a code of their own."""
    found: list[type[DomainError]] = []
    waiting: list[type[DomainError]] = [DomainError]
    while waiting:
        kind = waiting.pop()
        waiting.extend(kind.__subclasses__())
        if "code" in vars(kind):
            found.append(kind)
    return sorted(found, key=lambda kind: kind.code)


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _html(found: ProblemPage) -> str:
    again = "The same request may succeed later." if found.retryable else ""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(found.title)}</title></head><body><main>"
        f"<h1>{escape(found.title)}</h1><p>{escape(found.meaning)}</p><p>{again}</p>"
        f"<dl><dt>Code</dt><dd><code>{escape(found.code)}</code></dd>"
        f"<dt>Status</dt><dd>{found.status} {escape(found.reason)}</dd></dl></main></body></html>"
    )
