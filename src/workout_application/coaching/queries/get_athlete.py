"""A coach looks at the profile of an athlete."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from workout_application.coaching.ports import RosterReader
from workout_application.messaging.actor import Actor
from workout_application.messaging.coach_access import VIEW_PROFILE, CoachGuard, Subject, Touched
from workout_application.messaging.messages import Query, requires, trainer
from workout_domain.kernel.access import AthleteNotFound

_OPERATION: Final = "get_athlete"


@requires(trainer)
@dataclass(frozen=True, slots=True, kw_only=True)
class GetAthlete(Query[bytes]):
    """Answers with an ``AthleteProfileView``."""

    athlete_id: UUID


class GetAthleteHandler:
    """Answers coaches to whom the athlete shows their profile."""

    def __init__(self, roster: RosterReader, guard: CoachGuard) -> None:
        self._roster, self._guard = roster, guard

    async def handle(self, query: GetAthlete, actor: Actor) -> bytes:
        """Read it."""
        unknown = AthleteNotFound("No such athlete.")
        await self._guard.admit_reader(actor, query.athlete_id, VIEW_PROFILE, unknown=unknown)
        found = await self._roster.profile(query.athlete_id, visible_to=actor)
        if found is None:
            raise unknown
        self._guard.note_read(
            actor,
            query.athlete_id,
            Touched(subject=Subject.PROFILE, subject_id=query.athlete_id, operation=_OPERATION),
        )
        return found
