"""When sessions became those of another exercise, its rules follow them as well."""

from collections.abc import Iterable
from itertools import groupby
from typing import ClassVar
from uuid import UUID

from workout_application.messaging.reactions import ReceivedEvent
from workout_application.programs.applying import Applier
from workout_application.programs.ports import (
    MergedPrograms,
    RuleFacts,
    RuleHistories,
    RuleStates,
)
from workout_shared.clock import Clock


class WhenExerciseHistoryMovedFollowRules:
    """
    Replays the histories of the exercise they belong to now, from the beginning of each.

    A session counts as if it had always been one of that exercise: what comes out otherwise is
    superseded and kept. Repeats change nothing.
    """

    name: ClassVar[str] = "when_exercise_history_moved_follow_rules"
    queue: ClassVar[str] = "low"
    subscribes_to: ClassVar[tuple[str, ...]] = ("workout.exercise.moved",)

    def __init__(
        self,
        programs: MergedPrograms,
        rules: RuleStates,
        histories: RuleHistories,
        applier: Applier,
        clock: Clock,
    ) -> None:
        self._programs, self._rules, self._histories = programs, rules, histories
        self._applier, self._clock = applier, clock

    async def react(self, message: ReceivedEvent) -> None:
        """Follow them."""
        into_id = message.uuid("into_id")
        # The merge itself may still wait to be reacted to.
        await self._programs.move(message.uuid("exercise_id"), into_id, at=self._clock.now())
        user_ids = [UUID(one) for one in message.payload["user_ids"]]
        rules = await self._rules.of_exercise(user_ids, into_id)
        begun = await self._histories.begun([rule.id for rule in rules])
        for of_athlete in _by_athlete(rules):
            since = min(begun[rule.id] for rule in of_athlete)
            await self._applier.apply(of_athlete, since=since)


def _by_athlete(rules: Iterable[RuleFacts]) -> list[list[RuleFacts]]:
    ordered = sorted(rules, key=lambda rule: rule.athlete_id)
    return [list(some) for _, some in groupby(ordered, key=lambda rule: rule.athlete_id)]
