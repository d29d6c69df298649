"""When a session is completed, or one that was is changed, the rules of its exercises follow it."""

from typing import ClassVar

from workout_application.messaging.reactions import ReceivedEvent
from workout_application.programs.applying import Applier
from workout_application.programs.ports import AttendedSessions, RuleHistories, RuleStates


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
        applier: Applier,
    ) -> None:
        self._rules, self._histories, self._sessions = rules, histories, sessions
        self._applier = applier

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
        if since is not None:
            await self._applier.apply(rules, since=since)
