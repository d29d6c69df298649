"""Whatever refers to an exercise follows it when it becomes another one."""

from typing import Final

import pytest

from tests.architecture.registries import tables

FOLLOW: Final = {
    "performed_sets.exercise_id": "training moves sets with their session",
    "exercise_logs.exercise_id": "training moves logs, and adds up those of both exercises",
    "exercise_logs.substituted_exercise_id": "training moves it with the log it stands in",
    "workout_exercises.exercise_id": "training moves prescriptions with their workout",
    "workout_template_exercises.exercise_id": "training moves prescriptions with their template",
    "progression_rules.exercise_id": "programs move rules; the other exercise's own one stays",
    "training_maxes.exercise_id": "programs move training maxes",
    "exercise_totals.exercise_id": "reports fold sessions that were moved once more",
    "exercises.merged_into_id": "the merge sends there what became the source before",
    "exercise_merges.source_id": "the merge itself",
    "exercise_merges.into_id": "the merge itself",
}
"""Every column that points at an exercise, and what makes it follow a merge."""


@pytest.mark.requirement("BEY-14")
def test_every_reference_to_an_exercise_follows_a_merge() -> None:
    pointing = {
        f"{table.name}.{key.parent.name}"
        for table in tables().values()
        for key in table.foreign_keys
        if key.column.table.name == "exercises"
    }

    assert pointing == set(FOLLOW)
