"""The product tells a trainer how an athlete gets on."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, system
from workout_application.notifications.service import NotificationService


@requires(system)
@dataclass(frozen=True, slots=True, kw_only=True)
class SendProgressUpdate(Command[UUID | None]):
    """Answers with the notification's id; None where the trainer may not see sessions."""

    appends: ClassVar[bool] = True

    trainer_id: UUID
    athlete_id: UUID
    summary: str


class SendProgressUpdateHandler:
    """Tells only those who may know."""

    def __init__(self, service: NotificationService) -> None:
        self._service = service

    async def handle(self, command: SendProgressUpdate, _actor: Actor) -> UUID | None:
        """Tell the trainer."""
        sent = await self._service.send_progress_update(
            command.trainer_id, command.athlete_id, command.summary
        )
        return None if sent is None else sent.id
