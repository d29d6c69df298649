"""When somebody forgot a password, a token to choose another is mailed to the account's address."""

from typing import ClassVar

from workout_application.identity.mails import AccountMails
from workout_application.messaging.reactions import ReceivedEvent


class WhenPasswordIsForgottenMailToken:
    """A later token takes the place of an earlier one."""

    name: ClassVar[str] = "when_password_is_forgotten_mail_token"
    queue: ClassVar[str] = "critical"
    one_by_one: ClassVar[bool] = True
    subscribes_to: ClassVar[tuple[str, ...]] = ("auth.password_reset.requested",)

    def __init__(self, mails: AccountMails) -> None:
        self._mails = mails

    async def react(self, message: ReceivedEvent) -> None:
        """Send it; nothing for an unknown address."""
        user_id = message.optional_uuid("user_id")
        if user_id is not None:
            await self._mails.offer_reset(user_id)
