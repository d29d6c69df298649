"""An athlete looks at their own profile."""

from dataclasses import dataclass

from workout_application.coaching.ports import ProfileReader
from workout_application.messaging.actor import Actor
from workout_application.messaging.documents import Document
from workout_application.messaging.messages import Query, athlete, requires


@requires(athlete)
@dataclass(frozen=True, slots=True, kw_only=True)
class GetAthleteProfile(Query[Document]):
    """Answers with an ``AthleteView``."""


class GetAthleteProfileHandler:
    """Reads the athlete's own profile."""

    def __init__(self, profiles: ProfileReader) -> None:
        self._profiles = profiles

    async def handle(self, _query: GetAthleteProfile, actor: Actor) -> Document:
        """Read it."""
        return await self._profiles.athlete(actor.athlete_id)
