"""Somebody changes what their account says about them."""

from dataclasses import dataclass

from workout_application.identity.ports import Profiles
from workout_application.identity.views import UserView
from workout_application.messaging.actor import Actor
from workout_application.messaging.concurrency import expect_revision
from workout_application.messaging.messages import Command, requires, signed_in
from workout_domain.identity.repositories import UserRepository
from workout_domain.identity.user import Profile
from workout_shared.clock import Clock


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateProfile(Command[UserView]):
    """Answers with the account; ``expected_revision`` guards against a lost update."""

    profile: Profile
    expected_revision: int | None = None


class UpdateProfileHandler:
    """Changes the caller's own account, nobody else's."""

    def __init__(self, users: UserRepository, profiles: Profiles, clock: Clock) -> None:
        self._users, self._profiles, self._clock = users, profiles, clock

    async def handle(self, command: UpdateProfile, actor: Actor) -> UserView:
        """Update the profile."""
        user = await self._users.get(actor.id)
        expect_revision(user, command.expected_revision)
        user.update_profile(command.profile, at=self._clock.now())
        trainer_id, athlete_id = await self._profiles.ids_of(user.id)
        return UserView.of(user, trainer_id=trainer_id, athlete_id=athlete_id)
