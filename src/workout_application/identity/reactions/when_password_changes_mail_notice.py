"""When a password was changed or reset, the owner is told, in case it was somebody else."""

from typing import ClassVar

from workout_application.identity.mails import AccountMails
from workout_application.identity.ports import MailTemplate
from workout_application.messaging.reactions import ReceivedEvent


class WhenPasswordChangesMailNotice:
    """Says which of the two it was."""

    name: ClassVar[str] = "when_password_changes_mail_notice"
    queue: ClassVar[str] = "critical"
    one_by_one: ClassVar[bool] = True
    subscribes_to: ClassVar[tuple[str, ...]] = ("user.password.changed",)

    def __init__(self, mails: AccountMails) -> None:
        self._mails = mails

    async def react(self, message: ReceivedEvent) -> None:
        """Tell the owner."""
        await self._mails.notify(
            message.uuid("user_id"),
            MailTemplate.PASSWORD_CHANGED,
            at=message.occurred_at,
            change="reset" if message.payload.get("by_reset") else "changed",
        )
