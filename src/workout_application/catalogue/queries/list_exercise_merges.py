"""Somebody asks which exercises became this one, and how much followed them."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.catalogue.ports import CatalogueReader, MergeReader
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, requires, trainer_or_admin
from workout_shared.pages import Page, PageRequest


@requires(trainer_or_admin)
@dataclass(frozen=True, slots=True, kw_only=True)
class ListExerciseMerges(Query[Page[bytes]]):
    """Answers with a page of ``ExerciseMergeView``: those the caller made, newest first."""

    exercise_id: UUID
    page: PageRequest


class ListExerciseMergesHandler:
    """Reads merges into an exercise the caller sees."""

    def __init__(self, catalogue: CatalogueReader, merges: MergeReader) -> None:
        self._catalogue, self._merges = catalogue, merges

    async def handle(self, query: ListExerciseMerges, actor: Actor) -> Page[bytes]:
        """Read a page; an exercise the caller does not see is not found."""
        await self._catalogue.exercise(query.exercise_id, visible_to=actor)
        return await self._merges.into(query.exercise_id, query.page, visible_to=actor)
