"""Somebody looks at one workout template."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.api_scopes import ApiScope
from workout_application.messaging.documents import Document
from workout_application.messaging.messages import (
    CachedQuery,
    CachePolicy,
    requires,
    signed_in,
)
from workout_application.training.caching import KEPT, audience_of
from workout_application.training.ports import TemplateReader


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class GetTemplate(CachedQuery[Document]):
    """Answers with a ``TemplateView``."""

    cache: ClassVar[CachePolicy] = KEPT
    answer: ClassVar[Any] = Document
    api_scope: ClassVar[str | None] = ApiScope.CATALOGUE_READ

    template_id: UUID

    def audience(self, actor: Actor) -> str:
        """Name who sees the same templates."""
        return audience_of(actor)


class GetTemplateHandler:
    """Reads a template the caller sees."""

    def __init__(self, templates: TemplateReader) -> None:
        self._templates = templates

    async def handle(self, query: GetTemplate, actor: Actor) -> Document:
        """Read it."""
        return await self._templates.template(query.template_id, visible_to=actor)
