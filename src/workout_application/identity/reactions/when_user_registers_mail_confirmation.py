"""When an account is opened, or its owner asks again, a token is mailed to confirm the address."""

from typing import ClassVar

from workout_application.identity.mails import AccountMails
from workout_application.messaging.reactions import ReceivedEvent


class WhenUserRegistersMailConfirmation:
    """A later token takes the place of an earlier one."""

    name: ClassVar[str] = "when_user_registers_mail_confirmation"
    queue: ClassVar[str] = "critical"
    one_by_one: ClassVar[bool] = True
    subscribes_to: ClassVar[tuple[str, ...]] = ("user.registered", "auth.confirmation.requested")

    def __init__(self, mails: AccountMails) -> None:
        self._mails = mails

    async def react(self, message: ReceivedEvent) -> None:
        """Send it; nothing for a confirmed or an unknown address."""
        user_id = message.optional_uuid("user_id")
        if user_id is not None:
            await self._mails.ask_for_confirmation(user_id)
