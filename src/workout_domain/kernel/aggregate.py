"""The consistency boundary every context builds on."""

from datetime import datetime
from typing import Any

from workout_domain.kernel.events import DomainEvent


class Aggregate:
    """
    Loaded whole, changed by its own verbs, saved whole.

    ``revision`` grows with every recorded event, so two writers of different children of one
    aggregate still collide; ``created_at`` and ``updated_at`` are aware UTC instants.
    """

    def __init__(self, *, at: datetime) -> None:
        self.revision = 0
        self.created_at = at
        self.updated_at = at
        self.deleted_at: datetime | None = None

    @property
    def is_deleted(self) -> bool:
        """Whether it was deleted: kept in its table, gone from every read."""
        return self.deleted_at is not None

    def _record(self, event: DomainEvent) -> None:
        # Raising the revision makes the root row dirty: that is what detects a second writer.
        self._touch(at=event.occurred_at)
        recorded: list[DomainEvent] = self.__dict__.setdefault("_recorded", [])
        recorded.append(event)

    def _touch(self, *, at: datetime) -> None:
        self.revision += 1
        self.updated_at = at

    def take_events(self) -> tuple[DomainEvent, ...]:
        """Hand over the events recorded since the last call, and forget them."""
        recorded: Any = self.__dict__.pop("_recorded", ())
        return tuple(recorded)
