"""When a session is completed, or one that was is changed, the rules of its exercises follow it."""

from typing import ClassVar

from workout_application.messaging.reactions import ReceivedEvent
from workout_application.programs.following import Follower, changed_states
from workout_application.programs.ports import (
    AttendedSessions,
    EventRecorder,
    RuleFacts,
    RuleHistories,
    RuleStates,
    StoredEntry,
)
from workout_domain.programs.events import ProgressionApplied
from workout_domain.programs.history import Cause
from workout_shared.clock import Clock


class WhenSessionChangesFollowRules:
    """
    Judges the session as it is now, whatever the event said: repeats and swaps change nothing.

    A reopened or deleted session takes its entry back, one completed again is judged anew, and
    what came after either follows. Training maxes are read, never written.
    """

    name: ClassVar[str] = "when_session_changes_follow_rules"
    queue: ClassVar[str] = "default"
    subscribes_to: ClassVar[tuple[str, ...]] = (
        "workout.completed",
        "workout.session.reopened",
        "workout.session.abandoned",
        "workout.session.changed",
        "workout.set.changed",
        "workout.set.removed",
    )

    def __init__(
        self,
        rules: RuleStates,
        histories: RuleHistories,
        sessions: AttendedSessions,
        follower: Follower,
        events: EventRecorder,
        clock: Clock,
    ) -> None:
        self._rules, self._histories, self._sessions = rules, histories, sessions
        self._follower, self._events, self._clock = follower, events, clock

    async def react(self, message: ReceivedEvent) -> None:
        """Follow it."""
        session_id = message.uuid("session_id")
        rules = await self._rules.affected_by(message.uuid("user_id"), session_id)
        if not rules:
            return
        rule_ids = [rule.id for rule in rules]
        was = await self._histories.earliest_of(rule_ids, session_id)
        now = await self._sessions.place_of(session_id)
        since = min((place for place in (was, now) if place is not None), default=None)
        if since is None:
            return
        at = self._clock.now()
        followed = await self._follower.follow(rules, since=since, at=at)
        await self._rules.write(changed_states(followed), at=at)
        for rule, stored in followed.added:
            if stored.entry.cause is Cause.SESSION:
                self._events.record(self._applied(rule, stored))

    def _applied(self, rule: RuleFacts, stored: StoredEntry) -> ProgressionApplied:
        entry = stored.entry
        return ProgressionApplied(
            occurred_at=self._clock.now(),
            rule_id=rule.id,
            athlete_id=rule.athlete_id,
            exercise_id=rule.exercise_id,
            session_id=entry.session_id or rule.id,
            outcome="" if entry.outcome is None else entry.outcome.value,
            reason=entry.reason.value,
            proposed_training_max=entry.proposed_training_max,
            unit=entry.parameters.unit.value,
        )
