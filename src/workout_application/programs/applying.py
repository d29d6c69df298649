"""What following rules through sessions leaves behind: where they stand, and what is told."""

from collections.abc import Sequence
from datetime import datetime

from workout_application.programs.following import Follower, changed_states
from workout_application.programs.ports import (
    EventRecorder,
    RuleFacts,
    RuleStates,
    StoredEntry,
)
from workout_domain.programs.events import ProgressionApplied
from workout_domain.programs.history import Cause
from workout_shared.clock import Clock


class Applier:
    """Follows locked rules of one athlete, and writes and tells what came of it."""

    def __init__(
        self, rules: RuleStates, follower: Follower, events: EventRecorder, clock: Clock
    ) -> None:
        self._rules, self._follower = rules, follower
        self._events, self._clock = events, clock

    async def apply(self, rules: Sequence[RuleFacts], *, since: datetime) -> None:
        """Follow the rules from a moment on."""
        at = self._clock.now()
        followed = await self._follower.follow(rules, since=since, at=at)
        await self._rules.write(changed_states(followed), at=at)
        for rule, stored in followed.added:
            if stored.entry.cause is Cause.SESSION:
                self._events.record(_applied(rule, stored, at))


def _applied(rule: RuleFacts, stored: StoredEntry, at: datetime) -> ProgressionApplied:
    entry = stored.entry
    return ProgressionApplied(
        occurred_at=at,
        rule_id=rule.id,
        athlete_id=rule.athlete_id,
        exercise_id=rule.exercise_id,
        session_id=entry.session_id or rule.id,
        outcome="" if entry.outcome is None else entry.outcome.value,
        reason=entry.reason.value,
        proposed_training_max=entry.proposed_training_max,
        unit=entry.parameters.unit.value,
    )
