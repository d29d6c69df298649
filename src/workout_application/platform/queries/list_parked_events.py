"""An operator asks which events were given up."""

from dataclasses import dataclass

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, requires, system
from workout_application.platform.ports import ParkedEvent, ParkedEvents


@requires(system)
@dataclass(frozen=True, slots=True, kw_only=True)
class ListParkedEvents(Query[list[ParkedEvent]]):
    """Answers with the newest ``limit`` of them."""

    limit: int = 100


class ListParkedEventsHandler:
    """Lists them."""

    def __init__(self, events: ParkedEvents) -> None:
        self._events = events

    async def handle(self, query: ListParkedEvents, _actor: Actor) -> list[ParkedEvent]:
        """List them."""
        return await self._events.parked(query.limit)
