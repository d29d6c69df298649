"""Somebody looks through training maxes: their own, or with the scope of athletes they coach."""

from dataclasses import dataclass, field

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, requires, signed_in
from workout_application.programs.policies import ProgramGuard
from workout_application.programs.ports import TrainingMaxFilter, TrainingMaxReader
from workout_shared.pages import CursorRequest, CursorSlice


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class ListTrainingMaxes(Query[CursorSlice[bytes]]):
    """Answers with ``TrainingMaxView`` items, those set last first."""

    where: TrainingMaxFilter = field(default_factory=TrainingMaxFilter)
    request: CursorRequest = field(default_factory=CursorRequest)


class ListTrainingMaxesHandler:
    """Reads a run; those of others in it are a read of theirs."""

    def __init__(self, training_maxes: TrainingMaxReader, guard: ProgramGuard) -> None:
        self._training_maxes, self._guard = training_maxes, guard

    async def handle(self, query: ListTrainingMaxes, actor: Actor) -> CursorSlice[bytes]:
        """Read it."""
        found = await self._training_maxes.run(query.where, query.request, visible_to=actor)
        self._guard.note_list(actor, found.items, "list_training_maxes")
        return found
