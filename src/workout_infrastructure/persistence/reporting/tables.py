"""
The tables of roll-ups; everything in them can be made again from what was performed.

Loads are kilograms of effective load, exact. ``reps`` of a record is 0 where its kind has none.
Rows go with their session; further references would be checked for every row of a rebuild.
"""

from typing import Final

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    Numeric,
    PrimaryKeyConstraint,
    Table,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY

from workout_domain.reporting.records import RecordKind
from workout_infrastructure.persistence.registry import Instant, metadata, reference, text_enum

COUNTS: Final = (
    "working_sets",
    "warm_up_sets",
    "hard_sets",
    "sided_hard_sets",
    "successful_reps",
    "failed_reps",
    "working_reps",
    "loaded_reps",
)
SUMS: Final = ("tonnage_kg", "warm_up_tonnage_kg", "seconds", "meters")
FIGURES: Final = (*COUNTS, *SUMS)
"""The figures of one exercise in one session that may be added up."""


def _figures() -> list[Column[object]]:
    return [
        *(Column(name, Integer, nullable=False) for name in COUNTS),
        *(Column(name, Numeric, nullable=False) for name in SUMS),
    ]


session_rollups = Table(
    "session_rollups",
    metadata,
    Column("session_id", Uuid, reference("workout_sessions.id", cascade=True), primary_key=True),
    Column("user_id", Uuid, nullable=False),
    # The session's, when it was rolled up: another one tells that it changed since.
    Column("revision", Integer, nullable=False),
    Column("local_date", Date, nullable=False),
    Column("session_date", Instant, nullable=False),
    Column("is_completed", Boolean, nullable=False),
    Column("minutes", Numeric, nullable=False),
    Column("session_rpe", Numeric(3, 1)),
    *_figures(),
)
Index(
    "ix_session_rollups_user_id_local_date", session_rollups.c.user_id, session_rollups.c.local_date
)

exercise_rollups = Table(
    "exercise_rollups",
    metadata,
    Column("session_id", Uuid, reference("workout_sessions.id", cascade=True), nullable=False),
    Column("exercise_id", Uuid, nullable=False),
    Column("user_id", Uuid, nullable=False),
    Column("local_date", Date, nullable=False),
    Column("session_date", Instant, nullable=False),
    *_figures(),
    Column("best_kg", Numeric),
    Column("best_kg_set_id", Uuid),
    Column("best_e1rm_kg", Numeric),
    Column("best_e1rm_set_id", Uuid),
    Column("best_e1rm_load_kg", Numeric),
    Column("best_e1rm_reps", Integer),
    Column("best_volume_kg", Numeric),
    Column("best_volume_set_id", Uuid),
    Column("most_reps", Integer),
    Column("most_reps_set_id", Uuid),
    Column("longest_seconds", Numeric),
    Column("longest_set_id", Uuid),
    Column("farthest_meters", Numeric),
    Column("farthest_set_id", Uuid),
    # The heaviest set of each number of repetitions: three arrays of the same length.
    Column("rep_counts", ARRAY(Integer), nullable=False),
    Column("rep_kgs", ARRAY(Numeric), nullable=False),
    Column("rep_set_ids", ARRAY(Uuid), nullable=False),
    PrimaryKeyConstraint("session_id", "exercise_id"),
)
Index(
    "ix_exercise_rollups_user_id_local_date",
    exercise_rollups.c.user_id,
    exercise_rollups.c.local_date,
)
Index(
    "ix_exercise_rollups_user_id_exercise_id_session_date",
    exercise_rollups.c.user_id,
    exercise_rollups.c.exercise_id,
    exercise_rollups.c.session_date,
    exercise_rollups.c.session_id,
)

exercise_totals = Table(
    "exercise_totals",
    metadata,
    Column("user_id", Uuid, reference("users.id", cascade=True), nullable=False),
    Column("exercise_id", Uuid, reference("exercises.id"), nullable=False),
    Column("sessions", Integer, nullable=False),
    *_figures(),
    Column("first_date", Date, nullable=False),
    Column("last_date", Date, nullable=False),
    PrimaryKeyConstraint("user_id", "exercise_id"),
)
Index("ix_exercise_totals_exercise_id", exercise_totals.c.exercise_id)

training_totals = Table(
    "training_totals",
    metadata,
    Column("user_id", Uuid, reference("users.id", cascade=True), primary_key=True),
    Column("sessions", Integer, nullable=False),
    Column("completed_sessions", Integer, nullable=False),
    Column("minutes", Numeric, nullable=False),
    *_figures(),
    Column("folded_at", Instant, nullable=False),
    # Whatever settled up to here is in; later changes may have been on their way.
    Column("settled_to", Instant, nullable=False),
    Column("newest_settled_at", Instant),
)
# By it those are found whose last changes have settled since they were folded.
Index(
    "ix_training_totals_unsettled",
    training_totals.c.folded_at,
    postgresql_where=text("newest_settled_at > settled_to"),
)

personal_records = Table(
    "personal_records",
    metadata,
    Column("user_id", Uuid, nullable=False),
    Column("exercise_id", Uuid, nullable=False),
    Column("kind", text_enum(RecordKind, "kind"), nullable=False),
    Column("reps", Integer, nullable=False),
    Column("session_id", Uuid, reference("workout_sessions.id", cascade=True), nullable=False),
    Column("set_id", Uuid),
    Column("local_date", Date, nullable=False),
    Column("session_date", Instant, nullable=False),
    Column("value", Numeric, nullable=False),
    Column("previous_value", Numeric),
    # What an estimate was made of: load and repetitions of the set.
    Column("load_kg", Numeric),
    Column("load_reps", Integer),
    # No set since, of as many repetitions or more, was as heavy.
    Column("is_current", Boolean, nullable=False),
    PrimaryKeyConstraint("user_id", "exercise_id", "kind", "reps", "session_id"),
)
Index(
    "ix_personal_records_current",
    personal_records.c.user_id,
    personal_records.c.session_date.desc(),
    personal_records.c.session_id,
    postgresql_where=text("is_current"),
)
Index("ix_personal_records_session_id", personal_records.c.session_id)
