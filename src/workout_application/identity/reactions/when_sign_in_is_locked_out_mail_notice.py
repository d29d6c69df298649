"""When too many attempts to sign in failed, the owner of the account is told."""

from typing import ClassVar

from workout_application.identity.mails import AccountMails
from workout_application.identity.ports import MailTemplate
from workout_application.messaging.reactions import ReceivedEvent


class WhenSignInIsLockedOutMailNotice:
    """Says from where they came."""

    name: ClassVar[str] = "when_sign_in_is_locked_out_mail_notice"
    queue: ClassVar[str] = "critical"
    one_by_one: ClassVar[bool] = True
    subscribes_to: ClassVar[tuple[str, ...]] = ("auth.sign_in.locked_out",)

    def __init__(self, mails: AccountMails) -> None:
        self._mails = mails

    async def react(self, message: ReceivedEvent) -> None:
        """Tell the owner."""
        await self._mails.notify(
            message.uuid("user_id"),
            MailTemplate.SIGN_IN_LOCKED_OUT,
            at=message.occurred_at,
            address=message.payload.get("ip_address") or "",
        )
