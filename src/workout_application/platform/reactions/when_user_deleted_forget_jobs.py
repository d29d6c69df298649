"""When somebody deletes their account, background jobs of theirs go with it."""

from typing import ClassVar

from workout_application.messaging.reactions import ReceivedEvent
from workout_application.platform.ports import OwnedJobs


class WhenUserDeletedForgetJobs:
    """Those that wait are not begun; one that runs finds itself gone and changes nothing."""

    name: ClassVar[str] = "when_user_deleted_forget_jobs"
    queue: ClassVar[str] = "default"
    subscribes_to: ClassVar[tuple[str, ...]] = ("user.deleted",)

    def __init__(self, jobs: OwnedJobs) -> None:
        self._jobs = jobs

    async def react(self, message: ReceivedEvent) -> None:
        """Drop them."""
        await self._jobs.forget(message.uuid("user_id"))
