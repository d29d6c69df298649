"""An athlete says how tall and how heavy they are."""

from dataclasses import dataclass
from decimal import Decimal

from workout_application.coaching.views import AthleteView
from workout_application.messaging.actor import Actor
from workout_application.messaging.concurrency import expect_revision
from workout_application.messaging.messages import Command, athlete, requires
from workout_domain.coaching.repositories import ProfileRepository
from workout_domain.kernel.load import Load
from workout_shared.clock import Clock


@requires(athlete)
@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateAthleteProfile(Command[AthleteView]):
    """Answers with the profile; what is not said is emptied."""

    height: Decimal | None = None
    weight: Load | None = None
    expected_revision: int | None = None


class UpdateAthleteProfileHandler:
    """Changes the athlete's own profile."""

    def __init__(self, profiles: ProfileRepository, clock: Clock) -> None:
        self._profiles, self._clock = profiles, clock

    async def handle(self, command: UpdateAthleteProfile, actor: Actor) -> AthleteView:
        """Change it."""
        profile = await self._profiles.athlete_to_change(actor.athlete_id)
        expect_revision(profile, command.expected_revision)
        profile.measure(height=command.height, weight=command.weight, at=self._clock.now())
        return AthleteView.of(profile)
