"""SQL leaves deleted rows out, and writes only the tables of its own context."""

from typing import Final

import pytest

from tests.architecture.sources import parsed, product
from tests.architecture.statements import (
    Statement,
    deletable,
    foreign_writes,
    forgetting_deletion,
    owners,
    selecting_deleted,
    statements,
)

_HISTORY: Final = "what was performed keeps its name when the catalogue drops it"
_CORRECTED: Final = "what was taken out keeps its history, for whoever performed it"
_ACCOUNTS: Final = "whoever deleted their account is shown by the name that is left"
_ERASED: Final = "everything of a deleted account goes, deleted before or not"
_REFERRED: Final = "whatever session still refers to a plan keeps it"
_LOGINS: Final = "a login session is revoked, never deleted"
_NAMES: Final = "the name of a deleted account stays taken"
_FOLLOWS: Final = "what is merged follows, deleted or not, and names what is no more"
_CODES: Final = "a code that meant something once means nothing else later"
_CATALOGUE: Final = "workout_infrastructure/persistence/catalogue"
_SETTLED: Final = "a deleted session has changed as well, and is to be folded"
_REPORTING: Final = "workout_infrastructure/persistence/reporting"
_TRAINING: Final = "workout_infrastructure/persistence/training"
_IDENTITY: Final = "workout_infrastructure/persistence/identity"
_STRENGTH: Final = "workout_infrastructure/persistence/strength"
_PROGRAMS: Final = "workout_infrastructure/persistence/programs"
_COACHING: Final = "workout_infrastructure/persistence/coaching"

REASONED: Final = {
    (f"{_CATALOGUE}/seeding.py", "set_types"): _CODES,
    (f"{_CATALOGUE}/merges.py", "exercises"): _FOLLOWS,
    (f"{_CATALOGUE}/personal_data.py", "exercises"): _FOLLOWS,
    (f"{_TRAINING}/merging.py", "exercises"): _FOLLOWS,
    (f"{_TRAINING}/merging.py", "performed_sets"): _FOLLOWS,
    (f"{_TRAINING}/merging.py", "workout_sessions"): _FOLLOWS,
    (f"{_TRAINING}/merging.py", "workouts"): _FOLLOWS,
    (f"{_TRAINING}/merging.py", "workout_templates"): _FOLLOWS,
    (f"{_TRAINING}/appends.py", "exercises"): _HISTORY,
    (f"{_TRAINING}/appends.py", "set_types"): _HISTORY,
    (f"{_TRAINING}/session_readers.py", "exercises"): _HISTORY,
    (f"{_TRAINING}/session_readers.py", "set_types"): _HISTORY,
    (f"{_TRAINING}/shapes.py", "exercises"): _HISTORY,
    (f"{_TRAINING}/shapes.py", "set_types"): _HISTORY,
    (f"{_TRAINING}/neighbours.py", "exercises"): _HISTORY,
    (f"{_TRAINING}/planned_loads.py", "exercises"): _HISTORY,
    (f"{_TRAINING}/planned_loads.py", "set_types"): _CODES,
    (f"{_PROGRAMS}/neighbours.py", "exercises"): _HISTORY,
    (f"{_PROGRAMS}/neighbours.py", "set_types"): _HISTORY,
    (f"{_PROGRAMS}/personal_data.py", "exercises"): _HISTORY,
    (f"{_PROGRAMS}/training_maxes.py", "exercises"): _HISTORY,
    (f"{_PROGRAMS}/erasing.py", "progression_rules"): _ERASED,
    (f"{_PROGRAMS}/erasing.py", "training_maxes"): _ERASED,
    (f"{_COACHING}/accounts.py", "users"): _ACCOUNTS,
    (f"{_COACHING}/relations.py", "users"): _ACCOUNTS,
    (f"{_COACHING}/roster.py", "users"): _ACCOUNTS,
    (f"{_COACHING}/personal_data.py", "users"): _ACCOUNTS,
    (f"{_COACHING}/closing.py", "athletes"): _ERASED,
    (f"{_COACHING}/closing.py", "trainers"): _ERASED,
    (f"{_COACHING}/closing.py", "coaching_groups"): _ERASED,
    (f"{_COACHING}/closing.py", "coaching_notes"): _ERASED,
    (f"{_COACHING}/closing.py", "coaching_relations"): _ERASED,
    ("workout_infrastructure/security/actors.py", "login_sessions"): _LOGINS,
    ("workout_infrastructure/persistence/identity/external_identities.py", "users"): _NAMES,
    (f"{_TRAINING}/personal_data.py", "exercises"): _HISTORY,
    (f"{_TRAINING}/personal_data.py", "set_types"): _HISTORY,
    (f"{_TRAINING}/personal_data.py", "performed_sets"): _CORRECTED,
    (f"{_TRAINING}/set_history.py", "exercises"): _HISTORY,
    (f"{_TRAINING}/set_history.py", "set_types"): _HISTORY,
    (f"{_REPORTING}/folding.py", "set_types"): _HISTORY,
    (f"{_REPORTING}/folding.py", "workout_sessions"): _SETTLED,
    (f"{_REPORTING}/checking.py", "set_types"): _HISTORY,
    (f"{_REPORTING}/days.py", "set_types"): _HISTORY,
    (f"{_REPORTING}/days.py", "exercises"): _HISTORY,
    (f"{_REPORTING}/figures.py", "set_types"): _HISTORY,
    (f"{_REPORTING}/roster.py", "set_types"): _HISTORY,
    (f"{_REPORTING}/roster.py", "exercises"): _HISTORY,
    (f"{_REPORTING}/figures.py", "exercises"): _HISTORY,
    (f"{_REPORTING}/history.py", "set_types"): _HISTORY,
    (f"{_REPORTING}/progression.py", "set_types"): _HISTORY,
    (f"{_REPORTING}/progression.py", "exercises"): _HISTORY,
    (f"{_REPORTING}/records.py", "set_types"): _HISTORY,
    (f"{_REPORTING}/records.py", "exercises"): _HISTORY,
    (f"{_TRAINING}/erasing.py", "workout_sessions"): _REFERRED,
    (f"{_PROGRAMS}/merging.py", "training_maxes"): _HISTORY,
    (f"{_STRENGTH}/best_sets.py", "exercises"): _HISTORY,
    (f"{_STRENGTH}/best_sets.py", "set_types"): _HISTORY,
    (f"{_STRENGTH}/plate_inventories.py", "plate_inventories"): _ERASED,
    (f"{_TRAINING}/erasing.py", "workout_templates"): _ERASED,
    (f"{_REPORTING}/roster_figures.py", "set_types"): _HISTORY,
    (f"{_REPORTING}/athlete_analytics.py", "set_types"): _HISTORY,
    ("workout_infrastructure/persistence/notifications/notifications.py", "notifications"): _ERASED,
    (f"{_IDENTITY}/erasing.py", "api_keys"): _ERASED,
    (f"{_IDENTITY}/erasing.py", "second_factors"): _ERASED,
    (f"{_IDENTITY}/erasing.py", "login_sessions"): _ERASED,
}
WRITES_A_ROW_FOUND_ALIVE: Final = {
    (f"{_TRAINING}/appends.py", "_ADVANCE"),
    (f"{_TRAINING}/appends.py", "_APPEND_SET"),
    (f"{_TRAINING}/appends.py", "_APPEND_REP"),
    (f"{_TRAINING}/appends.py", "_WRITE_PROGRESS"),
    (f"{_TRAINING}/appends.py", "_WRITE_REST"),
}
"""Statements by the id of a row that the same transaction has found alive and locked."""
SOFT: Final = {"workouts", "workout_sessions"}


