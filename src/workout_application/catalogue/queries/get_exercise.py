"""Somebody looks at one exercise."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from workout_application.catalogue.caching import KEPT, audience_of
from workout_application.catalogue.ports import CatalogueReader
from workout_application.messaging.actor import Actor
from workout_application.messaging.documents import Document
from workout_application.messaging.messages import (
    CachedQuery,
    CachePolicy,
    requires,
    signed_in,
)


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class GetExercise(CachedQuery[Document]):
    """Answers with an ``ExerciseView``."""

    cache: ClassVar[CachePolicy] = KEPT
    answer: ClassVar[Any] = Document

    exercise_id: UUID

    def audience(self, actor: Actor) -> str:
        """Name who sees the same exercises."""
        return audience_of(actor)


class GetExerciseHandler:
    """Reads an exercise the caller sees."""

    def __init__(self, catalogue: CatalogueReader) -> None:
        self._catalogue = catalogue

    async def handle(self, query: GetExercise, actor: Actor) -> Document:
        """Read it."""
        return await self._catalogue.exercise(query.exercise_id, visible_to=actor)
