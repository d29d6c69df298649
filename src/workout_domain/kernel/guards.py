"""Guard clauses: each returns the checked value or raises ``Invalid`` naming the field."""

from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from workout_domain.kernel.errors import Invalid

_TOLERANCE = timedelta(days=1)
NUL = "\x00"


def required_text(value: str, *, field: str, longest: int, shortest: int = 1) -> str:
    """Return ``value`` stripped; refuse what shows nothing, NUL and lengths out of bounds."""
    text = value.strip()
    if not any(character.isprintable() and not character.isspace() for character in text):
        raise Invalid.field(f"/{field}", "blank", f"{field} must not be blank.")
    if NUL in text:
        raise Invalid.field(f"/{field}", "nul", f"{field} must not hold a NUL character.")
    if not shortest <= len(text) <= longest:
        raise Invalid.field(
            f"/{field}", "length", f"{field} must have {shortest} to {longest} characters."
        )
    return text


def optional_text(value: str | None, *, field: str, longest: int) -> str | None:
    """Return ``value`` as it is, or None; refuse NUL and what is too long."""
    if value is None:
        return None
    if NUL in value:
        raise Invalid.field(f"/{field}", "nul", f"{field} must not hold a NUL character.")
    if len(value) > longest:
        raise Invalid.field(
            f"/{field}", "length", f"{field} must have at most {longest} characters."
        )
    return value


def at_least(value: int, smallest: int, *, field: str, largest: int = 1_000_000) -> int:
    """Return ``value``; refuse what lies outside ``smallest`` to ``largest``."""
    if not smallest <= value <= largest:
        raise Invalid.field(
            f"/{field}", "out_of_range", f"{field} must lie between {smallest} and {largest}."
        )
    return value


def not_negative(value: Decimal | None, *, field: str) -> None:
    """Refuse a figure below zero or not finite; None passes."""
    if value is not None and (not value.is_finite() or value < 0):
        raise Invalid.field(f"/{field}", "out_of_range", f"{field} must not be negative.")


def not_ahead(moment: datetime, *, now: datetime, field: str) -> None:
    """
    Refuse what was performed more than a day from now.

    A day of tolerance lets clocks be wrong, and time zones be mixed up, without losing a set.
    """
    if moment - now > _TOLERANCE:
        raise Invalid.field(f"/{field}", "future", f"{field} must not lie in the future.")


def known(identifier: UUID, *, field: str) -> UUID:
    """Return ``identifier``; refuse the nil UUID, which names nobody."""
    if not identifier.int:
        raise Invalid.field(f"/{field}", "nil", f"{field} must name something.")
    return identifier
