"""Somebody looks at one type of set."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from workout_application.catalogue.caching import KEPT
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
class GetSetType(CachedQuery[Document]):
    """Answers with a ``SetTypeView``."""

    cache: ClassVar[CachePolicy] = KEPT
    answer: ClassVar[Any] = Document

    set_type_id: UUID

    def audience(self, _actor: Actor) -> str:
        """Name who gets the same answer: everybody."""
        return "everybody"


class GetSetTypeHandler:
    """Reads a type of set."""

    def __init__(self, catalogue: CatalogueReader) -> None:
        self._catalogue = catalogue

    async def handle(self, query: GetSetType, _actor: Actor) -> Document:
        """Read it."""
        return await self._catalogue.set_type(query.set_type_id)
