"""The day something happened on, by the clock on the wall where it happened."""

import re
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from workout_domain.kernel.errors import Invalid

# Names a machine may know that mean another zone, or none, elsewhere.
_NOT_IANA: Final = re.compile(r"localtime|posixrules|Factory|(posix|right)/.*", re.DOTALL)


def checked_time_zone(name: str) -> str:
    """Return the name of an IANA time zone, or refuse it."""
    try:
        ZoneInfo("" if _NOT_IANA.fullmatch(name) else name)
    except (ValueError, OSError, KeyError) as error:
        raise Invalid.field(
            "/time_zone", "time_zone", "time_zone must be an IANA name such as Europe/Vienna."
        ) from error
    return name


def local_day(moment: datetime, time_zone: str) -> date:
    """
    Return the day an aware instant falls on in an IANA time zone.

    Every instant falls on exactly one day, also where clocks are put forward or back.
    """
    return moment.astimezone(ZoneInfo(time_zone)).date()
