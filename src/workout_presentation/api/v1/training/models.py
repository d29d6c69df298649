"""What bodies of training have in common."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from workout_application.messaging.actor import Actor
from workout_domain.kernel.errors import Invalid
from workout_domain.kernel.load import Load, MeasurementUnit
from workout_shared.pages import CursorNotReadable, decode_cursor

LAST_SEQUENCE: Final = 2**31 - 1


def load_of(weight: Decimal | None, unit: str | None, actor: Actor) -> Load | None:
    """Read a weight; a bare number is in the unit the caller prefers."""
    if weight is None:
        return None
    return Load(weight, MeasurementUnit(unit or actor.preferred_unit))


def nulls(sent: dict[str, Any], *, allowed: set[str]) -> Iterator[tuple[str, str, str]]:
    """Name the fields that were sent as null and cannot be taken away."""
    for name, value in sent.items():
        if value is None and name not in allowed:
            yield name, "null", f"{name} must not be null."


def read_sequence(cursor: str) -> int:
    """
    Read a cursor that stands for the sequence of an event.

    Raises:
        Invalid: it is not one of ours.
    """
    try:
        position: int = decode_cursor(cursor, int)[0]
    except CursorNotReadable:
        position = -1
    if not 0 <= position <= LAST_SEQUENCE:
        raise Invalid.field("/cursor", "cursor", "The cursor is not one of this list.")
    return position
