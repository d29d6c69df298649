"""Telling users something: every notification is stored, and pushed once that is committed."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from workout_application.encoding import encode
from workout_application.messaging.live import Announcements, LiveEvent, user_room
from workout_application.notifications.ports import PlannedWorkouts, Recipients
from workout_application.notifications.views import PushedNotification
from workout_domain.notifications.notification import Notification, NotificationType
from workout_domain.notifications.repositories import NotificationRepository
from workout_shared.clock import Clock
from workout_shared.identifiers import Identifiers

MAY_SEE_PROGRESS = "view_sessions"


class NotificationService:
    """Works inside the unit of work of the command or reaction that uses it."""

    def __init__(
        self,
        notifications: NotificationRepository,
        recipients: Recipients,
        workouts: PlannedWorkouts,
        announcements: Announcements,
        identifiers: Identifiers,
        clock: Clock,
    ) -> None:
        self._notifications, self._announcements = notifications, announcements
        self._recipients, self._workouts = recipients, workouts
        self._identifiers, self._clock = identifiers, clock

    async def send_to_user(
        self,
        user_id: UUID,
        message: str,
        type_: NotificationType = NotificationType.INFO,
        *,
        data: Mapping[str, Any] | None = None,
    ) -> Notification:
        """Tell one user, on every device they are connected with."""
        notification = Notification(
            notification_id=self._identifiers.new(),
            user_id=user_id,
            message=message,
            type=type_,
            data=data,
            at=self._clock.now(),
        )
        await self._notifications.add(notification)
        self._announcements.announce(_push(notification))
        return notification

    async def send_to_group(
        self,
        user_ids: Iterable[UUID],
        message: str,
        type_: NotificationType = NotificationType.INFO,
        *,
        data: Mapping[str, Any] | None = None,
    ) -> list[Notification]:
        """Tell many users the same, each once."""
        return [
            await self.send_to_user(user_id, message, type_, data=data)
            for user_id in dict.fromkeys(user_ids)
        ]

    async def send_workout_reminder(
        self, athlete_id: UUID, workout_id: UUID
    ) -> Notification | None:
        """Remind an athlete of a workout; of one that is not theirs to begin, nobody is."""
        user_id = await self._recipients.user_of_athlete(athlete_id)
        workout = await self._workouts.of_athlete(athlete_id, workout_id)
        if user_id is None or workout is None:
            return None
        return await self.send_to_user(
            user_id,
            f"Do not forget your workout “{workout.name}”.",
            NotificationType.WORKOUT_REMINDER,
            data={"workout_id": workout_id, "scheduled_date": workout.scheduled_date},
        )

    async def send_progress_update(
        self,
        trainer_id: UUID,
        athlete_id: UUID,
        summary: str,
        *,
        data: Mapping[str, Any] | None = None,
    ) -> Notification | None:
        """Tell a trainer how an athlete gets on; nothing to one who may not see sessions."""
        pair = await self._recipients.pair(trainer_id, athlete_id)
        if pair is None or not pair.may(MAY_SEE_PROGRESS):
            return None
        return await self.send_to_user(
            pair.trainer_user_id,
            f"{pair.athlete_name} {summary}",
            NotificationType.PROGRESS_UPDATE,
            data={"athlete_id": athlete_id, "summary": summary, **(data or {})},
        )


def _push(notification: Notification) -> LiveEvent:
    pushed = PushedNotification(
        id=notification.id,
        message=notification.message,
        type=notification.type.value,
        timestamp=notification.created_at,
    )
    return LiveEvent(
        room=user_room(notification.user_id), name="ReceiveNotification", payload=encode(pushed)
    )
