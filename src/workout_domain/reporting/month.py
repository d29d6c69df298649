"""A month of the calendar, as reports are made of."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Final

from workout_domain.kernel.errors import FieldError, Invalid

FIRST_YEAR: Final = 1970
LAST_YEAR: Final = 9998
LAST_MONTH: Final = 12
_EARLIEST_ZONE: Final = timezone(timedelta(hours=14))
_LATEST_ZONE: Final = timezone(timedelta(hours=-12))


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """
    A year and a month in it, 1 to 12.

    Its days are local days: it begins first where clocks are 14 hours ahead of UTC, and ends last
    where they are 12 hours behind.
    """

    year: int
    month: int

    def __post_init__(self) -> None:
        """
        Refuse what is no month.

        Raises:
            Invalid: year or month are out of bounds; both are named.
        """
        errors = [
            FieldError(f"/{field}", "out_of_range", f"{field} must lie between {first} and {last}.")
            for field, value, first, last in (
                ("year", self.year, FIRST_YEAR, LAST_YEAR),
                ("month", self.month, 1, LAST_MONTH),
            )
            if not first <= value <= last
        ]
        if errors:
            raise Invalid("There is no such month.", errors)

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def past_last_day(self) -> date:
        """The day after its last."""
        year, month = divmod(self.year * LAST_MONTH + self.month, LAST_MONTH)
        return date(year, month + 1, 1)

    def has_begun(self, at: datetime) -> bool:
        """Tell whether it has begun somewhere at an instant."""
        return self.first_day <= at.astimezone(_EARLIEST_ZONE).date()

    @classmethod
    def last_ended(cls, at: datetime) -> "Month":
        """Return the latest month that is over everywhere at an instant."""
        today = at.astimezone(_LATEST_ZONE).date()
        before = today.replace(day=1) - timedelta(days=1)
        return cls(before.year, before.month)

    def __str__(self) -> str:
        """Write it as ``2026-03``."""
        return f"{self.year:04}-{self.month:02}"
