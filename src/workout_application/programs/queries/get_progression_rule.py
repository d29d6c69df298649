"""Somebody looks at one progression rule."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.documents import Document
from workout_application.messaging.messages import Query, requires, signed_in
from workout_application.programs.policies import PLANNED, ProgramGuard
from workout_application.programs.ports import RuleReader
from workout_domain.programs.errors import ProgressionRuleNotFound


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class GetProgressionRule(Query[Document]):
    """Answers with a ``RuleView``."""

    rule_id: UUID


class GetProgressionRuleHandler:
    """Reads it for its athlete, a coach with the scope, or an administrator."""

    def __init__(self, rules: RuleReader, guard: ProgramGuard) -> None:
        self._rules, self._guard = rules, guard

    async def handle(self, query: GetProgressionRule, actor: Actor) -> Document:
        """Read it."""
        unknown = ProgressionRuleNotFound("No such progression rule.")
        rule = await self._rules.one(query.rule_id)
        if rule is None:
            raise unknown
        await self._guard.admit_reader(actor, rule.athlete_id, PLANNED, unknown=unknown)
        self._guard.note_read(actor, rule.athlete_id, query.rule_id, "get_progression_rule")
        return rule.document
