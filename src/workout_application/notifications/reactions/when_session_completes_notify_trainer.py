"""When an athlete completes a session of a planned workout, its trainer is told."""

from typing import ClassVar

from workout_application.messaging.reactions import ReceivedEvent
from workout_application.notifications.service import NotificationService


class WhenSessionCompletesNotifyTrainer:
    """Says nothing of sessions without a trainer, or to one who may not see sessions."""

    name: ClassVar[str] = "when_session_completes_notify_trainer"
    queue: ClassVar[str] = "critical"
    subscribes_to: ClassVar[tuple[str, ...]] = ("workout.completed",)

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
            _summary(message),
            data={
                "session_id": message.payload["session_id"],
                "workout_id": message.payload.get("workout_id"),
                "duration_minutes": message.payload.get("duration_minutes"),
            },
        )


def _summary(message: ReceivedEvent) -> str:
    minutes = message.payload.get("duration_minutes")
    taken = "" if minutes is None else f" in {float(minutes):.0f} minutes"
    return f"completed “{message.payload['name']}”{taken}."
