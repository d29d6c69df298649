"""When something else than the password lets somebody in, the owner is told."""

from typing import ClassVar, Final

from workout_application.identity.mails import AccountMails
from workout_application.identity.ports import MailTemplate
from workout_application.messaging.reactions import ReceivedEvent

WHAT: Final = {
    "auth.api_key.created": "An API key was made for your account.",
    "user.external_identity.linked": "An account elsewhere may now sign in to yours.",
    "user.second_factor.recovery_code_used": "A recovery code was used to sign in.",
}


class WhenAccessIsAddedMailNotice:
    """One mail for each kind."""

    name: ClassVar[str] = "when_access_is_added_mail_notice"
    queue: ClassVar[str] = "critical"
    one_by_one: ClassVar[bool] = True
    subscribes_to: ClassVar[tuple[str, ...]] = tuple(WHAT)

    def __init__(self, mails: AccountMails) -> None:
        self._mails = mails

    async def react(self, message: ReceivedEvent) -> None:
        """Tell the owner."""
        await self._mails.notify(
            message.uuid("user_id"),
            MailTemplate.ACCESS_ADDED,
            at=message.occurred_at,
            what=WHAT[message.kind],
        )
