"""When a coach shares a note, the athlete is told; what it says is read where it stands."""

from typing import ClassVar

from workout_application.messaging.reactions import ReceivedEvent
from workout_application.notifications.ports import Recipients
from workout_application.notifications.service import NotificationService


class WhenNoteSharedNotifyAthlete:
    """Says nothing of notes for the coach alone, or of later changes to a shared one."""

    name: ClassVar[str] = "when_note_shared_notify_athlete"
    queue: ClassVar[str] = "critical"
    subscribes_to: ClassVar[tuple[str, ...]] = ("coaching.note.written", "coaching.note.changed")

    def __init__(self, service: NotificationService, recipients: Recipients) -> None:
        self._service, self._recipients = service, recipients

    async def react(self, message: ReceivedEvent) -> None:
        """Tell the athlete."""
        if message.payload["visibility"] != "shared" or message.payload.get("was_shared"):
            return
        coach = await self._recipients.name_of(message.uuid("trainer_user_id"))
        await self._service.send_to_user(
            message.uuid("athlete_user_id"),
            f"{coach} shared a note with you.",
            data={
                "relation_id": message.payload["relation_id"],
                "note_id": message.payload["note_id"],
            },
        )
