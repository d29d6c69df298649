"""The athletes of a trainer at a glance: who they are, and what each did lately."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Protocol
from uuid import UUID

RECENT_DAYS: Final = 28
"""Today and the days before it that the figures are of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterMember:
    """An athlete who shows a trainer their reports, and which day it is where they live."""

    athlete_id: UUID
    user_id: UUID
    username: str
    name: str
    time_zone: str
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterFigures:
    """
    What one athlete did in the last ``RECENT_DAYS``, and what the trainer planned for them.

    Weeks are ISO weeks; ``acute`` and ``chronic`` are mean session loads a day of 7 and 28 days.
    ``due`` are workouts completed or missed, ``missed_lately`` those of the days that attention is
    about. ``muscles`` are weighted hard sets of this week.
    """

    is_training_now: bool
    first_session: date | None
    last_session: date | None
    sessions_7_days: int
    sessions_28_days: int
    tonnage_kg_this_week: Decimal
    tonnage_kg_last_week: Decimal
    hard_sets_this_week: int
    acute_load: Decimal
    chronic_load: Decimal
    unrated_sessions: int
    new_records: int
    due: int
    completed: int
    missed: int
    missed_lately: int
    upcoming: int
    next_planned: date | None
    muscles: dict[str, Decimal]


class RosterReader(Protocol):
    """Reads a whole roster in as many statements as one athlete takes."""

    async def members(
        self, trainer_id: UUID, group_id: UUID | None, /, *, at: datetime
    ) -> list[RosterMember]:
        """Return those who let the trainer see reports now, of all or of a group, by name."""
        ...

    async def figures(
        self, trainer_id: UUID, members: Sequence[RosterMember], /
    ) -> dict[UUID, RosterFigures]:
        """Return the figures of members by their profile."""
        ...
