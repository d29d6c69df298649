"""Somebody looks at one training max."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.documents import Document
from workout_application.messaging.messages import Query, requires, signed_in
from workout_application.programs.policies import PLANNED, ProgramGuard
from workout_application.programs.ports import TrainingMaxReader
from workout_domain.programs.errors import TrainingMaxNotFound


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class GetTrainingMax(Query[Document]):
    """Answers with a ``TrainingMaxView``."""

    training_max_id: UUID


class GetTrainingMaxHandler:
    """Reads it for its athlete, a coach with the scope, or an administrator."""

    def __init__(self, training_maxes: TrainingMaxReader, guard: ProgramGuard) -> None:
        self._training_maxes, self._guard = training_maxes, guard

    async def handle(self, query: GetTrainingMax, actor: Actor) -> Document:
        """Read it."""
        unknown = TrainingMaxNotFound("No such training max.")
        found = await self._training_maxes.one(query.training_max_id)
        if found is None:
            raise unknown
        athlete_id, document = found
        await self._guard.admit_reader(actor, athlete_id, PLANNED, unknown=unknown)
        self._guard.note_read(actor, athlete_id, query.training_max_id, "get_training_max")
        return document
