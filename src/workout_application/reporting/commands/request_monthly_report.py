"""A trainer asks for the report of a month."""

from dataclasses import dataclass
from typing import ClassVar

from workout_application.messaging.actor import Actor
from workout_application.messaging.jobs import Jobs, JobView, NewJob
from workout_application.messaging.messages import Command, requires, trainer
from workout_application.reporting.monthly import MONTHLY_REPORT, report_key
from workout_domain.kernel.errors import Invalid
from workout_domain.reporting.month import Month
from workout_shared.clock import Clock


@requires(trainer)
@dataclass(frozen=True, slots=True, kw_only=True)
class RequestMonthlyReport(Command[JobView]):
    """Answers with the job that makes it; while one is at it, with that one."""

    appends: ClassVar[bool] = True

    year: int
    month: int


class RequestMonthlyReportHandler:
    """Asks for the job."""

    def __init__(self, jobs: Jobs, clock: Clock) -> None:
        self._jobs, self._clock = jobs, clock

    async def handle(self, command: RequestMonthlyReport, actor: Actor) -> JobView:
        """
        Ask for it.

        Raises:
            Invalid: there is no such month, or it has not begun.
        """
        month = Month(command.year, command.month)
        if not month.has_begun(self._clock.now()):
            raise Invalid.field("/month", "in_the_future", "The month has not begun.")
        return await self._jobs.add(
            NewJob(
                type=MONTHLY_REPORT,
                arguments={
                    "trainer_id": actor.trainer_id,
                    "year": month.year,
                    "month": month.month,
                },
                owner_user_id=actor.id,
                unique_key=report_key(actor.trainer_id, month),
            )
        )
