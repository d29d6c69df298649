"""What changing a rule and overriding it have in common: a decision, and what follows from it."""

from datetime import datetime
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.concurrency import expect_revision
from workout_application.programs.following import Follower
from workout_application.programs.policies import ProgramGuard
from workout_application.programs.ports import Lifts, ProgramAthletes, RuleFacts
from workout_application.programs.views import RuleView
from workout_domain.programs.errors import ProgressionRuleNotFound
from workout_domain.programs.history import Decision
from workout_domain.programs.repositories import ProgressionRuleRepository
from workout_domain.programs.rule import ProgressionRule


class Deciding:
    """Loads a rule for somebody who may decide about it, and lets its history follow."""

    def __init__(
        self,
        rules: ProgressionRuleRepository,
        athletes: ProgramAthletes,
        lifts: Lifts,
        follower: Follower,
        guard: ProgramGuard,
    ) -> None:
        self._rules, self._athletes, self._lifts = rules, athletes, lifts
        self._follower, self._guard = follower, guard

    async def rule(
        self, actor: Actor, rule_id: UUID, expected_revision: int | None
    ) -> ProgressionRule:
        """
        Return a rule the actor may change, locked.

        Raises:
            ProgressionRuleNotFound: there is none, or it is none of the actor's business.
            ScopeRequired: the actor coaches the athlete, but may not manage programs.
            StaleRevision: it was changed since the actor read it.
        """
        rule = await self._rules.one(rule_id)
        unknown = ProgressionRuleNotFound("No such progression rule.")
        await self._guard.admit_writer(actor, rule.athlete_id, unknown=unknown)
        expect_revision(rule, expected_revision)
        return rule

    async def follow(
        self, rule: ProgressionRule, decision: Decision, actor: Actor, operation: str
    ) -> RuleView:
        """Let a rule stand where the decision leads, and note it for the athlete."""
        athlete = await self._athletes.of(rule.athlete_id)
        facts = RuleFacts(
            id=rule.id,
            athlete_id=rule.athlete_id,
            user_id=athlete.user_id,
            exercise_id=rule.exercise_id,
            load_kind=rule.load_kind,
        )
        at: datetime = decision.at
        followed = await self._follower.follow([facts], since=at, at=at, decision=decision)
        rule.stand_at(followed.states[rule.id])
        await self._guard.note_change(actor, rule.athlete_id, rule.id, operation)
        return RuleView.of(rule, await self._lifts.name_of(rule.exercise_id))
