"""An athlete, or a coach who may manage programs, says what is lifted next, whatever the rule."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, signed_in
from workout_application.programs.deciding import Deciding
from workout_application.programs.views import RuleView
from workout_domain.kernel.guards import required_text
from workout_domain.kernel.load import Load
from workout_domain.programs.history import Cause, Decision
from workout_domain.programs.rule import LONGEST_REASON
from workout_shared.clock import Clock


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideProgression(Command[RuleView]):
    """Answers with the rule, which goes on from there; who said it and why is kept."""

    rule_id: UUID
    load: Load
    reason: str
    expected_revision: int | None = None


class OverrideProgressionHandler:
    """Sets the load; successes and failures are counted anew."""

    def __init__(self, deciding: Deciding, clock: Clock) -> None:
        self._deciding, self._clock = deciding, clock

    async def handle(self, command: OverrideProgression, actor: Actor) -> RuleView:
        """Set it."""
        reason = required_text(command.reason, field="reason", longest=LONGEST_REASON)
        rule = await self._deciding.rule(actor, command.rule_id, command.expected_revision)
        now = self._clock.now()
        said = rule.override(command.load, at=now)
        overridden = Decision(
            cause=Cause.OVERRIDDEN,
            at=now,
            version=rule.version,
            parameters=rule.parameters,
            by=actor.id,
            note=reason,
            load=said.amount,
        )
        return await self._deciding.follow(rule, overridden, actor, "override_progression")
