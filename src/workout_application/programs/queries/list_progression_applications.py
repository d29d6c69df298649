"""Somebody looks through a rule's history: each application with its reason, overrides too."""

from dataclasses import dataclass, field
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, requires, signed_in
from workout_application.programs.policies import PERFORMED, ProgramGuard
from workout_application.programs.ports import RuleReader
from workout_domain.programs.errors import ProgressionRuleNotFound
from workout_shared.pages import CursorRequest, CursorSlice


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class ListProgressionApplications(Query[CursorSlice[bytes]]):
    """
    Answers with ``ApplicationView`` items, the latest written first.

    ``with_superseded`` shows also those that a newer evaluation took the place of.
    """

    rule_id: UUID
    request: CursorRequest = field(default_factory=CursorRequest)
    with_superseded: bool = False


class ListProgressionApplicationsHandler:
    """Reads a run of it."""

    def __init__(self, rules: RuleReader, guard: ProgramGuard) -> None:
        self._rules, self._guard = rules, guard

    async def handle(self, query: ListProgressionApplications, actor: Actor) -> CursorSlice[bytes]:
        """Read it."""
        unknown = ProgressionRuleNotFound("No such progression rule.")
        rule = await self._rules.one(query.rule_id)
        if rule is None:
            raise unknown
        await self._guard.admit_reader(actor, rule.athlete_id, PERFORMED, unknown=unknown)
        operation = "list_progression_applications"
        self._guard.note_read(actor, rule.athlete_id, query.rule_id, operation)
        return await self._rules.applications(
            query.rule_id, query.request, with_superseded=query.with_superseded
        )
