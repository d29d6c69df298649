"""When a session is: an instant, the day it falls on where it is lived, its place among others."""

from dataclasses import dataclass
from datetime import date, datetime

from workout_domain.kernel.guards import not_ahead
from workout_domain.kernel.local_day import checked_time_zone, local_day


@dataclass(frozen=True, slots=True)
class SessionTime:
    """
    The date a session is given, with its IANA time zone and its day there.

    ``place`` is where it stands among others: when it begins, or for one of another day its date.
    """

    session_date: datetime
    time_zone: str
    local_date: date
    place: datetime

    @classmethod
    def of(cls, session_date: datetime, time_zone: str, *, now: datetime) -> "SessionTime":
        """
        Place a session in time.

        Raises:
            Invalid: it lies in the future, or there is no such time zone.
        """
        not_ahead(session_date, now=now, field="session_date")
        day = local_day(session_date, checked_time_zone(time_zone))
        is_of_today = day == local_day(now, time_zone)
        return cls(session_date, time_zone, day, now if is_of_today else session_date)
