"""When one side pauses, resumes or ends a relation, the other side is told."""

from typing import ClassVar, Final

from workout_application.messaging.reactions import ReceivedEvent
from workout_application.notifications.ports import Recipients
from workout_application.notifications.service import NotificationService

_VERBS: Final = {
    "coaching.relation.paused": "paused",
    "coaching.relation.resumed": "resumed",
    "coaching.relation.ended": "ended",
}


class WhenRelationChangesNotifyOtherSide:
    """Names who did it."""

    name: ClassVar[str] = "when_relation_changes_notify_other_side"
    queue: ClassVar[str] = "critical"
    subscribes_to: ClassVar[tuple[str, ...]] = tuple(_VERBS)

    def __init__(self, service: NotificationService, recipients: Recipients) -> None:
        self._service, self._recipients = service, recipients

    async def react(self, message: ReceivedEvent) -> None:
        """Tell the other side; that a transfer was accepted is told by itself."""
        if message.payload.get("transferred_to") is not None:
            return
        doer, other = message.uuid("athlete_user_id"), message.uuid("trainer_user_id")
        if message.payload["by"] == "trainer":
            doer, other = other, doer
        await self._service.send_to_user(
            other,
            f"{await self._recipients.name_of(doer)} {_VERBS[message.kind]} your coaching.",
            data={"relation_id": message.payload["relation_id"]},
        )
