"""An athlete looks at the profile of a trainer who coaches them."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.coaching.ports import ProfileReader
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, requires, signed_in


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class GetTrainer(Query[bytes]):
    """Answers with a ``TrainerProfileView``."""

    trainer_id: UUID


class GetTrainerHandler:
    """Answers those whom the trainer coaches."""

    def __init__(self, profiles: ProfileReader) -> None:
        self._profiles = profiles

    async def handle(self, query: GetTrainer, actor: Actor) -> bytes:
        """Read it."""
        return await self._profiles.coach(query.trainer_id, visible_to=actor)
