"""Background jobs of the caller."""

from uuid import UUID

from fastapi import Request
from starlette.responses import Response

from workout_application.messaging.jobs import JobView
from workout_application.platform.queries.get_job import GetJob
from workout_presentation.api.door import FromDoor, sends
from workout_presentation.api.envelope import Envelope, unless_unchanged
from workout_presentation.api.operations import answers, router

jobs = router("/jobs", tag="Jobs")


@jobs.get("/{job_id}", **answers(200, Envelope[JobView], 401, 404))
@sends(GetJob)
async def get_job(job_id: UUID, request: Request, door: FromDoor) -> Response:
    """See how far a job of yours is, and what came of it."""
    job = await door.ask(GetJob(job_id=job_id))
    return unless_unchanged(request, job.data, job.revision)
