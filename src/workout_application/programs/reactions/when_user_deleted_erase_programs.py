"""When an athlete deletes their account, their rules and training maxes go with it."""

from typing import ClassVar

from workout_application.messaging.reactions import ReceivedEvent
from workout_application.programs.ports import ProgramsOfDeleted


class WhenUserDeletedErasePrograms:
    """Erases them for good; those a coach set for others stay theirs."""

    name: ClassVar[str] = "when_user_deleted_erase_programs"
    queue: ClassVar[str] = "default"
    subscribes_to: ClassVar[tuple[str, ...]] = ("user.deleted",)

    def __init__(self, programs: ProgramsOfDeleted) -> None:
        self._programs = programs

    async def react(self, message: ReceivedEvent) -> None:
        """Erase them."""
        athlete_id = message.optional_uuid("athlete_id")
        if athlete_id is not None:
            await self._programs.erase(athlete_id)
