"""What the catalogue needs from elsewhere, in its own words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.documents import Document
from workout_domain.catalogue.classification import (
    Equipment,
    ExerciseCategory,
    MeasurementType,
    Muscle,
)
from workout_shared.pages import Page, PageRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseFilter:
    """Which exercises are asked for; None asks for all."""

    search: str | None = None
    category: ExerciseCategory | None = None
    equipment: Equipment | None = None
    muscle: Muscle | None = None
    measurement_type: MeasurementType | None = None
    is_active: bool | None = None


class CatalogueReader(Protocol):
    """Reads the catalogue: shipped exercises, one's own, and those of one's trainers."""

    async def exercise(self, exercise_id: UUID, /, *, visible_to: Actor) -> Document:
        """
        Return an exercise as an ``ExerciseView``.

        Raises:
            ExerciseNotFound: there is none, or the actor does not see it.
        """
        ...

    async def exercises(
        self, wanted: ExerciseFilter, page: PageRequest, /, *, visible_to: Actor
    ) -> Page[bytes]:
        """Return a page of encoded ``ExerciseView``, by name where nothing else is asked for."""
        ...

    async def set_types(self) -> bytes:
        """Return all types of sets, as an encoded array of ``SetTypeView``."""
        ...


class OwnedExercises(Protocol):
    """Exercises of one account."""

    async def archive(self, owner_id: UUID, /, *, at: datetime) -> None:
        """Delete those that nobody else used, and let no new plan take the others."""
        ...
