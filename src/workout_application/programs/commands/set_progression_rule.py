"""An athlete, or a coach who may manage programs, lets an exercise progress by a rule."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, signed_in
from workout_application.programs.following import Follower
from workout_application.programs.founding import athlete_meant, lift_in_repetitions
from workout_application.programs.policies import ProgramGuard
from workout_application.programs.ports import Lifts, ProgramAthletes, RuleFacts
from workout_application.programs.views import RuleView
from workout_domain.programs.history import Cause, Decision
from workout_domain.programs.parameters import Parameters
from workout_domain.programs.repositories import ProgressionRuleRepository
from workout_domain.programs.rule import ProgressionRule
from workout_shared.clock import Clock
from workout_shared.identifiers import Identifiers


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class SetProgressionRule(Command[RuleView]):
    """Answers with the rule; without ``athlete_id`` it is the caller's own."""

    exercise_id: UUID
    parameters: Parameters
    athlete_id: UUID | None = None
    note: str | None = None


class SetProgressionRuleHandler:
    """Sets it up, and begins its history."""

    def __init__(
        self,
        rules: ProgressionRuleRepository,
        athletes: ProgramAthletes,
        lifts: Lifts,
        follower: Follower,
        guard: ProgramGuard,
        identifiers: Identifiers,
        clock: Clock,
    ) -> None:
        self._rules, self._athletes, self._lifts = rules, athletes, lifts
        self._follower, self._guard = follower, guard
        self._identifiers, self._clock = identifiers, clock

    async def handle(self, command: SetProgressionRule, actor: Actor) -> RuleView:
        """Set it."""
        athlete_id = athlete_meant(actor, command.athlete_id)
        await self._guard.admit_founder(actor, athlete_id)
        lift = await lift_in_repetitions(self._lifts, actor, command.exercise_id)
        athlete = await self._athletes.of(athlete_id)
        now = self._clock.now()
        rule = ProgressionRule.begin(
            rule_id=self._identifiers.new(),
            athlete_id=athlete_id,
            exercise_id=lift.id,
            load_kind=lift.load_kind,
            parameters=command.parameters,
            created_by=actor.id,
            at=now,
        )
        self._rules.add(rule)
        facts = RuleFacts(
            id=rule.id,
            athlete_id=athlete_id,
            user_id=athlete.user_id,
            exercise_id=lift.id,
            load_kind=lift.load_kind,
        )
        started = Decision(
            cause=Cause.STARTED,
            at=now,
            version=1,
            parameters=rule.parameters,
            by=actor.id,
            note=command.note,
        )
        await self._follower.follow([facts], since=now, at=now, decision=started)
        await self._guard.note_change(actor, athlete_id, rule.id, "set_progression_rule")
        return RuleView.of(rule, lift.name)
