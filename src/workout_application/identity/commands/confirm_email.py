"""Somebody confirms an e-mail address by the token that was mailed to it."""

from dataclasses import dataclass

from workout_application.identity.one_time import owner_of
from workout_application.identity.ports import OneTimeTokens, Purpose
from workout_application.identity.views import EmailConfirmation
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, anyone, requires
from workout_domain.identity.repositories import UserRepository
from workout_shared.clock import Clock


@requires(anyone)
@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmEmail(Command[EmailConfirmation]):
    """Needs nothing but the token, which says whose address it is."""

    token: str


class ConfirmEmailHandler:
    """Confirms it, once per token."""

    def __init__(self, tokens: OneTimeTokens, users: UserRepository, clock: Clock) -> None:
        self._tokens, self._users, self._clock = tokens, users, clock

    async def handle(self, command: ConfirmEmail, _actor: Actor) -> EmailConfirmation:
        """Confirm the address and use the token up."""
        now = self._clock.now()
        user = await owner_of(
            command.token, Purpose.CONFIRM_EMAIL, self._tokens, self._users, at=now
        )
        user.confirm_email(at=now)
        await self._tokens.spend(command.token, at=now)
        return EmailConfirmation(email_confirmed=user.email_confirmed)
