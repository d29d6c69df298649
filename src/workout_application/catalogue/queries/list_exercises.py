"""Somebody looks through the exercises they may use."""

from dataclasses import dataclass
from typing import Any, ClassVar

from workout_application.catalogue.caching import KEPT, audience_of
from workout_application.catalogue.ports import CatalogueReader, ExerciseFilter
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import (
    CachedQuery,
    CachePolicy,
    requires,
    signed_in,
)
from workout_shared.pages import Page, PageRequest


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class ListExercises(CachedQuery[Page[bytes]]):
    """Answers with a page of ``ExerciseView``."""

    cache: ClassVar[CachePolicy] = KEPT
    answer: ClassVar[Any] = Page[bytes]

    wanted: ExerciseFilter
    page: PageRequest

    def audience(self, actor: Actor) -> str:
        """Name who sees the same exercises."""
        return audience_of(actor)


class ListExercisesHandler:
    """Reads the exercises the caller sees."""

    def __init__(self, catalogue: CatalogueReader) -> None:
        self._catalogue = catalogue

    async def handle(self, query: ListExercises, actor: Actor) -> Page[bytes]:
        """Read a page."""
        return await self._catalogue.exercises(query.wanted, query.page, visible_to=actor)
