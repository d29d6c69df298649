"""Collections of the catalogue's aggregates."""

from typing import Protocol
from uuid import UUID

from workout_domain.catalogue.exercise import Exercise


class ExerciseRepository(Protocol):
    """All exercises that were not deleted."""

    def add(self, exercise: Exercise, /) -> None:
        """Add a new exercise."""
        ...

    async def shipped_or_owned_by(self, user_id: UUID, exercise_id: UUID, /) -> Exercise:
        """
        Return a shipped exercise or one of the user's own.

        Raises:
            ExerciseNotFound: there is none, or it is somebody else's.
        """
        ...
