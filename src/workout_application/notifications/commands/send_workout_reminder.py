"""The product reminds an athlete of a workout."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, system
from workout_application.notifications.service import NotificationService


@requires(system)
@dataclass(frozen=True, slots=True, kw_only=True)
class SendWorkoutReminder(Command[UUID | None]):
    """Answers with the notification's id; None where there is nothing to remind of any more."""

    appends: ClassVar[bool] = True

    athlete_id: UUID
    workout_id: UUID


class SendWorkoutReminderHandler:
    """Reminds the athlete who is to do the workout."""

    def __init__(self, service: NotificationService) -> None:
        self._service = service

    async def handle(self, command: SendWorkoutReminder, _actor: Actor) -> UUID | None:
        """Remind."""
        sent = await self._service.send_workout_reminder(command.athlete_id, command.workout_id)
        return None if sent is None else sent.id