@pytest.mark.requirement("DBR-04")
def test_every_read_of_a_deletable_table_leaves_deleted_rows_out() -> None:
    forgotten = {
        (one.path, one.name, table)
        for one, table in forgetting_deletion(statements(), deletable())
        if (one.path, table) not in REASONED
        and (one.path, one.name) not in WRITES_A_ROW_FOUND_ALIVE
    }

    assert forgotten == set()


def test_every_reasoned_exception_is_still_needed() -> None:
    forgotten = forgetting_deletion(statements(), deletable())

    assert set(REASONED) <= {(one.path, table) for one, table in forgotten}
    assert {(one.path, one.name) for one, _ in forgotten} >= WRITES_A_ROW_FOUND_ALIVE


@pytest.mark.requirement("DBR-04")
def test_every_select_of_columns_leaves_deleted_rows_out() -> None:
    found = [
        f"{file.path} {name}" for file in product() for name in selecting_deleted(file, deletable())
    ]

    assert found == []


def test_every_statement_writes_tables_of_its_own_context_only() -> None:
    assert [(one.path, table) for one, table in foreign_writes(statements(), owners())] == []


def test_the_statements_of_the_product_are_found() -> None:
    found = statements()

    assert len(found) > 60
    assert {"_PLACE_FOR_SET", "_COUNT"} <= {statement.name for statement in found}


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT id FROM workouts WHERE id = $1",
        "SELECT w.id FROM workouts w JOIN other o ON o.deleted_at IS NULL",
        "SELECT 1 FROM workouts AS w, other WHERE other.deleted_at IS NULL",
        "WITH own AS (SELECT id FROM workout_sessions) SELECT * FROM own",
        "UPDATE workouts SET name = $2 WHERE id = $1",
        "SELECT 1 FROM x LEFT JOIN workouts w ON w.id = x.id WHERE x.deleted_at IS NULL",
    ],
)
def test_a_read_that_forgets_deletion_is_found(sql: str) -> None:
    assert forgetting_deletion([Statement("a.py", "_A", sql)], SOFT)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT id FROM workouts WHERE deleted_at IS NULL",
        "SELECT w.id FROM workouts AS w WHERE w.deleted_at IS NULL",
        "SELECT name FROM set_types",
    ],
)
def test_a_read_that_asks_for_deletion_passes(sql: str) -> None:
    assert forgetting_deletion([Statement("a.py", "_A", sql)], SOFT) == []


def test_a_select_of_columns_that_forgets_deletion_is_found() -> None:
    planted = parsed(
        "workout_infrastructure/persistence/training/things.py",
        'workouts = Table("workouts", metadata)\n'
        "def running(): return select(workouts.c.id).where(workouts.c.id == 1)\n"
        "def hidden(): return select(workouts.c.id).where(workouts.c.deleted_at.is_(None))\n",
    )

    assert list(selecting_deleted(planted, SOFT)) == ["running"]


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO workouts (id) VALUES ($1)",
        "WITH gone AS (DELETE FROM workouts w RETURNING 1) SELECT count(*) FROM gone",
        "UPDATE workouts SET name = $1",
    ],
)
def test_writing_the_table_of_another_context_is_found(sql: str) -> None:
    planted = Statement("workout_infrastructure/persistence/coaching/things.py", "_A", sql)

    assert foreign_writes([planted], {"workouts": _TRAINING})
