"""Somebody lists progression rules: their own, or with the scope those of athletes they coach."""

from dataclasses import dataclass, field

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, requires, signed_in
from workout_application.programs.policies import ProgramGuard
from workout_application.programs.ports import RuleFilter, RuleReader
from workout_shared.pages import Page, PageRequest


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class ListProgressionRules(Query[Page[bytes]]):
    """Answers with ``RuleView`` items, newest first unless sorted otherwise."""

    where: RuleFilter = field(default_factory=RuleFilter)
    page: PageRequest = field(default_factory=PageRequest)


class ListProgressionRulesHandler:
    """Reads a page; rules of others in it are a read of theirs."""

    def __init__(self, rules: RuleReader, guard: ProgramGuard) -> None:
        self._rules, self._guard = rules, guard

    async def handle(self, query: ListProgressionRules, actor: Actor) -> Page[bytes]:
        """Read it."""
        page = await self._rules.page(query.where, query.page, visible_to=actor)
        self._guard.note_list(actor, page.items, "list_progression_rules")
        return page
