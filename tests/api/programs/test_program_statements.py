"""How many statements programs need: as many for much as for little."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.builders.lifting import LINEAR, RULES, Lifter, made
from tests.builders.people import Person
from tests.builders.planned_lifting import Planner
from tests.infrastructure.training.conftest import Adapters, adapters
from workout_application.messaging.actor import SYSTEM
from workout_application.messaging.reactions import ReceivedEvent
from workout_application.programs.ports import RuleFilter, TrainingMaxFilter
from workout_application.programs.queries.explain_progression import ExplainProgression
from workout_application.programs.queries.get_progression_rule import GetProgressionRule
from workout_application.programs.queries.list_current_training_maxes import (
    ListCurrentTrainingMaxes,
)
from workout_application.programs.queries.list_progression_applications import (
    ListProgressionApplications,
)
from workout_application.programs.queries.list_progression_rules import ListProgressionRules
from workout_application.programs.queries.list_training_maxes import ListTrainingMaxes
from workout_application.programs.reactions.when_session_changes_follow_rules import (
    WhenSessionChangesFollowRules,
)
from workout_application.training.commands.start_session import StartSession
from workout_shared.pages import CursorRequest, PageRequest

__all__ = ["adapters"]
pytestmark = pytest.mark.requirement("BEY-07", "DBR-23")


async def costs(adapters: Adapters, lifter: Lifter, rule_id: UUID) -> dict[str, int]:
    """Count the statements of every question about programs."""
    questions: list[Any] = [
        ListProgressionRules(where=RuleFilter(), page=PageRequest(page_size=100)),
        ListTrainingMaxes(where=TrainingMaxFilter(), request=CursorRequest(limit=100)),
        ListCurrentTrainingMaxes(),
        GetProgressionRule(rule_id=rule_id),
        ExplainProgression(rule_id=rule_id),
        ListProgressionApplications(rule_id=rule_id, request=CursorRequest(limit=100)),
    ]
    counted = {}
    for question in questions:
        await adapters.send(question, lifter.athlete)
        counted[type(question).__name__] = len(adapters.statements.all)
    return counted


async def test_much_costs_what_little_does(
    adapters: Adapters, lifter: Lifter, catalogue: dict[str, list[str]]
) -> None:
    rule = await lifter.rule(LINEAR)
    await lifter.maximum(100)
    await lifter.train([(80, 5)] * 3)
    little = await costs(adapters, lifter, UUID(rule["id"]))
    for exercise_id in catalogue["weight_reps"][:6]:
        if exercise_id != lifter.exercise_id:
            body = {"exercise_id": exercise_id, "parameters": LINEAR}
            await made(await lifter.athlete.post(RULES, json=body))
        await lifter.maximum(100, exercise_id=exercise_id)
    for _ in range(4):
        await lifter.train([(200, 5)] * 6)

    much = await costs(adapters, lifter, UUID(rule["id"]))

    assert much == little
    assert much == {
        "ListProgressionRules": 2,
        "ListTrainingMaxes": 1,
        "ListCurrentTrainingMaxes": 1,
        "GetProgressionRule": 1,
        "ExplainProgression": 3,
        "ListProgressionApplications": 2,
    }


async def reaction_cost(adapters: Adapters, lifter: Lifter, session_id: str) -> int:
    """Count the statements by which rules follow a session."""
    (reaction,) = [
        one
        for one in adapters.container.reactions()
        if isinstance(one, WhenSessionChangesFollowRules)
    ]
    event = ReceivedEvent(
        id=uuid4(),
        kind="workout.completed",
        version=1,
        payload={"session_id": session_id, "user_id": lifter.athlete.user["id"]},
        occurred_at=datetime.now(UTC),
        actor_id=None,
        correlation_id="test",
    )
    adapters.statements.forget()
    async with adapters.container.units_of_work().transaction(SYSTEM, appends=True):
        await reaction.react(event)
    return len([sql for sql in adapters.statements.all if "outbox" not in sql])


async def test_many_rules_follow_a_session_at_the_cost_of_one(
    adapters: Adapters, lifter: Lifter, catalogue: dict[str, list[str]]
) -> None:
    lifts = catalogue["weight_reps"][:6]
    found = []
    for count in (1, 6):
        for exercise_id in lifts[:count]:
            body = {"exercise_id": exercise_id, "parameters": LINEAR}
            await lifter.athlete.post(RULES, json=body)
        session_id = await lifter.begin()
        for exercise_id in lifts[:count]:
            await lifter.log(session_id, [(200, 5)] * 3, exercise_id=exercise_id)
        await lifter.ended(session_id, "complete")
        found.append(await reaction_cost(adapters, lifter, session_id))
        await lifter.follow()

    assert found[0] == found[1] <= 13


async def test_a_session_without_rules_costs_one_statement(
    adapters: Adapters, lifter: Lifter
) -> None:
    session_id = await lifter.begin()
    await lifter.log(session_id, [(80, 5)])
    await lifter.ended(session_id, "complete")

    # Beside it only begin and commit.
    assert await reaction_cost(adapters, lifter, session_id) == 3


async def start_cost(adapters: Adapters, planner: Planner, *exercises: dict[str, Any]) -> int:
    """Count the statements by which a session of so many exercises starts."""
    command = StartSession(workout_id=UUID(await planner.workout(*exercises)))
    begun = await adapters.send(command, planner.lifter.athlete)
    statements = [sql for sql in adapters.statements.all if "outbox" not in sql]
    await planner.lifter.ended(str(begun.session_id), "abandon")
    return len(statements)


async def test_loads_of_many_exercises_cost_a_start_one_statement(
    adapters: Adapters, coached: tuple[Person, Lifter], catalogue: dict[str, list[str]]
) -> None:
    planner = Planner(*coached)
    lifter, lifts = planner.lifter, catalogue["weight_reps"][:6]
    for exercise_id in lifts:
        body = {"exercise_id": exercise_id, "parameters": LINEAR}
        await made(await lifter.athlete.post(RULES, json=body))
        await lifter.maximum(100, exercise_id=exercise_id)
    said = {"sets": 2, "weight": 80, "unit": "kilograms"}
    left_open = {"targets": [{"percent_of_training_max": 75}, {}]}

    heavy = [{"exercise_id": exercise_id, **said} for exercise_id in lifts]
    light = [{"exercise_id": exercise_id, **left_open} for exercise_id in lifts]

    planned = [await start_cost(adapters, planner, *some) for some in (heavy[:1], heavy)]
    asked = [await start_cost(adapters, planner, *some) for some in (light[:1], light)]

    assert planned[0] == planned[1]
    assert asked == [planned[0] + 1] * 2
