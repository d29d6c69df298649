"""Somebody follows a background job of theirs."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.api_scopes import ApiScope
from workout_application.messaging.documents import Document
from workout_application.messaging.messages import Query, requires, signed_in
from workout_application.platform.ports import JobReader


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class GetJob(Query[Document]):
    """Answers with a ``JobView``."""

    api_scope: ClassVar[str | None] = ApiScope.ACCOUNT_READ

    job_id: UUID


class GetJobHandler:
    """Reads one's own job."""

    def __init__(self, jobs: JobReader) -> None:
        self._jobs = jobs

    async def handle(self, query: GetJob, actor: Actor) -> Document:
        """
        Read it.

        Raises:
            JobNotFound: there is none of this id, or its owner is somebody else.
        """
        return await self._jobs.one(query.job_id, visible_to=actor)
