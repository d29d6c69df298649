"""Accounts that were folded right after a change are looked at once more when it has settled."""

from dataclasses import dataclass
from typing import ClassVar

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, system
from workout_application.reporting.ports import ReportFolding
from workout_shared.clock import Clock

MOST_AT_ONCE = 200


@requires(system)
@dataclass(frozen=True, slots=True, kw_only=True)
class SettleReports(Command[int]):
    """
    Answers with how many accounts were looked at; at most 200 at once.

    Until then each of their reports compares the sessions that changed last, to be sure.
    """

    appends: ClassVar[bool] = True


class SettleReportsHandler:
    """Settles a batch."""

    def __init__(self, folding: ReportFolding, clock: Clock) -> None:
        self._folding, self._clock = folding, clock

    async def handle(self, _command: SettleReports, _actor: Actor) -> int:
        """Settle it."""
        return await self._folding.settle(at=self._clock.now(), most=MOST_AT_ONCE)
