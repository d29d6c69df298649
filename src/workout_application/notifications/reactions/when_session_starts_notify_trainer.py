"""When an athlete starts a session of a planned workout, its trainer is told."""

from typing import ClassVar

from workout_application.messaging.reactions import ReceivedEvent
from workout_application.notifications.service import NotificationService


class WhenSessionStartsNotifyTrainer:
    """Says nothing of sessions without a trainer, or to one who may not see sessions."""

    name: ClassVar[str] = "when_session_starts_notify_trainer"
    queue: ClassVar[str] = "critical"
    subscribes_to: ClassVar[tuple[str, ...]] = ("workout.started",)

    def __init__(self, service: NotificationService) -> None:
        self._service = service

    async def react(self, message: ReceivedEvent) -> None:
        """Tell the trainer."""
        trainer_id = message.optional_uuid("trainer_id")
        athlete_id = message.optional_uuid("athlete_id")
        if trainer_id is None or athlete_id is None:
            return
        await self._service.send_progress_update(
            trainer_id,
            athlete_id,
            f"started “{message.payload['name']}”.",
            data={
                "session_id": message.payload["session_id"],
                "workout_id": message.payload.get("workout_id"),
            },
        )
