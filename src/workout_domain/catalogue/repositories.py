"""Collections of the catalogue's aggregates."""

from typing import Protocol
from uuid import UUID

from workout_domain.catalogue.exercise import Exercise
from workout_domain.catalogue.set_type import SetType


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

    async def both_of(
        self, user_id: UUID, first_id: UUID, second_id: UUID, /
    ) -> tuple[Exercise, Exercise | None]:
        """
        Return two exercises, shipped or the user's own; None for a second one there is not.

        Raises:
            ExerciseNotFound: there is no first one, or it is somebody else's.
        """
        ...


class SetTypeRepository(Protocol):
    """All types of sets that were not deleted."""

    def add(self, set_type: SetType, /) -> None:
        """Add a new type."""
        ...

    async def one(self, set_type_id: UUID, /) -> SetType:
        """
        Return a type, its row locked.

        Raises:
            SetTypeNotFound: there is none.
        """
        ...

    async def is_used(self, set_type_id: UUID, /) -> bool:
        """Tell whether there is a set of this type."""
        ...
