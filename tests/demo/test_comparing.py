"""The demo would notice if a set arrived otherwise than it was sent."""

from typing import Any

import pytest

from workout_presentation.demo.comparing import SentSet, set_differences, sets_differences

SENT = SentSet(
    line=7,
    sequence=4,
    body={
        "exercise_id": "squat",
        "set_type": "normal",
        "weight": 82.5,
        "unit": "kilograms",
        "number_reps": 2,
        "rpe": 8,
        "performed_at": "2026-01-05T18:03:00Z",
        "client_generated_id": "line-7",
    },
)


def shown(**changes: Any) -> dict[str, Any]:
    """Show the set as a server does."""
    reps = [
        {"rep_number": number, "weight": 82.5, "unit": "kilograms", "success": True}
        for number in (1, 2)
    ]
    nothing = dict.fromkeys(("duration_seconds", "distance_meters", "notes"))
    told = {**SENT.body, **nothing, "rpe": 8.0, "sequence": 4, "reps": reps}
    return {**told, "performed_at": "2026-01-05T18:03:00.000000Z", **changes}


def test_the_same_set_in_another_spelling_is_no_difference() -> None:
    assert list(set_differences(SENT, shown())) == []


@pytest.mark.parametrize(
    "change",
    [
        {"weight": 82.0},
        {"unit": "pounds"},
        {"rpe": None},
        {"notes": "Slow"},
        {"sequence": 5},
        {"reps": []},
        {"set_type": "warm_up"},
        {"performed_at": "2026-01-05T18:03:01Z"},
        {"distance_meters": 1},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_set_that_says_something_else_is_told(change: dict[str, Any]) -> None:
    assert [what.split(":")[0] for what in set_differences(SENT, shown(**change))] == list(change)


def test_a_missing_a_strange_and_a_repeated_set_are_told() -> None:
    strange = shown(client_generated_id="line-9")

    assert list(sets_differences([SENT], [])) == [
        (None, "0 sets instead of 1"),
        (7, "the set is missing"),
    ]
    assert [what for _, what in sets_differences([SENT], [strange])] == [
        "the sets are not in the order they were sent in",
        "the set is missing",
    ]
    assert (None, "2 sets instead of 1") in list(sets_differences([SENT], [shown(), shown()]))
