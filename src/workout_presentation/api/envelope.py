"""Success bodies: always the same five keys, and ``meta`` where there is any."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Final, Generic, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from workout_application.encoding import encode
from workout_shared.pages import CursorSlice, Page

T = TypeVar("T")

MEDIA_TYPE: Final = b"application/json"
PRIVATE: Final = "private, no-cache"
_HEAD: Final = b'{"success":true,"data":'
_TAIL: Final = b',"message":null,"errors":null,"pagination":null}'


@dataclass(frozen=True, slots=True)
class PageFigures:
    """The ``pagination`` of a numbered page."""

    current_page: int
    page_size: int
    total_pages: int
    total_items: int
    has_next: bool
    has_previous: bool


@dataclass(frozen=True, slots=True)
class CursorFigures:
    """The ``pagination`` of a cursor list."""

    limit: int
    next_cursor: str | None
    has_next: bool


_Figures = PageFigures | CursorFigures


@dataclass(frozen=True, slots=True)
class Envelope(Generic[T]):
    """The form of every success body, for the document; answers are written as bytes."""

    success: bool
    data: T
    message: str | None
    errors: None
    pagination: None


@dataclass(frozen=True, slots=True)
class PageEnvelope(Generic[T]):
    """The form of a list: ``data`` is the array."""

    success: bool
    data: list[T]
    message: str | None
    errors: None
    pagination: PageFigures | CursorFigures


class JsonBytes(Response):
    """JSON that is encoded already; its headers are written without Starlette's detours."""

    def __init__(self, body: bytes, status: int, headers: list[tuple[bytes, bytes]]) -> None:
        self.status_code = status
        self.background = None
        self.body = body
        self.raw_headers = [
            (b"content-type", MEDIA_TYPE),
            (b"content-length", b"%d" % len(body)),
            (b"cache-control", PRIVATE.encode()),
            *headers,
        ]


def envelope(
    data: bytes | object,
    *,
    status: int = 200,
    etag: int | None = None,
    location: str | None = None,
) -> Response:
    """Wrap ``data``: bytes are JSON already, anything else is encoded."""
    encoded = data if isinstance(data, bytes) else encode(data)
    headers = []
    if etag is not None:
        headers.append((b"etag", b'"%d"' % etag))
    if location is not None:
        headers.append((b"location", location.encode()))
    return JsonBytes(_HEAD + encoded + _TAIL, status, headers)


def accepted(job: object, job_id: UUID, revision: int) -> Response:
    """Answer 202: the job is asked for, and can be followed where ``Location`` says."""
    return envelope(job, status=202, etag=revision, location=f"/api/v1/jobs/{job_id}")


def nothing() -> Response:
    """Answer 204."""
    return Response(status_code=204)


def unless_unchanged(request: Request, data: bytes, etag: int) -> Response:
    """Answer with the thing, or 304 where the client has this revision already."""
    return _unchanged(request, etag) or envelope(data, etag=etag)


def file_unless_unchanged(
    request: Request, content: bytes, etag: int, *, media_type: str, name: str
) -> Response:
    """Answer with a file to keep, or 304 where the client has it already."""
    headers = {
        "ETag": f'"{etag}"',
        "Cache-Control": PRIVATE,
        "Content-Disposition": f'attachment; filename="{name}"',
    }
    file = Response(content, media_type=media_type, headers=headers)
    return _unchanged(request, etag) or file


def _unchanged(request: Request, etag: int) -> Response | None:
    tag = f'"{etag}"'
    asked = request.headers.get("if-none-match", "")
    if {part.strip().removeprefix("W/") for part in asked.split(",")} & {tag, "*"}:
        return Response(status_code=304, headers={"ETag": tag, "Cache-Control": PRIVATE})
    return None


def fingerprint(data: bytes) -> int:
    """Return what serves as the revision of an answer put together of many things."""
    return int.from_bytes(blake2b(data, digest_size=8).digest())


def page_envelope(request: Request, page: Page[Any] | CursorSlice[Any]) -> Response:
    """Wrap a list, its figures and its RFC 8288 links."""
    items = page.items
    if items and isinstance(items[0], bytes):
        data = b"[" + b",".join(items) + b"]"
    else:
        data = encode(items)
    figures, links = _numbered(page) if isinstance(page, Page) else _cursored(page)
    body = b"".join(
        (_HEAD, data, b',"message":null,"errors":null,"pagination":', encode(figures), b"}")
    )
    headers = [(b"link", _link_header(request, links).encode())] if links else []
    return JsonBytes(body, 200, headers)


def with_meta(
    request: Request, data: bytes, meta: bytes, *, tag: str, page: Page[Any] | None
) -> Response:
    """Wrap encoded data with its ``meta``, and the figures of its page where it is one."""
    figures, links = (None, {}) if page is None else _numbered(page)
    body = b"".join(
        (
            _HEAD,
            data,
            b',"message":null,"errors":null,"pagination":',
            encode(figures),
            b',"meta":',
            meta,
            b"}",
        )
    )
    headers = [(b"etag", tag.encode())]
    if links:
        headers.append((b"link", _link_header(request, links).encode()))
    return JsonBytes(body, 200, headers)


def _numbered(page: Page[Any]) -> tuple[_Figures, dict[str, Mapping[str, object]]]:
    last = page.total_pages
    figures = PageFigures(
        current_page=page.page,
        page_size=page.page_size,
        total_pages=last,
        total_items=page.total_items,
        has_next=page.page < last,
        has_previous=page.page > 1,
    )
    links: dict[str, Mapping[str, object]] = {"first": {"page": 1}}
    if figures.has_previous:
        links["prev"] = {"page": min(page.page - 1, max(last, 1))}
    if figures.has_next:
        links["next"] = {"page": page.page + 1}
    links["last"] = {"page": max(last, 1)}
    return figures, links


def _cursored(slice_: CursorSlice[Any]) -> tuple[_Figures, dict[str, Mapping[str, object]]]:
    following = slice_.next_cursor
    figures = CursorFigures(
        limit=slice_.limit, next_cursor=following, has_next=following is not None
    )
    return figures, {} if following is None else {"next": {"cursor": following}}


def _link_header(request: Request, links: Mapping[str, Mapping[str, object]]) -> str:
    query = dict(request.query_params)
    path = request.url.path
    return ", ".join(
        f'<{path}?{urlencode({**query, **changed})}>; rel="{relation}"'
        for relation, changed in links.items()
    )
