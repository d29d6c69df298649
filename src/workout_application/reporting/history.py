"""Sets of one exercise as they were logged; ids as text."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedSet:
    """One set: its weight as it was entered, and in kilograms what it really moved."""

    set_id: str
    set_type: str
    is_warm_up: bool
    weight: Decimal | None
    unit: str | None
    effective_kg: Decimal | None
    successful_reps: int
    failed_reps: int
    rpe: Decimal | None
    rir: Decimal | None
    side: str | None
    duration_seconds: Decimal | None
    distance_meters: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedSession:
    """What is known of a session, and its sets of the exercise in the order they were logged."""

    name: str
    status: str
    sets: tuple[LoggedSet, ...]


class LogReader(Protocol):
    """Looks sessions up themselves."""

    async def sessions(
        self, user_id: UUID, exercise_id: UUID, session_ids: tuple[UUID, ...], /
    ) -> dict[UUID, LoggedSession]:
        """Return those of the sessions that are somebody's and have sets of an exercise."""
        ...
