"""Workout templates for display, on the bare driver: rows go straight to JSON."""

from dataclasses import replace
from typing import Final
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.documents import Document
from workout_application.training.ports import TemplateFilter
from workout_domain.training.errors import TemplateNotFound
from workout_infrastructure.persistence.database import DriverPool
from workout_infrastructure.persistence.lists import Narrowing, SqlList
from workout_infrastructure.persistence.training.rows import shown
from workout_infrastructure.persistence.training.shapes import TEMPLATE_COLUMNS
from workout_shared.pages import Page, PageRequest

_SORTS: Final = {
    "name": "lower(t.name) ASC, t.id ASC",
    "-name": "lower(t.name) DESC, t.id DESC",
    "created_at": "t.created_at ASC, t.id ASC",
    "-created_at": "t.created_at DESC, t.id DESC",
}
_CONDITIONS: Final = {
    "id": "t.id = {0}::uuid",
    "visible": "(t.owner_id IS NULL OR t.owner_id = {0}::uuid)",
    "search": (
        "(strpos(lower(t.name), lower({0}::text)) > 0"
        " OR strpos(lower(coalesce(t.description, '')), lower({0}::text)) > 0)"
    ),
    "type": "t.type = {0}::text",
    "tag": "lower({0}::text) = ANY (t.tags)",
    "is_shipped": "(t.owner_id IS NULL) = {0}::boolean",
}
_FILTERS: Final = ("search", "type", "tag", "is_shipped")


class SqlTemplateReader:
    """Reads the shipped templates and the caller's own."""

    def __init__(self, pool: DriverPool) -> None:
        self._list = SqlList(
            pool,
            columns=TEMPLATE_COLUMNS,
            table="workout_templates",
            alias="t",
            newest_by="created_at",
            sorts=_SORTS,
            conditions=_CONDITIONS,
            shown=shown,
        )

    async def template(self, template_id: UUID, *, visible_to: Actor) -> Document:
        """Return a ``TemplateView``."""
        narrowing = (*_visible(visible_to), ("id", (template_id,)))
        row = await self._list.one(narrowing, TEMPLATE_COLUMNS)
        if row is None:
            raise TemplateNotFound("No such workout template.", template_id=template_id)
        return Document(shown(row), row["revision"])

    async def page(
        self, where: TemplateFilter, request: PageRequest, *, visible_to: Actor
    ) -> Page[bytes]:
        """Return a numbered page and the total."""
        given = ((name, getattr(where, name)) for name in _FILTERS)
        filters = tuple((name, (value,)) for name, value in given if value is not None)
        by_name = replace(request, sort=request.sort or "name")
        return await self._list.page((*_visible(visible_to), *filters), by_name)


def _visible(actor: Actor) -> Narrowing:
    # Who lost the trainer's role shares cached answers with those who never had it.
    owner_id = None if actor.trainer_profile_id is None else actor.user_id
    return (("visible", (owner_id,)),)
