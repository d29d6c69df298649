"""Roll-ups are made anew from what was performed: after an upgrade, or if they are ever wrong."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, system
from workout_application.reporting.ports import ReportFolding
from workout_shared.clock import Clock


@requires(system)
@dataclass(frozen=True, slots=True, kw_only=True)
class RebuildReports(Command[int]):
    """
    Rebuilds some accounts; answers how many sessions they have.

    Reports go on being read meanwhile, and each account changes at once.
    """

    appends: ClassVar[bool] = True

    user_ids: tuple[UUID, ...]


class RebuildReportsHandler:
    """Rebuilds the accounts."""

    def __init__(self, folding: ReportFolding, clock: Clock) -> None:
        self._folding, self._clock = folding, clock

    async def handle(self, command: RebuildReports, _actor: Actor) -> int:
        """Rebuild them."""
        return await self._folding.rebuild(command.user_ids, at=self._clock.now())
