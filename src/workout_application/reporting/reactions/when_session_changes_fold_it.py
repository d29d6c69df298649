"""When a session ends or changes afterwards, its figures go into the roll-ups of its owner."""

from typing import ClassVar

from workout_application.messaging.reactions import ReceivedEvent
from workout_application.reporting.ports import ReportFolding
from workout_shared.clock import Clock


class WhenSessionChangesFoldIt:
    """
    Folds all that changed of one account; a running session is left to whoever reads.

    Many events of one account fold it once: the others find nothing to do.
    """

    name: ClassVar[str] = "when_session_changes_fold_it"
    queue: ClassVar[str] = "low"
    subscribes_to: ClassVar[tuple[str, ...]] = (
        "workout.completed",
        "workout.session.abandoned",
        "workout.session.reopened",
        "workout.set.changed",
        "workout.set.removed",
    )

    def __init__(self, folding: ReportFolding, clock: Clock) -> None:
        self._folding, self._clock = folding, clock

    async def react(self, message: ReceivedEvent) -> None:
        """Fold it."""
        await self._folding.fold(
            message.uuid("user_id"), [message.uuid("session_id")], at=self._clock.now()
        )
