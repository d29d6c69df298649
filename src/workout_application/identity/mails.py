"""Mails to the owners of accounts; every one is sent by a reaction, as its last step."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from workout_application.identity.ports import (
    Mail,
    Mailer,
    MailRecipient,
    MailRecipients,
    MailTemplate,
    OneTimeTokens,
    Purpose,
)
from workout_shared.clock import Clock

CONFIRMATION_LIFETIME: Final = timedelta(hours=48)
RESET_LIFETIME: Final = timedelta(hours=1)


class AccountMails:
    """Works inside the unit of work of the reaction that uses it."""

    def __init__(
        self, recipients: MailRecipients, tokens: OneTimeTokens, mailer: Mailer, clock: Clock
    ) -> None:
        self._recipients, self._tokens = recipients, tokens
        self._mailer, self._clock = mailer, clock

    async def ask_for_confirmation(self, user_id: UUID) -> None:
        """Mail a token to confirm the address with, unless it is confirmed."""
        to = await self._recipients.of(user_id)
        if to is not None and not to.email_confirmed:
            await self._mail_token(
                to, MailTemplate.CONFIRM_EMAIL, Purpose.CONFIRM_EMAIL, CONFIRMATION_LIFETIME
            )

    async def offer_reset(self, user_id: UUID) -> None:
        """
        Mail a token to choose a new password with.

        Also to an unconfirmed address: whoever uses the token reads mail there.
        """
        to = await self._recipients.of(user_id)
        if to is not None:
            await self._mail_token(
                to, MailTemplate.RESET_PASSWORD, Purpose.RESET_PASSWORD, RESET_LIFETIME
            )

    async def notify(
        self, user_id: UUID, template: MailTemplate, *, at: datetime, **values: str
    ) -> None:
        """Tell the owner what happened at that time; nobody where the account is gone."""
        to = await self._recipients.of(user_id)
        if to is not None:
            told = {"when": shown(at, to.time_zone), **values}
            await self._mailer.send(Mail(template=template, to=to, values=told))

    async def _mail_token(
        self, to: MailRecipient, template: MailTemplate, purpose: Purpose, lifetime: timedelta
    ) -> None:
        now = self._clock.now()
        token = await self._tokens.issue(to.user_id, purpose, lifetime=lifetime, at=now)
        values = {"token": token, "expires": shown(now + lifetime, to.time_zone)}
        await self._mailer.send(Mail(template=template, to=to, values=values))


def shown(at: datetime, time_zone: str) -> str:
    """Write an instant for people, in their zone."""
    local = at.astimezone(ZoneInfo(time_zone))
    return f"{local:%Y-%m-%d %H:%M} ({time_zone})"
