"""When a workout is assigned, the athlete is told, as long as they still work together."""

from typing import ClassVar

from workout_application.messaging.reactions import ReceivedEvent
from workout_application.notifications.ports import Recipients
from workout_application.notifications.service import NotificationService
from workout_domain.notifications.notification import NotificationType


class WhenWorkoutAssignedNotifyAthlete:
    """Names the trainer and the workout."""

    name: ClassVar[str] = "when_workout_assigned_notify_athlete"
    queue: ClassVar[str] = "critical"
    subscribes_to: ClassVar[tuple[str, ...]] = ("workout.assigned",)

    def __init__(self, service: NotificationService, recipients: Recipients) -> None:
        self._service, self._recipients = service, recipients

    async def react(self, message: ReceivedEvent) -> None:
        """Tell the athlete."""
        pair = await self._recipients.pair(message.uuid("trainer_id"), message.uuid("athlete_id"))
        if pair is None:
            return
        await self._service.send_to_user(
            pair.athlete_user_id,
            f"{pair.trainer_name} assigned you the workout “{message.payload['name']}”.",
            NotificationType.WORKOUT_ASSIGNED,
            data={
                "workout_id": message.payload["workout_id"],
                "trainer_id": message.payload["trainer_id"],
                "scheduled_date": message.payload.get("scheduled_date"),
            },
        )
