"""Sessions are counted anew when a type of set warms up from now on, or no more."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Recounted:
    """How many sessions are marked, whose they are, and the greatest of their ids."""

    sessions: int
    user_ids: tuple[UUID, ...]
    trainer_ids: tuple[UUID, ...]
    up_to: UUID | None


class SessionsOfSetTypes(Protocol):
    """Sessions by the types of their sets."""

    async def mark_changed(
        self, set_type_id: UUID, /, *, after: UUID | None, most: int, at: datetime
    ) -> Recounted:
        """Mark at most ``most`` sessions with sets of the type as changed, those after an id."""
        ...
