"""When somebody deletes their account, answers kept for their repeats are dropped."""

from typing import ClassVar

from workout_application.messaging.reactions import ReceivedEvent
from workout_application.platform.ports import KeptAnswers


class WhenUserDeletedForgetAnswers:
    """They hold what the account was shown."""

    name: ClassVar[str] = "when_user_deleted_forget_answers"
    queue: ClassVar[str] = "default"
    subscribes_to: ClassVar[tuple[str, ...]] = ("user.deleted",)

    def __init__(self, answers: KeptAnswers) -> None:
        self._answers = answers

    async def react(self, message: ReceivedEvent) -> None:
        """Drop them."""
        await self._answers.forget(message.uuid("user_id"))
