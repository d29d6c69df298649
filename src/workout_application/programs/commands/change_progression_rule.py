"""An athlete, or a coach who may manage programs, lets a rule say something else from now on."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, signed_in
from workout_application.programs.deciding import Deciding
from workout_application.programs.views import RuleView
from workout_domain.programs.history import Cause, Decision
from workout_domain.programs.parameters import Parameters
from workout_shared.clock import Clock


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeProgressionRule(Command[RuleView]):
    """Answers with the rule in its next version; its history keeps the one before."""

    rule_id: UUID
    parameters: Parameters
    note: str | None = None
    expected_revision: int | None = None


class ChangeProgressionRuleHandler:
    """Changes the parameters; the load goes on, unless they start elsewhere."""

    def __init__(self, deciding: Deciding, clock: Clock) -> None:
        self._deciding, self._clock = deciding, clock

    async def handle(self, command: ChangeProgressionRule, actor: Actor) -> RuleView:
        """Change it."""
        rule = await self._deciding.rule(actor, command.rule_id, command.expected_revision)
        now = self._clock.now()
        rule.change(command.parameters, at=now)
        changed = Decision(
            cause=Cause.CHANGED,
            at=now,
            version=rule.version,
            parameters=rule.parameters,
            by=actor.id,
            note=command.note,
        )
        return await self._deciding.follow(rule, changed, actor, "change_progression_rule")
