"""When an athlete needs their coach's attention."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

QUIET_DAYS: Final = 7
"""So many days without a session are enough."""

MISSED_DAYS: Final = 14
MOST_MISSED: Final = 1
"""More workouts than that missed within ``MISSED_DAYS`` are too many."""

AHEAD_DAYS: Final = 7
"""Today and the days after it for which something is to be planned."""


class AttentionReason(StrEnum):
    """Why an athlete needs attention."""

    NEVER_TRAINED = "never_trained"
    NOT_TRAINED_LATELY = "not_trained_lately"
    MISSED_WORKOUTS = "missed_workouts"
    NOTHING_PLANNED = "nothing_planned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lately:
    """
    What an athlete did lately and is to do next.

    ``days_since`` the last session is None where there is none; ``missed`` are workouts of the last
    ``MISSED_DAYS``, ``upcoming`` those of the next ``AHEAD_DAYS`` not done yet.
    """

    days_since: int | None
    missed: int
    upcoming: int

    @property
    def reasons(self) -> tuple[AttentionReason, ...]:
        """Why the athlete needs attention; nothing where all goes well."""
        return tuple(self._reasons())

    def _reasons(self) -> Iterator[AttentionReason]:
        if self.days_since is None:
            yield AttentionReason.NEVER_TRAINED
        elif self.days_since >= QUIET_DAYS:
            yield AttentionReason.NOT_TRAINED_LATELY
        if self.missed > MOST_MISSED:
            yield AttentionReason.MISSED_WORKOUTS
        if not self.upcoming:
            yield AttentionReason.NOTHING_PLANNED
