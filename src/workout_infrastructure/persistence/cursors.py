"""Cursors over lists that are ordered by an instant and an id."""

from datetime import UTC, datetime
from uuid import UUID

from workout_domain.kernel.errors import Invalid
from workout_shared.pages import CursorNotReadable, decode_cursor, encode_cursor


def instant_cursor(moment: datetime, identifier: str | UUID) -> str:
    """Point behind the item at ``moment`` with this id."""
    return encode_cursor(moment.isoformat(), str(identifier))


def read_instant_cursor(cursor: str) -> tuple[datetime, UUID]:
    """
    Read such a cursor.

    Raises:
        Invalid: it is not one this server made for this kind of list.
    """
    try:
        moment, identifier = decode_cursor(cursor, str, str)
        return datetime.fromisoformat(moment).astimezone(UTC), UUID(identifier)
    except (CursorNotReadable, ValueError, OverflowError) as error:
        raise Invalid.field("/cursor", "cursor", "The cursor is not one of this list.") from error
