"""The query parameters lists share: pages, cursors and periods."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Final
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from workout_application.messaging.actor import Actor
from workout_domain.kernel.errors import Invalid
from workout_shared.pages import (
    DEFAULT_LIMIT,
    DEFAULT_PAGE_SIZE,
    LARGEST_PAGE,
    MAXIMUM_PAGE_SIZE,
    CursorRequest,
    PageRequest,
)

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def _readable(text: str) -> str:
    # Here as well as in reading, which needs the caller: so it is told beside all other errors.
    try:
        _ = date.fromisoformat(text) if _DAY.fullmatch(text) else _instant(text)
    except (ValueError, OverflowError):
        sentence = "must be an RFC 3339 instant or a date"
        raise PydanticCustomError("instant_or_date", sentence) from None
    return text


Moment = Annotated[
    str,
    StringConstraints(max_length=40),
    AfterValidator(_readable),
    Field(description="An RFC 3339 instant, or a date: the whole local day of the caller."),
]
MomentOrLivedDay = Annotated[
    str,
    StringConstraints(max_length=40),
    AfterValidator(_readable),
    Field(description="An RFC 3339 instant, or a date: the local day of whoever trained."),
]


class PageQuery(BaseModel):
    """A numbered page."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    page: int = Field(1, ge=1, le=LARGEST_PAGE)
    page_size: int = Field(DEFAULT_PAGE_SIZE, ge=1, le=MAXIMUM_PAGE_SIZE)
    sort: str | None = Field(None, max_length=40)

    def page_request(self, sorts: frozenset[str]) -> PageRequest:
        """
        Read the page.

        Raises:
            Invalid: ``sort`` is not one of the declared fields.
        """
        if self.sort is not None and self.sort not in sorts:
            known = ", ".join(sorted(sorts))
            raise Invalid.field("/sort", "sort", f"sort must be one of: {known}.")
        return PageRequest(page=self.page, page_size=self.page_size, sort=self.sort)


class CursorQuery(BaseModel):
    """A run of an unbounded list."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    cursor: str | None = Field(None, max_length=400)
    limit: int = Field(DEFAULT_LIMIT, ge=1, le=MAXIMUM_PAGE_SIZE)

    def cursor_request(self) -> CursorRequest:
        """Read the run."""
        return CursorRequest(cursor=self.cursor, limit=self.limit)


class PageOrCursorQuery(PageQuery):
    """A numbered page, or a run where ``cursor`` or ``limit`` is given."""

    cursor: str | None = Field(None, max_length=400)
    limit: int | None = Field(None, ge=1, le=MAXIMUM_PAGE_SIZE)

    def request(self, sorts: frozenset[str]) -> PageRequest | CursorRequest:
        """
        Read whichever was asked for.

        Raises:
            Invalid: a run was asked for together with a page or an order.
        """
        if self.cursor is None and self.limit is None:
            return self.page_request(sorts)
        both = self.model_fields_set & {"page", "page_size", "sort"}
        if both:
            raise Invalid.field(
                f"/{min(both)}", "page_or_cursor", "Ask for a page or for a cursor."
            )
        return CursorRequest(cursor=self.cursor, limit=self.limit or DEFAULT_LIMIT)


def starting(moment: str | None, actor: Actor) -> datetime | None:
    """Read ``from_date``: an instant, or the first moment of a local day."""
    return None if moment is None else _read("from_date", moment, actor, is_end=False)


def ending(moment: str | None, actor: Actor) -> datetime | None:
    """Read ``to_date``: an instant, or the last moment of a local day."""
    return None if moment is None else _read("to_date", moment, actor, is_end=True)


def day_of(name: str, text: str | None) -> date | None:
    """Read a date; None where nothing was given, or an instant."""
    if text is None or not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise _unreadable(name) from error


def _read(name: str, text: str, actor: Actor, *, is_end: bool) -> datetime:
    try:
        if _DAY.fullmatch(text):
            return _edge(date.fromisoformat(text), ZoneInfo(actor.time_zone), is_end=is_end)
        return _instant(text)
    except (ValueError, OverflowError) as error:
        raise _unreadable(name) from error


def _unreadable(name: str) -> Invalid:
    sentence = f"{name} must be an RFC 3339 instant or a date."
    return Invalid.field(f"/{name}", "instant_or_date", sentence)


def _instant(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("an instant needs an offset")
    return moment.astimezone(UTC)


def _edge(day: date, zone: ZoneInfo, *, is_end: bool) -> datetime:
    if not is_end:
        return datetime.combine(day, time.min, zone).astimezone(UTC)
    following = datetime.combine(day + timedelta(days=1), time.min, zone).astimezone(UTC)
    return following - timedelta(microseconds=1)
