"""What clients say on the hub: one model per event, used for checking and for the contract."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from workout_application.messaging.actor import Actor
from workout_application.training.commands.log_set import LogSet
from workout_application.training.commands.set_rest_timer import SetRestTimer
from workout_application.training.commands.update_exercise_progress import (
    UpdateExerciseProgress,
)
from workout_domain.kernel.errors import Invalid
from workout_presentation.api.fields import Body, ClientId, Count, Number
from workout_presentation.api.v1.training.set_models import LogSetBody


class SessionMessage(Body):
    """Names a session."""

    session_id: UUID


class ProgressMessage(SessionMessage):
    """How many sets of an exercise are done."""

    exercise_id: UUID
    completed_sets: Count
    client_event_id: ClientId | None = None

    def to_command(self) -> UpdateExerciseProgress:
        """Make the command."""
        return UpdateExerciseProgress(
            session_id=self.session_id,
            exercise_id=self.exercise_id,
            completed_sets=self.completed_sets,
            client_event_id=self.client_event_id,
        )


class LogSetMessage(LogSetBody):
    """A set as it was performed; ``client_event_id`` is the client's id of the set."""

    session_id: UUID
    client_event_id: ClientId | None = None

    def log_set(self, actor: Actor) -> LogSet:
        """
        Make the command.

        Raises:
            Invalid: the client's two names for its id differ.
        """
        names = {self.client_event_id, self.client_generated_id} - {None}
        if len(names) > 1:
            raise Invalid.field(
                "/client_event_id", "ambiguous", "client_generated_id says something else."
            )
        named = self.model_copy(update={"client_generated_id": next(iter(names), None)})
        return named.to_command(self.session_id, actor)


class RestTimerMessage(SessionMessage):
    """How long to rest; 0 clears the timer."""

    seconds: Annotated[int, Field(ge=0, le=86_400), Number]

    def to_command(self) -> SetRestTimer:
        """Make the command."""
        return SetRestTimer(session_id=self.session_id, seconds=self.seconds)


class ResumeMessage(SessionMessage):
    """The sequence of the last event the client saw."""

    after_sequence: Annotated[int, Field(ge=0, le=2**31 - 1), Number]


class RefreshAuthMessage(Body):
    """A fresh access token of the same user."""

    token: Annotated[str, Field(min_length=1, max_length=4096)]
