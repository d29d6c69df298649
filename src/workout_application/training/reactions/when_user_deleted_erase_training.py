"""When somebody deletes their account, what they trained and planned goes with it."""

from typing import ClassVar

from workout_application.messaging.reactions import ReceivedEvent
from workout_application.training.ports import TrainingOfDeleted


class WhenUserDeletedEraseTraining:
    """Hides it at once; a schedule deletes the rows in batches, however many there are."""

    name: ClassVar[str] = "when_user_deleted_erase_training"
    queue: ClassVar[str] = "default"
    subscribes_to: ClassVar[tuple[str, ...]] = ("user.deleted",)

    def __init__(self, training: TrainingOfDeleted) -> None:
        self._training = training

    async def react(self, message: ReceivedEvent) -> None:
        """Hide it."""
        await self._training.hide(
            message.uuid("user_id"),
            trainer_id=message.optional_uuid("trainer_id"),
            athlete_id=message.optional_uuid("athlete_id"),
            at=message.occurred_at,
        )
