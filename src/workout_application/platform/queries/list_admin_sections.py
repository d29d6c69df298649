"""An administrator asks what there is to administer."""

from dataclasses import dataclass

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, admin, requires
from workout_application.platform.views import AdminSectionView


@requires(admin)
@dataclass(frozen=True, slots=True, kw_only=True)
class ListAdminSections(Query[list[AdminSectionView]]):
    """Answers with every part of the admin area."""


class ListAdminSectionsHandler:
    """Tells what the composition put together."""

    def __init__(self, sections: list[AdminSectionView]) -> None:
        self._sections = sections

    async def handle(self, _query: ListAdminSections, _actor: Actor) -> list[AdminSectionView]:
        """Tell it."""
        return self._sections
