"""Collections of training's aggregates."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from workout_domain.training.template import WorkoutTemplate
from workout_domain.training.workout import Workout
from workout_domain.training.workout_session import WorkoutSession


class WorkoutRepository(Protocol):
    """All planned workouts."""

    def add(self, workout: Workout, /) -> None:
        """Add a new workout."""
        ...

    async def of_trainer(self, trainer_id: UUID, workout_id: UUID, /) -> Workout:
        """
        Return a trainer's own workout.

        Raises:
            WorkoutNotFound: there is none, or it is somebody else's.
        """
        ...

    async def of_athlete(self, athlete_id: UUID, workout_id: UUID, /) -> Workout:
        """
        Return a workout given to the athlete, locked against another start at once.

        Raises:
            WorkoutNotFound: there is none, or it is somebody else's.
        """
        ...

    async def has_running_session(self, workout_id: UUID, /) -> bool:
        """Tell whether a session of the workout is in progress."""
        ...


class TemplateRepository(Protocol):
    """All workout templates that were not deleted."""

    def add(self, template: WorkoutTemplate, /) -> None:
        """Add a new template."""
        ...

    async def seen_by(self, user_id: UUID, template_id: UUID, /) -> WorkoutTemplate:
        """
        Return a template to be copied, shipped or the user's own; not locked.

        Raises:
            TemplateNotFound: there is none, or it is somebody else's.
        """
        ...

    async def shipped_or_owned_by(self, user_id: UUID, template_id: UUID, /) -> WorkoutTemplate:
        """
        Return a shipped template or one of the user's own, to be changed.

        Raises:
            TemplateNotFound: there is none, or it is somebody else's.
        """
        ...


class WorkoutSessionRepository(Protocol):
    """All sessions; each method locks the session's row, so that changes follow one another."""

    def add(self, session: WorkoutSession, /) -> None:
        """Add a new session."""
        ...

    async def own(self, user_id: UUID, session_id: UUID, /) -> WorkoutSession:
        """
        Return the caller's session, without its sets.

        Raises:
            SessionNotFound: there is none, or it is somebody else's.
        """
        ...

    async def own_with_logs(self, user_id: UUID, session_id: UUID, /) -> WorkoutSession:
        """
        Return the caller's session with its exercise logs and its sets, without repetitions.

        Raises:
            SessionNotFound: there is none, or it is somebody else's.
        """
        ...

    async def own_with_sets(self, user_id: UUID, session_id: UUID, /) -> WorkoutSession:
        """
        Return the caller's session with its sets and repetitions.

        Raises:
            SessionNotFound: there is none, or it is somebody else's.
        """
        ...

    async def own_with_set(self, user_id: UUID, set_id: UUID, /) -> WorkoutSession:
        """
        Return the caller's session that holds the set, with its sets and repetitions.

        Raises:
            SetNotFound: there is none, or it is somebody else's.
        """
        ...

    async def own_with_rep(self, user_id: UUID, rep_id: UUID, /) -> tuple[WorkoutSession, UUID]:
        """
        Return the caller's session that holds the repetition, and the id of its set.

        Raises:
            RepNotFound: there is none, or it is somebody else's.
        """
        ...

    async def idle_since(self, moment: datetime, most: int, /) -> list[WorkoutSession]:
        """Return running sessions in which nothing happened since ``moment``."""
        ...

    async def hold_running_place(self, user_id: UUID, /) -> None:
        """Make other starts of the same user wait until this command has ended."""
        ...

    async def running_of(self, user_id: UUID, /) -> UUID | None:
        """Return the id of the user's running session."""
        ...

    async def by_client_id(self, user_id: UUID, client_generated_id: str, /) -> UUID | None:
        """
        Return the id of the session the user's client made under this id.

        Raises:
            SessionRemoved: it was deleted since.
        """
        ...

    async def refuse_closed_workout(self, workout_id: UUID, /) -> None:
        """
        Let a session be reopened only while its workout is open, and keep it open meanwhile.

        Raises:
            WorkoutClosedAlready: the workout is completed or cancelled.
        """
        ...
