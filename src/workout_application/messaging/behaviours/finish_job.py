"""Inside the transaction of a job's command: the job is done if and only if its effect is kept."""

from typing import Any

from workout_application.messaging.actor import Actor
from workout_application.messaging.jobs import JobRuns, job_in_progress
from workout_application.messaging.mediator import Proceed
from workout_application.messaging.messages import Message


class FinishJob:
    """Notes the answer of the command with the job that sent it."""

    def __init__(self, runs: JobRuns) -> None:
        self._runs = runs

    async def handle(self, message: Message[Any], actor: Actor, proceed: Proceed) -> Any:  # noqa: ANN401 - as in Behaviour
        """Go on, then finish the job."""
        answer = await proceed(message, actor)
        run = job_in_progress.get()
        if run is not None:
            await self._runs.finish(run, answer)
        return answer
