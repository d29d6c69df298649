"""Somebody asks which types of sets there are."""

from dataclasses import dataclass
from typing import Any, ClassVar

from workout_application.catalogue.caching import KEPT
from workout_application.catalogue.ports import CatalogueReader
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import (
    CachedQuery,
    CachePolicy,
    requires,
    signed_in,
)


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class ListSetTypes(CachedQuery[bytes]):
    """Answers with an array of ``SetTypeView``, encoded."""

    cache: ClassVar[CachePolicy] = KEPT
    answer: ClassVar[Any] = bytes

    def audience(self, _actor: Actor) -> str:
        """Name who gets the same answer: everybody."""
        return "everybody"


class ListSetTypesHandler:
    """Reads the types of sets."""

    def __init__(self, catalogue: CatalogueReader) -> None:
        self._catalogue = catalogue

    async def handle(self, _query: ListSetTypes, _actor: Actor) -> bytes:
        """Read them all."""
        return await self._catalogue.set_types()
