"""What happens to exercises."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from workout_domain.kernel.events import DomainEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseCreated(DomainEvent):
    """An exercise joined the catalogue; without an owner it is a shipped one."""

    kind: ClassVar[str] = "exercise.created"
    exercise_id: UUID
    owner_id: UUID | None
    name: str

    @property
    def aggregate_id(self) -> UUID:
        """The exercise."""
        return self.exercise_id


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseUpdated(DomainEvent):
    """Something about an exercise changed."""

    kind: ClassVar[str] = "exercise.updated"
    exercise_id: UUID
    owner_id: UUID | None
    name: str

    @property
    def aggregate_id(self) -> UUID:
        """The exercise."""
        return self.exercise_id


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseDeleted(DomainEvent):
    """An exercise left the catalogue; what was logged with it stays."""

    kind: ClassVar[str] = "exercise.deleted"
    exercise_id: UUID
    owner_id: UUID | None

    @property
    def aggregate_id(self) -> UUID:
        """The exercise."""
        return self.exercise_id
