"""A trainer looks over their athletes, with what each did of what was planned."""

from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from workout_application.coaching.ports import RosterFilter, RosterReader
from workout_application.encoding import decode
from workout_application.messaging.actor import Actor
from workout_application.messaging.coach_access import CoachGuard, Subject, Touched
from workout_application.messaging.messages import Query, requires, trainer
from workout_shared.clock import Clock
from workout_shared.pages import Page, PageRequest

_FIGURES: Final = Touched(subject=Subject.ROSTER, operation="list_athletes")


@requires(trainer)
@dataclass(frozen=True, slots=True, kw_only=True)
class ListAthletes(Query[Page[bytes]]):
    """Answers with ``RosterEntryView`` items, by name unless sorted otherwise."""

    page: PageRequest = field(default_factory=PageRequest)
    where: RosterFilter = field(default_factory=RosterFilter)


class ListAthletesHandler:
    """Reads the trainer's own roster; figures of an athlete are a read of theirs."""

    def __init__(self, roster: RosterReader, guard: CoachGuard, clock: Clock) -> None:
        self._roster, self._guard, self._clock = roster, guard, clock

    async def handle(self, query: ListAthletes, actor: Actor) -> Page[bytes]:
        """Read it."""
        page = await self._roster.page(
            query.page, where=query.where, visible_to=actor, at=self._clock.now()
        )
        for entry in map(decode, page.items):
            if entry["adherence"] is not None:
                self._guard.note_read(actor, UUID(entry["athlete_id"]), _FIGURES)
        return page
