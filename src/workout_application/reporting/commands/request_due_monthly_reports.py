"""When a month is over everywhere, the reports of it are asked for, once for each trainer."""

from dataclasses import dataclass
from typing import ClassVar

from workout_application.messaging.actor import Actor
from workout_application.messaging.jobs import Jobs, NewJob
from workout_application.messaging.messages import Command, requires, system
from workout_application.reporting.monthly import MONTHLY_REPORT, report_key
from workout_application.reporting.ports import MonthlyReports
from workout_domain.reporting.month import Month
from workout_shared.clock import Clock


@requires(system)
@dataclass(frozen=True, slots=True, kw_only=True)
class RequestDueMonthlyReports(Command[int]):
    """Answers with how many were asked for: at most ``limit``."""

    appends: ClassVar[bool] = True

    limit: int = 100


class RequestDueMonthlyReportsHandler:
    """Asks for the reports of trainers with athletes who let them see reports."""

    def __init__(self, reports: MonthlyReports, jobs: Jobs, clock: Clock) -> None:
        self._reports, self._jobs, self._clock = reports, jobs, clock

    async def handle(self, command: RequestDueMonthlyReports, _actor: Actor) -> int:
        """Ask for one batch."""
        now = self._clock.now()
        month = Month.last_ended(now)
        due = await self._reports.claim_due(month, at=now, limit=command.limit)
        for one in due:
            await self._jobs.add(
                NewJob(
                    type=MONTHLY_REPORT,
                    arguments={
                        "trainer_id": one.trainer_id,
                        "year": month.year,
                        "month": month.month,
                    },
                    owner_user_id=one.user_id,
                    unique_key=report_key(one.trainer_id, month),
                )
            )
        return len(due)
