"""A trainer looks over their athletes, with what each did of what was planned."""

from dataclasses import dataclass, field

from workout_application.coaching.ports import RosterReader
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, requires, trainer
from workout_domain.coaching.relation import RelationStatus
from workout_shared.clock import Clock
from workout_shared.pages import Page, PageRequest


@requires(trainer)
@dataclass(frozen=True, slots=True, kw_only=True)
class ListAthletes(Query[Page[bytes]]):
    """Answers with ``RosterEntryView`` items, by name unless sorted otherwise."""

    page: PageRequest = field(default_factory=PageRequest)
    status: RelationStatus | None = None


class ListAthletesHandler:
    """Reads the trainer's own roster."""

    def __init__(self, roster: RosterReader, clock: Clock) -> None:
        self._roster, self._clock = roster, clock

    async def handle(self, query: ListAthletes, actor: Actor) -> Page[bytes]:
        """Read it."""
        return await self._roster.page(
            query.page, status=query.status, visible_to=actor, at=self._clock.now()
        )
