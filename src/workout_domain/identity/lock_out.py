"""When guessing shuts a door: after so many failures from one place, for a while."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class LockOut:
    """
    The rule of the lock-out.

    Failures count per account and place, so that guessing elsewhere never shuts out the owner;
    what is tried while locked does not prolong the lock.

    Source: requirement matrix A.8, five failures in 15 minutes lock for 15 minutes.
    """

    most_failures: int = 5
    window: timedelta = timedelta(minutes=15)
    pause: timedelta = timedelta(minutes=15)

    def after_failure(self, failures_before: int, *, at: datetime) -> datetime | None:
        """Return until when one more failure locks, or None where it does not yet."""
        return at + self.pause if failures_before + 1 >= self.most_failures else None
