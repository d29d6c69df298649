"""When somebody's training changed, reports made before are shown no more."""

from typing import ClassVar

from workout_application.messaging.reactions import ReceivedEvent
from workout_application.messaging.staleness import StaleAnswers, outdate_again
from workout_application.reporting.staleness import STALE_BY


class WhenTrainingChangedOutdateReports:
    """The process that committed the change did so already, unless it died in between."""

    name: ClassVar[str] = "when_training_changed_outdate_reports"
    queue: ClassVar[str] = "default"
    subscribes_to: ClassVar[tuple[str, ...]] = tuple(STALE_BY)

    def __init__(self, answers: StaleAnswers) -> None:
        self._answers = answers

    async def react(self, message: ReceivedEvent) -> None:
        """Outdate what was not outdated since."""
        await outdate_again(self._answers, STALE_BY, message)
