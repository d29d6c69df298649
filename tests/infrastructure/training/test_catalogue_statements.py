"""How many statements the catalogue needs to recommend: as many for much as for little."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.builders.catalogue import an_exercise_of, shipped
from tests.builders.people import People
from tests.infrastructure.training.conftest import Adapters
from workout_application.catalogue.queries.recommend_exercises import RecommendExercises
from workout_application.catalogue.queries.suggest_substitutes import SuggestSubstitutes
from workout_domain.catalogue.recommending import TrainingGoal

_SESSIONS = """
INSERT INTO workout_sessions (id, revision, created_at, updated_at, user_id, athlete_id, name,
    session_date, started_at, status, last_activity_at, settled_at, sequence)
SELECT gen_random_uuid(), 1, now(), now(), $1::uuid, $2::uuid, 'Old', day, day, 'completed', day,
       day, 1
FROM generate_series(now() - $3::interval, now() - interval '1 hour', interval '8 hours') AS day
RETURNING id
"""
_SETS = """
INSERT INTO performed_sets (id, session_id, exercise_id, set_type_id, number_reps, performed_at,
    sequence, created_at, updated_at)
SELECT gen_random_uuid(), s.id, $2::uuid, (SELECT id FROM set_types WHERE code = 'normal'), 0,
       s.session_date, n, now(), now()
FROM workout_sessions s, generate_series(1, 3) AS n WHERE s.user_id = $1::uuid
"""


@pytest.mark.requirement("CAT-04", "DBR-23")
async def test_recommending_costs_one_statement_whatever_was_performed(
    adapters: Adapters, people: People, database: Any
) -> None:
    trainer, athlete = await people.coached_pair()
    exercise = await shipped(athlete, "Barbell Row")
    own = RecommendExercises(goal=TrainingGoal.STRENGTH, limit=20)
    of_athlete = RecommendExercises(
        goal=TrainingGoal.STRENGTH, athlete_id=UUID(athlete.athlete_id), limit=20
    )
    await adapters.send(own, athlete)
    little = len(adapters.statements.all)
    user_id, athlete_id = athlete.user["id"], athlete.athlete_id
    await database.execute(_SESSIONS, user_id, athlete_id, timedelta(days=170))
    await database.execute(_SETS, user_id, exercise["id"])
    for _ in range(3):
        await an_exercise_of(trainer)

    found = await adapters.send(own, athlete)
    much = len(adapters.statements.all)
    of_coach = await adapters.send(of_athlete, trainer)

    assert little == much == 1
    # The relation is asked first.
    assert len(adapters.statements.all) == 2
    # No more than the newest 400 sessions of the half year count.
    assert (str(found[0].id), found[0].sessions) == (exercise["id"], 400)
    assert of_coach[0].sessions == 400


@pytest.mark.requirement("BEY-14")
async def test_suggesting_costs_two_statements_and_a_repeat_none(
    adapters: Adapters, people: People
) -> None:
    athlete = await people.athlete()
    bench = await shipped(athlete, "Barbell Bench Press")
    query = SuggestSubstitutes(exercise_id=UUID(bench["id"]), limit=20)

    await adapters.send(query, athlete)
    first = len(adapters.statements.all)
    await adapters.send(query, athlete)

    assert first == 2
    assert len(adapters.statements.all) == 0
