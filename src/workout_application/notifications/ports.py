"""What notifications need from elsewhere, in their own words."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_shared.pages import CursorRequest, CursorSlice


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """
    A trainer and an athlete whose relation has not ended, by name and account.

    ``scopes`` are what the trainer may do now: nothing while the relation is paused.
    """

    trainer_user_id: UUID
    trainer_name: str
    athlete_user_id: UUID
    athlete_name: str
    scopes: frozenset[str]

    def may(self, scope: str) -> bool:
        """Tell whether the trainer has this right now."""
        return scope in self.scopes


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedWorkout:
    """What a reminder says of a workout."""

    name: str
    scheduled_date: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitedWorkout:
    """A workout its athlete has not begun yet, and who that is."""

    athlete_id: UUID
    athlete_user_id: UUID
    scheduled_date: datetime


class Inboxes(Protocol):
    """Everything users were told."""

    async def empty(self, user_id: UUID, /) -> None:
        """Delete all a user was told, rows included."""
        ...


class Recipients(Protocol):
    """Finds the accounts behind profiles, inside the transaction in progress."""

    async def pair(self, trainer_id: UUID, athlete_id: UUID, /) -> Pair | None:
        """Return the two, or None where no relation of theirs stands."""
        ...

    async def user_of_athlete(self, athlete_id: UUID, /) -> UUID | None:
        """Return the athlete's account, or None where there is none."""
        ...

    async def name_of(self, user_id: UUID, /) -> str:
        """Return the full name of an account; ``Somebody`` where it is gone."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkoutProgress:
    """How many of a workout's planned exercises are done, and the percentage told of it."""

    completion_percentage: Decimal
    completed_exercises: int
    total_exercises: int


class PlannedWorkouts(Protocol):
    """Training's workouts, as far as a reminder must know them."""

    async def of_athlete(self, athlete_id: UUID, workout_id: UUID, /) -> PlannedWorkout | None:
        """Return a workout this athlete has still to begin, or None."""
        ...

    async def awaited(self, workout_id: UUID, /) -> AwaitedWorkout | None:
        """
        Return a workout that somebody has still to begin, as it stands now, or None.

        Until the transaction ends, whoever else asks for the same one waits.
        """
        ...


class Progress(Protocol):
    """Training's progress, inside the transaction in progress."""

    async def of_workout(self, workout_id: UUID, athlete_id: UUID, /) -> WorkoutProgress:
        """Return how far an athlete has come with a workout, as training tells it."""
        ...


class NotificationReader(Protocol):
    """Reads notifications for display to their user."""

    async def slice(
        self, request: CursorRequest, /, *, unread: bool | None, visible_to: Actor
    ) -> CursorSlice[bytes]:
        """
        Return ``NotificationView`` items, newest first; ``unread`` keeps one kind only.

        Raises:
            Invalid: the cursor is not one of this list.
        """
        ...

    async def unread_count(self, *, visible_to: Actor) -> int:
        """Count what the actor has not read."""
        ...
