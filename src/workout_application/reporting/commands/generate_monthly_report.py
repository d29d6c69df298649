"""A worker makes the report of a trainer's month, in place of an older one."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.jobs import JobProgress, ProgressReports
from workout_application.messaging.messages import Command, requires, system
from workout_application.reporting.ports import MonthlyReports, RosterFigures
from workout_domain.reporting.month import Month
from workout_shared.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneratedReport:
    """How many athletes the report tells of."""

    athletes: int


@requires(system)
@dataclass(frozen=True, slots=True, kw_only=True)
class GenerateMonthlyReport(Command[GeneratedReport]):
    """Answers with how many athletes let the trainer see reports."""

    appends: ClassVar[bool] = True

    trainer_id: UUID
    year: int
    month: int


class GenerateMonthlyReportHandler:
    """Adds the month up and keeps it."""

    def __init__(
        self,
        figures: RosterFigures,
        reports: MonthlyReports,
        progress: ProgressReports,
        clock: Clock,
    ) -> None:
        self._figures, self._reports = figures, reports
        self._progress, self._clock = progress, clock

    async def handle(self, command: GenerateMonthlyReport, _actor: Actor) -> GeneratedReport:
        """Make it; what is done from now on is not in it."""
        month, now = Month(command.year, command.month), self._clock.now()
        await self._tell(10, "figures", "Adding up what the athletes did.")
        athletes = await self._figures.of_month(command.trainer_id, month)
        await self._tell(80, "report", "Writing the report.", len(athletes))
        await self._reports.replace(command.trainer_id, month, athletes, at=now)
        return GeneratedReport(athletes=len(athletes))

    async def _tell(
        self, percent: int, stage: str, message: str, athletes: int | None = None
    ) -> None:
        await self._progress.publish(
            JobProgress(
                percent_complete=percent,
                stage=stage,
                message=message,
                processed_items=athletes,
                total_items=athletes,
            )
        )
