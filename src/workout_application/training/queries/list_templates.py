"""Somebody looks through the workout templates: the shipped ones and their own."""

from dataclasses import dataclass
from typing import Any, ClassVar

from workout_application.messaging.actor import Actor
from workout_application.messaging.api_scopes import ApiScope
from workout_application.messaging.messages import (
    CachedQuery,
    CachePolicy,
    requires,
    signed_in,
)
from workout_application.training.caching import KEPT, audience_of
from workout_application.training.ports import TemplateFilter, TemplateReader
from workout_shared.pages import Page, PageRequest


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class ListTemplates(CachedQuery[Page[bytes]]):
    """Answers with a page of ``TemplateView``."""

    cache: ClassVar[CachePolicy] = KEPT
    answer: ClassVar[Any] = Page[bytes]
    api_scope: ClassVar[str | None] = ApiScope.CATALOGUE_READ

    where: TemplateFilter
    request: PageRequest

    def audience(self, actor: Actor) -> str:
        """Name who sees the same templates."""
        return audience_of(actor)


class ListTemplatesHandler:
    """Reads the templates the caller sees."""

    def __init__(self, templates: TemplateReader) -> None:
        self._templates = templates

    async def handle(self, query: ListTemplates, actor: Actor) -> Page[bytes]:
        """Read a page."""
        return await self._templates.page(query.where, query.request, visible_to=actor)
