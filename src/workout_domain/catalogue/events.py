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
class ExerciseArchived(DomainEvent):
    """An exercise is offered no more; plans and sessions keep it."""

    kind: ClassVar[str] = "exercise.archived"
    exercise_id: UUID
    owner_id: UUID | None

    @property
    def aggregate_id(self) -> UUID:
        """The exercise."""
        return self.exercise_id


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseUnarchived(DomainEvent):
    """An archived exercise is offered again."""

    kind: ClassVar[str] = "exercise.unarchived"
    exercise_id: UUID
    owner_id: UUID | None

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


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseMerged(DomainEvent):
    """An exercise became another one: whatever refers to it has to follow."""

    kind: ClassVar[str] = "exercise.merged"
    merge_id: UUID
    exercise_id: UUID
    owner_id: UUID | None
    into_id: UUID

    @property
    def aggregate_id(self) -> UUID:
        """The exercise that is no more."""
        return self.exercise_id


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTypeEvent(DomainEvent):
    """Something happened to a type of set."""

    set_type_id: UUID
    code: str

    @property
    def aggregate_id(self) -> UUID:
        """The type of set."""
        return self.set_type_id


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTypeCreated(SetTypeEvent):
    """A type of set joined the catalogue."""

    kind: ClassVar[str] = "set_type.created"
    is_warm_up: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTypeUpdated(SetTypeEvent):
    """A type of set says something else; sets count anew where ``warm_up_changed``."""

    kind: ClassVar[str] = "set_type.updated"
    is_warm_up: bool
    warm_up_changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTypeDeleted(SetTypeEvent):
    """A type of set that nobody used left the catalogue."""

    kind: ClassVar[str] = "set_type.deleted"
