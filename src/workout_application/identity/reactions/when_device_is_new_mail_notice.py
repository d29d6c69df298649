"""When somebody signs in from a device that is new to the account, the owner is told."""

from typing import ClassVar

from workout_application.identity.mails import AccountMails
from workout_application.identity.ports import MailTemplate
from workout_application.messaging.reactions import ReceivedEvent


class WhenDeviceIsNewMailNotice:
    """Says nothing about devices that signed in before."""

    name: ClassVar[str] = "when_device_is_new_mail_notice"
    queue: ClassVar[str] = "critical"
    one_by_one: ClassVar[bool] = True
    subscribes_to: ClassVar[tuple[str, ...]] = ("auth.user.logged_in",)

    def __init__(self, mails: AccountMails) -> None:
        self._mails = mails

    async def react(self, message: ReceivedEvent) -> None:
        """Tell the owner of a new device."""
        if message.payload.get("is_new_device") is True:
            await self._mails.notify(
                message.uuid("user_id"),
                MailTemplate.NEW_DEVICE,
                at=message.occurred_at,
                address=message.payload.get("ip_address") or "",
            )
