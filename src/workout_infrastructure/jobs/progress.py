"""Shows how far jobs are: each change of stage, and in between a few times a second at most."""

from contextvars import ContextVar
from dataclasses import dataclass
from time import monotonic
from typing import Final

from workout_application.messaging.jobs import JobLost, JobProgress, JobRun, job_in_progress
from workout_infrastructure.persistence.job_runs import SqlJobRuns

PAUSE_SECONDS: Final = 0.25
COMPLETE: Final = 100


@dataclass(frozen=True, slots=True)
class _Shown:
    run: JobRun
    stage: str | None
    at: float

    def is_news(self, run: JobRun, progress: JobProgress) -> bool:
        is_change = self.run is not run or progress.stage != self.stage
        is_due = monotonic() - self.at >= PAUSE_SECONDS
        return is_change or is_due or progress.percent_complete >= COMPLETE


_last_shown: ContextVar[_Shown | None] = ContextVar("last_shown", default=None)


class ThrottledProgress:
    """Writes progress of the job in progress, beside its transaction."""

    def __init__(self, runs: SqlJobRuns) -> None:
        self._runs = runs

    async def publish(self, progress: JobProgress) -> None:
        """
        Show it, unless the same stage was shown a moment ago.

        Raises:
            JobLost: the job was deleted or given to another worker; going on is in vain.
        """
        run, last = job_in_progress.get(), _last_shown.get()
        if run is None or (last is not None and not last.is_news(run, progress)):
            return
        _last_shown.set(_Shown(run, progress.stage, monotonic()))
        if not await self._runs.show(run, progress):
            raise JobLost(f"Job {run.job_id} is no longer this worker's.")
