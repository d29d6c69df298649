"""When an exercise changed, answers of the catalogue from before are shown no more."""

from typing import ClassVar

from workout_application.catalogue.staleness import STALE_BY
from workout_application.messaging.reactions import ReceivedEvent
from workout_application.messaging.staleness import StaleAnswers, outdate_again


class WhenExerciseChangedOutdateCatalogue:
    """The command that changed it did so already, unless its process died in between."""

    name: ClassVar[str] = "when_exercise_changed_outdate_catalogue"
    queue: ClassVar[str] = "default"
    subscribes_to: ClassVar[tuple[str, ...]] = tuple(STALE_BY)

    def __init__(self, answers: StaleAnswers) -> None:
        self._answers = answers

    async def react(self, message: ReceivedEvent) -> None:
        """Outdate what was not outdated since."""
        await outdate_again(self._answers, STALE_BY, message)
