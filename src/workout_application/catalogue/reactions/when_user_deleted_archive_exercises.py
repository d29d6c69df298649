"""When somebody deletes their account, their own exercises leave the catalogue."""

from typing import ClassVar

from workout_application.catalogue.ports import OwnedExercises
from workout_application.messaging.reactions import ReceivedEvent


class WhenUserDeletedArchiveExercises:
    """What others planned or performed keeps its name."""

    name: ClassVar[str] = "when_user_deleted_archive_exercises"
    queue: ClassVar[str] = "default"
    subscribes_to: ClassVar[tuple[str, ...]] = ("user.deleted",)

    def __init__(self, exercises: OwnedExercises) -> None:
        self._exercises = exercises

    async def react(self, message: ReceivedEvent) -> None:
        """Archive them."""
        await self._exercises.archive(message.uuid("user_id"), at=message.occurred_at)
