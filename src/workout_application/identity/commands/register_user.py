"""Somebody opens an account, as trainer, athlete or both."""

from dataclasses import dataclass
from enum import StrEnum

from workout_application.identity.passwords import password_errors
from workout_application.identity.ports import PasswordHasher, Profiles
from workout_application.identity.views import UserView
from workout_application.messaging.actor import Actor, Role
from workout_application.messaging.messages import Command, anyone, requires
from workout_domain.identity.repositories import UserRepository
from workout_domain.identity.user import Profile, User
from workout_domain.kernel.errors import FieldError
from workout_shared.clock import Clock
from workout_shared.identifiers import Identifiers


class AccountType(StrEnum):
    """Which profiles a new account starts with."""

    TRAINER = "trainer"
    ATHLETE = "athlete"
    BOTH = "both"


@requires(anyone)
@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterUser(Command[UserView]):
    """Answers with the new account."""

    username: str
    email: str
    password: str
    profile: Profile
    account_type: AccountType = AccountType.ATHLETE

    def validate(self) -> list[FieldError]:
        """Hold the password to the rules."""
        return password_errors(self.password)


class RegisterUserHandler:
    """Opens the account and its profiles together, or not at all."""

    def __init__(
        self,
        users: UserRepository,
        profiles: Profiles,
        passwords: PasswordHasher,
        identifiers: Identifiers,
        clock: Clock,
    ) -> None:
        self._users, self._profiles, self._passwords = users, profiles, passwords
        self._identifiers, self._clock = identifiers, clock

    async def handle(self, command: RegisterUser, _actor: Actor) -> UserView:
        """Register; uniqueness of name and address is held by the database."""
        user = User.register(
            user_id=self._identifiers.new(),
            username=command.username,
            email=command.email,
            password_hash=await self._passwords.hash(command.password),
            profile=command.profile,
            at=self._clock.now(),
        )
        self._users.add(user)
        trainer_id = athlete_id = None
        if command.account_type in {AccountType.TRAINER, AccountType.BOTH}:
            user.grant(Role.TRAINER, at=self._clock.now())
            trainer_id = await self._profiles.open_trainer(user.id)
        if command.account_type in {AccountType.ATHLETE, AccountType.BOTH}:
            user.grant(Role.ATHLETE, at=self._clock.now())
            athlete_id = await self._profiles.open_athlete(user.id)
        return UserView.of(user, trainer_id=trainer_id, athlete_id=athlete_id)
