"""An account becomes a trainer or an athlete as well."""

from dataclasses import dataclass
from typing import Literal

from workout_application.identity.ports import Profiles
from workout_application.identity.views import UserView
from workout_application.messaging.actor import Actor, Role
from workout_application.messaging.messages import Command, requires, signed_in
from workout_domain.identity.repositories import UserRepository
from workout_shared.clock import Clock


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class OpenProfile(Command[UserView]):
    """Answers with the account, its new profile and role included."""

    role: Literal[Role.TRAINER, Role.ATHLETE]


class OpenProfileHandler:
    """Opens the profile and grants the role together."""

    def __init__(self, users: UserRepository, profiles: Profiles, clock: Clock) -> None:
        self._users, self._profiles, self._clock = users, profiles, clock

    async def handle(self, command: OpenProfile, actor: Actor) -> UserView:
        """Open it; a second profile of a kind is refused by the database."""
        user = await self._users.get(actor.id)
        trainer_id, athlete_id = await self._profiles.ids_of(user.id)
        if command.role is Role.TRAINER:
            trainer_id = await self._profiles.open_trainer(user.id)
        else:
            athlete_id = await self._profiles.open_athlete(user.id)
        user.grant(command.role, at=self._clock.now())
        return UserView.of(user, trainer_id=trainer_id, athlete_id=athlete_id)
