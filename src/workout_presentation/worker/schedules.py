"""What is done by the clock: each schedule sends a command, in one worker of all."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

import structlog

from workout_application.coaching.commands.forget_old_access_entries import (
    ForgetOldAccessEntries,
)
from workout_application.identity.commands.forget_expired_tokens import (
    ForgetExpiredTokens,
)
from workout_application.messaging.actor import SYSTEM
from workout_application.messaging.correlation import correlation_id
from workout_application.messaging.mediator import Mediator
from workout_application.messaging.messages import Command
from workout_application.platform.commands.forget_old_answers import ForgetOldAnswers
from workout_application.platform.commands.forget_old_events import ForgetOldEvents
from workout_application.platform.commands.forget_old_jobs import ForgetOldJobs
from workout_application.reporting.commands.request_due_monthly_reports import (
    RequestDueMonthlyReports,
)
from workout_application.reporting.commands.settle_reports import SettleReports
from workout_application.training.commands.move_merged_training import MoveMergedTraining
from workout_application.training.commands.purge_training_of_deleted import (
    PurgeTrainingOfDeleted,
)
from workout_shared.identifiers import Identifiers

TICK_SECONDS: Final = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """
    A command sent every so many seconds.

    Such commands do their work in batches: while one answers that it did something, and
    ``until_nothing_left`` is set, it is sent again at once.
    """

    name: str
    seconds: float
    command: Callable[[], Command[Any]]
    until_nothing_left: bool = False


SCHEDULES: Final[list[Schedule]] = [
    Schedule(
        name="forget_old_answers", seconds=60, command=ForgetOldAnswers, until_nothing_left=True
    ),
    Schedule(name="settle_reports", seconds=60, command=SettleReports, until_nothing_left=True),
    Schedule(
        name="forget_old_events", seconds=600, command=ForgetOldEvents, until_nothing_left=True
    ),
    Schedule(name="forget_old_jobs", seconds=600, command=ForgetOldJobs, until_nothing_left=True),
    Schedule(
        name="forget_expired_tokens",
        seconds=60,
        command=ForgetExpiredTokens,
        until_nothing_left=True,
    ),
    Schedule(
        name="forget_old_access_entries",
        seconds=3600,
        command=ForgetOldAccessEntries,
        until_nothing_left=True,
    ),
    Schedule(
        name="request_due_monthly_reports",
        seconds=3600,
        command=RequestDueMonthlyReports,
        until_nothing_left=True,
    ),
    Schedule(
        name="move_merged_training",
        seconds=30,
        command=MoveMergedTraining,
        until_nothing_left=True,
    ),
    Schedule(
        name="purge_training_of_deleted",
        seconds=60,
        command=PurgeTrainingOfDeleted,
        until_nothing_left=True,
    ),
]


class Leadership(Protocol):
    """Says which of many workers keeps the schedules."""

    async def holds(self) -> bool:
        """Tell whether this process does."""
        ...

    async def close(self) -> None:
        """Make way for another."""
        ...


class Scheduler:
    """
    Sends due commands, as long as this process leads; a failure waits for the next time.

    Each run has a correlation id of its own, whatever number of batches it takes.
    """

    def __init__(
        self,
        mediator: Mediator,
        leadership: Leadership,
        schedules: Sequence[Schedule],
        identifiers: Identifiers,
    ) -> None:
        self._mediator, self._leadership, self._schedules = mediator, leadership, schedules
        self._identifiers = identifiers
        self._due: dict[str, float] = {}

    async def run(self) -> None:
        """Keep the schedules until cancelled."""
        loop = asyncio.get_running_loop()
        try:
            while True:
                await self.run_due(loop.time())
                await asyncio.sleep(TICK_SECONDS)
        finally:
            await self._leadership.close()

    async def run_due(self, now: float) -> list[str]:
        """Send what is due at ``now`` (seconds on any clock); return the schedules' names."""
        if not await self._leadership.holds():
            return []
        due = [one for one in self._schedules if self._due.get(one.name, now) <= now]
        for schedule in due:
            self._due[schedule.name] = now + schedule.seconds
            of_this_run = correlation_id.set(str(self._identifiers.new()))
            try:
                await self._send(schedule)
            finally:
                correlation_id.reset(of_this_run)
        return [schedule.name for schedule in due]

    async def _send(self, schedule: Schedule) -> None:
        try:
            while await self._mediator.send(schedule.command(), actor=SYSTEM):
                if not schedule.until_nothing_left:
                    return
        except Exception as error:  # noqa: BLE001 - one schedule's bug must not stop the others
            structlog.get_logger().warning("schedule failed", name=schedule.name, exc_info=error)
