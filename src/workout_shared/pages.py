"""Two ways to cut a list: numbered pages with totals, and opaque cursors without."""

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

DEFAULT_PAGE_SIZE = 10
DEFAULT_LIMIT = 20
MAXIMUM_PAGE_SIZE = 100
LARGEST_PAGE = 1_000_000

T = TypeVar("T")


class CursorNotReadable(ValueError):
    """The cursor was not made by this server, or for another list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRequest:
    """A numbered page: ``page`` counts from 1, ``sort`` may lead with ``-`` for descending."""

    page: int = 1
    page_size: int = DEFAULT_PAGE_SIZE
    sort: str | None = None

    @property
    def offset(self) -> int:
        """How many items stand before this page."""
        return (self.page - 1) * self.page_size


@dataclass(frozen=True, slots=True, kw_only=True)
class CursorRequest:
    """The items after ``cursor`` (empty or None: from the start), at most ``limit``."""

    cursor: str | None = None
    limit: int = DEFAULT_LIMIT


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """One numbered page and the total it was cut from."""

    items: list[T]
    page: int
    page_size: int
    total_items: int

    @property
    def total_pages(self) -> int:
        """How many pages there are; 0 for an empty list."""
        return -(-self.total_items // self.page_size)


@dataclass(frozen=True, slots=True, kw_only=True)
class CursorSlice(Generic[T]):
    """A run of items and where the next run starts (None: this was the last)."""

    items: list[T]
    limit: int
    next_cursor: str | None


def encode_cursor(*position: str | int) -> str:
    """Write the position of the last item shown as an opaque, URL-safe text."""
    text = json.dumps(position, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


def decode_cursor(cursor: str, *kinds: type[str] | type[int]) -> tuple[Any, ...]:
    """
    Read back what ``encode_cursor`` wrote.

    Raises:
        CursorNotReadable: it is not one of ours, or its parts are not of ``kinds``.
    """
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        position = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, binascii.Error, RecursionError) as error:
        raise CursorNotReadable("The cursor is not one this server made.") from error
    if not isinstance(position, list) or [type(part) for part in position] != list(kinds):
        raise CursorNotReadable("The cursor is not one this server made.")
    return tuple(position)
