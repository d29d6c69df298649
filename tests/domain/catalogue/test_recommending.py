"""Which exercises suit a workout: what the ranking promises for any catalogue."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workout_domain.catalogue.classification import ExerciseCategory, MovementPattern
from workout_domain.catalogue.recommending import (
    HISTORY_DAYS,
    Candidate,
    RecommendationReason,
    TrainingGoal,
    categories_for,
    fit,
    recommend,
)
from workout_domain.training.workout import WorkoutType


def a_candidate(number: int = 1, **facts: Any) -> Candidate:
    """Make an active lift nobody performed."""
    return Candidate(
        **{
            "exercise_id": UUID(int=number),
            "name": f"Lift {number}",
            "category": ExerciseCategory.STRENGTH,
            "movement_pattern": MovementPattern.SQUAT,
            "is_active": True,
            **facts,
        }
    )


goals = st.sampled_from(TrainingGoal)
histories = st.one_of(
    st.just({"sessions": 0, "days_ago": None}),
    st.fixed_dictionaries(
        {
            "sessions": st.integers(1, 400),
            "days_ago": st.integers(0, HISTORY_DAYS),
        }
    ),
)
facts = st.builds(
    lambda category, pattern, is_active, history: {
        "category": category,
        "movement_pattern": pattern,
        "is_active": is_active,
        **history,
    },
    st.sampled_from(ExerciseCategory),
    st.none() | st.sampled_from(MovementPattern),
    st.booleans(),
    histories,
)
catalogues = st.lists(facts, max_size=30).map(
    lambda found: [a_candidate(number, **one) for number, one in enumerate(found)]
)


@pytest.mark.requirement("CAT-04")
def test_the_catalogue_knows_every_type_of_workout() -> None:
    assert {goal.value for goal in TrainingGoal} == {kind.value for kind in WorkoutType}
    assert all(categories_for(goal) for goal in TrainingGoal)


@pytest.mark.requirement("CAT-04")
@given(goals, catalogues, st.integers(1, 40))
def test_only_active_exercises_that_serve_the_goal_are_recommended_best_first(
    goal: TrainingGoal, catalogue: list[Candidate], most: int
) -> None:
    found = recommend(goal, catalogue, most=most)

    by_id = {one.exercise_id: one for one in catalogue}
    chosen = [by_id[one.exercise_id] for one in found]
    scores = [one.score for one in found]
    suitable = [one for one in catalogue if one.is_active and fit(goal, one)]
    assert len(found) == len({one.exercise_id for one in found}) == min(most, len(suitable))
    assert all(one in suitable for one in chosen)
    assert {one.category for one in chosen} <= set(categories_for(goal))
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 and score == round(score, 3) for score in scores)
    assert all(one.reasons[0] is RecommendationReason.FITS_WORKOUT_TYPE for one in found)


@given(goals, catalogues, st.randoms())
def test_the_order_of_the_catalogue_does_not_matter(
    goal: TrainingGoal, catalogue: list[Candidate], random: Any
) -> None:
    shuffled = list(catalogue)
    random.shuffle(shuffled)

    assert recommend(goal, shuffled, most=99) == recommend(goal, catalogue, most=99)


@pytest.mark.requirement("CAT-04")
@given(goals, facts, st.integers(0, 400), st.integers(0, HISTORY_DAYS))
def test_doing_it_more_often_or_more_lately_never_lowers_a_score(
    goal: TrainingGoal, one: dict[str, Any], sessions: int, days_ago: int
) -> None:
    def score(**history: Any) -> Decimal:
        found = recommend(goal, [a_candidate(**{**one, "is_active": True, **history})], most=1)
        return found[0].score if found else Decimal(0)

    before = score(sessions=sessions, days_ago=days_ago)

    assert score(sessions=sessions + 1, days_ago=days_ago) >= before
    assert score(sessions=sessions, days_ago=max(days_ago - 1, 0)) >= before
    assert before >= score(sessions=0, days_ago=None)


@pytest.mark.requirement("CAT-04")
def test_what_the_athlete_does_comes_before_what_they_never_did() -> None:
    often = a_candidate(1, name="Z", sessions=12, days_ago=1)
    once = a_candidate(2, name="Y", sessions=1, days_ago=90)
    never = a_candidate(3, name="A")

    found = recommend(TrainingGoal.STRENGTH, [never, once, often], most=3)

    assert [one.exercise_id.int for one in found] == [1, 2, 3]
    assert [one.reasons[1:] for one in found] == [
        (RecommendationReason.OFTEN_PERFORMED, RecommendationReason.RECENTLY_PERFORMED),
        (RecommendationReason.PERFORMED_BEFORE,),
        (),
    ]
    # Half for the fit of 0.9, and all of the habit but one day of 180.
    assert found[0].score == Decimal("0.899")
    assert found[2].score == Decimal("0.450")


def test_for_strength_a_movement_of_several_joints_comes_first() -> None:
    curl = a_candidate(1, name="A", movement_pattern=MovementPattern.ISOLATION)

    found = recommend(TrainingGoal.STRENGTH, [curl, a_candidate(2, name="B")], most=2)

    assert [one.exercise_id.int for one in found] == [2, 1]
