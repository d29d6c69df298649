"""When a second factor was switched on or off, the owner is told."""

from typing import ClassVar

from workout_application.identity.mails import AccountMails
from workout_application.identity.ports import MailTemplate
from workout_application.messaging.reactions import ReceivedEvent


class WhenSecondFactorChangesMailNotice:
    """One mail for either."""

    name: ClassVar[str] = "when_second_factor_changes_mail_notice"
    queue: ClassVar[str] = "critical"
    one_by_one: ClassVar[bool] = True
    subscribes_to: ClassVar[tuple[str, ...]] = (
        "user.second_factor.enabled",
        "user.second_factor.disabled",
    )

    def __init__(self, mails: AccountMails) -> None:
        self._mails = mails

    async def react(self, message: ReceivedEvent) -> None:
        """Tell the owner."""
        is_enabled = message.kind == "user.second_factor.enabled"
        template = (
            MailTemplate.SECOND_FACTOR_ENABLED
            if is_enabled
            else MailTemplate.SECOND_FACTOR_DISABLED
        )
        await self._mails.notify(message.uuid("user_id"), template, at=message.occurred_at)
