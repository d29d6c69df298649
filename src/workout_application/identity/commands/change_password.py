"""Somebody changes their password; everywhere else they are signed out."""

from dataclasses import dataclass

from workout_application.identity.passwords import PasswordRules, length_errors
from workout_application.identity.ports import OneTimeTokens, PasswordHasher, Profiles
from workout_application.identity.proofs import Proofs
from workout_application.identity.views import UserView
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, signed_in
from workout_domain.identity.repositories import LoginSessionRepository, UserRepository
from workout_domain.kernel.errors import FieldError
from workout_shared.clock import Clock


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePassword(Command[UserView]):
    """
    Answers with the account.

    Needs the password there is; the session at hand goes on, all others end.
    """

    current_password: str
    new_password: str

    def validate(self) -> list[FieldError]:
        """Refuse a password too short or too long."""
        return length_errors(self.new_password, pointer="/new_password")


class ChangePasswordHandler:
    """Changes the caller's own password."""

    def __init__(
        self,
        users: UserRepository,
        profiles: Profiles,
        one_time_tokens: OneTimeTokens,
        sessions: LoginSessionRepository,
        passwords: PasswordHasher,
        rules: PasswordRules,
        proofs: Proofs,
        clock: Clock,
    ) -> None:
        self._users, self._profiles, self._sessions = users, profiles, sessions
        self._one_time_tokens = one_time_tokens
        self._passwords, self._rules = passwords, rules
        self._proofs, self._clock = proofs, clock

    async def handle(self, command: ChangePassword, actor: Actor) -> UserView:
        """Change it."""
        user = await self._users.get(actor.id)
        await self._proofs.require_password(
            user, command.current_password, pointer="/current_password"
        )
        self._rules.refuse_guessable(
            command.new_password,
            username=user.username,
            email=user.email,
            pointer="/new_password",
        )
        now = self._clock.now()
        user.change_password(await self._passwords.hash(command.new_password), at=now)
        # What the old password opened, and what would set another one past the new one.
        await self._one_time_tokens.withdraw(user.id, at=now)
        for session in await self._sessions.living_of(user.id):
            if session.id != actor.login_session_id:
                session.end("password_changed", at=now)
        trainer_id, athlete_id = await self._profiles.ids_of(user.id)
        return UserView.of(user, trainer_id=trainer_id, athlete_id=athlete_id)
