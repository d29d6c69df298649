"""When sets of a type begin or cease to warm up, sessions that have some are counted anew."""

from typing import ClassVar, Final

from workout_application.messaging.reactions import ReceivedEvent
from workout_application.training.appending import EventRecorder
from workout_application.training.recounting import SessionsOfSetTypes
from workout_domain.training.events import SetsRecounted
from workout_shared.clock import Clock

BATCH: Final = 5000


class WhenSetTypeUpdatedRecountSessions:
    """Marks them batch by batch: each batch tells of itself, and that begins the next."""

    name: ClassVar[str] = "when_set_type_updated_recount_sessions"
    queue: ClassVar[str] = "low"
    subscribes_to: ClassVar[tuple[str, ...]] = ("set_type.updated", "workout.sets.recounted")

    def __init__(
        self,
        sessions: SessionsOfSetTypes,
        recorder: EventRecorder,
        clock: Clock,
        *,
        batch: int = BATCH,
    ) -> None:
        self._sessions, self._recorder, self._clock = sessions, recorder, clock
        self._batch = batch

    async def react(self, message: ReceivedEvent) -> None:
        """Mark a batch, unless nothing changes or nothing is left."""
        if not _is_more_to_do(message):
            return
        now, set_type_id = self._clock.now(), message.uuid("set_type_id")
        marked = await self._sessions.mark_changed(
            set_type_id, after=message.optional_uuid("up_to"), most=self._batch, at=now
        )
        if not marked.sessions:
            return
        self._recorder.record(
            SetsRecounted(
                occurred_at=now,
                set_type_id=set_type_id,
                sessions=marked.sessions,
                user_ids=marked.user_ids,
                trainer_ids=marked.trainer_ids,
                up_to=marked.up_to,
                is_finished=marked.sessions < self._batch,
            )
        )


def _is_more_to_do(message: ReceivedEvent) -> bool:
    if message.kind == "set_type.updated":
        return bool(message.payload["warm_up_changed"])
    return not message.payload["is_finished"]
