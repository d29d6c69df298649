"""A trainer says who they are and what they are good at."""

from dataclasses import dataclass

from workout_application.coaching.views import TrainerView
from workout_application.messaging.actor import Actor
from workout_application.messaging.concurrency import expect_revision
from workout_application.messaging.messages import Command, requires, trainer
from workout_domain.coaching.repositories import ProfileRepository
from workout_shared.clock import Clock


@requires(trainer)
@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateTrainerProfile(Command[TrainerView]):
    """Answers with the profile; what is not said is emptied."""

    bio: str | None = None
    specialization: str | None = None
    expected_revision: int | None = None


class UpdateTrainerProfileHandler:
    """Changes the trainer's own profile."""

    def __init__(self, profiles: ProfileRepository, clock: Clock) -> None:
        self._profiles, self._clock = profiles, clock

    async def handle(self, command: UpdateTrainerProfile, actor: Actor) -> TrainerView:
        """Change it."""
        profile = await self._profiles.trainer_to_change(actor.trainer_id)
        expect_revision(profile, command.expected_revision)
        profile.describe(
            bio=command.bio, specialization=command.specialization, at=self._clock.now()
        )
        return TrainerView.of(profile)
