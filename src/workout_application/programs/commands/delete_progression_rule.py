"""An athlete, or a coach who may manage programs, lets an exercise progress by no rule any more."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, signed_in
from workout_application.programs.deciding import Deciding
from workout_application.programs.policies import ProgramGuard
from workout_shared.clock import Clock


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteProgressionRule(Command[None]):
    """Its history is kept; training maxes stay."""

    rule_id: UUID
    expected_revision: int | None = None


class DeleteProgressionRuleHandler:
    """Deletes it."""

    def __init__(self, deciding: Deciding, guard: ProgramGuard, clock: Clock) -> None:
        self._deciding, self._guard, self._clock = deciding, guard, clock

    async def handle(self, command: DeleteProgressionRule, actor: Actor) -> None:
        """Delete it."""
        rule = await self._deciding.rule(actor, command.rule_id, command.expected_revision)
        rule.delete(at=self._clock.now())
        operation = "delete_progression_rule"
        await self._guard.note_change(actor, rule.athlete_id, rule.id, operation)
