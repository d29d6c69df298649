"""A trainer looks at their own profile."""

from dataclasses import dataclass

from workout_application.coaching.ports import ProfileReader
from workout_application.messaging.actor import Actor
from workout_application.messaging.documents import Document
from workout_application.messaging.messages import Query, requires, trainer


@requires(trainer)
@dataclass(frozen=True, slots=True, kw_only=True)
class GetTrainerProfile(Query[Document]):
    """Answers with a ``TrainerView``."""


class GetTrainerProfileHandler:
    """Reads the trainer's own profile."""

    def __init__(self, profiles: ProfileReader) -> None:
        self._profiles = profiles

    async def handle(self, _query: GetTrainerProfile, actor: Actor) -> Document:
        """Read it."""
        return await self._profiles.trainer(actor.trainer_id)
