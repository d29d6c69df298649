"""Sessions, sets and repetitions: tables, mapping, repository."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Date,
    Index,
    Integer,
    Numeric,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import composite, relationship, selectinload
from sqlalchemy.sql.base import ExecutableOption

from workout_domain.kernel.load import Load, MeasurementUnit
from workout_domain.training.effective_load import LoadRule
from workout_domain.training.errors import (
    RepNotFound,
    RepNumberTaken,
    SessionAlreadyRunning,
    SessionNotFound,
    SessionRemoved,
    SetNotFound,
    WorkoutClosedAlready,
)
from workout_domain.training.exercise_log import ExerciseLog
from workout_domain.training.performed_set import PerformedSet, Rep, Side
from workout_domain.training.workout_session import SessionStatus, WorkoutSession
from workout_infrastructure.persistence.failures import refuse_as
from workout_infrastructure.persistence.registry import (
    Instant,
    Weight,
    aggregate_columns,
    collection,
    finite,
    mapper_registry,
    metadata,
    reference,
    text_enum,
)
from workout_infrastructure.persistence.training.documents import Difference, Target, Targets
from workout_infrastructure.persistence.unit_of_work import CurrentWork

workout_sessions = Table(
    "workout_sessions",
    metadata,
    *aggregate_columns(),
    Column("user_id", Uuid, reference("users.id", cascade=True), nullable=False),
    Column("athlete_id", Uuid, reference("athletes.id")),
    Column("workout_id", Uuid, reference("workouts.id")),
    Column("trainer_id", Uuid, reference("trainers.id")),
    Column("name", String(200), nullable=False),
    Column("session_date", Instant, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("completed_at", Instant),
    Column("duration_minutes", Numeric(9, 3)),
    Column("status", text_enum(SessionStatus, "status"), nullable=False),
    Column("notes", Text),
    Column("exercises_summary", JSONB(none_as_null=True)),
    Column("rest_seconds", Integer),
    Column("rest_ends_at", Instant),
    Column("last_activity_at", Instant, nullable=False),
    # Never set by an append, which could not stay on its page if it changed an indexed column.
    Column("settled_at", Instant, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("client_generated_id", Text),
    Column("time_zone", Text),
    Column("local_date", Date),
    Column("session_rpe", Numeric(3, 1)),
    Column("bodyweight", Weight),
    Column("bodyweight_unit", text_enum(MeasurementUnit, "bodyweight_unit")),
    finite("duration_minutes"),
    finite("session_rpe"),
    finite("bodyweight"),
)
_LIVE = text("deleted_at IS NULL")
_RUNNING = text("status = 'in_progress' AND deleted_at IS NULL")
Index(
    "uq_workout_sessions_running",
    workout_sessions.c.user_id,
    unique=True,
    postgresql_where=_RUNNING,
)
Index(
    "uq_workout_sessions_client_generated_id",
    workout_sessions.c.user_id,
    workout_sessions.c.client_generated_id,
    unique=True,
    postgresql_where=text("client_generated_id IS NOT NULL"),
)
for _owner in ("user_id", "athlete_id"):
    Index(
        f"ix_workout_sessions_{_owner}_date",
        workout_sessions.c[_owner],
        workout_sessions.c.session_date.desc(),
        workout_sessions.c.id.desc(),
        postgresql_where=_LIVE,
    )
Index(
    "ix_workout_sessions_workout_id",
    workout_sessions.c.workout_id,
    workout_sessions.c.started_at.desc(),
    postgresql_where=_LIVE,
)
Index("ix_workout_sessions_trainer_id", workout_sessions.c.trainer_id)
Index(
    "ix_workout_sessions_user_id_local_date",
    workout_sessions.c.user_id,
    workout_sessions.c.local_date.desc(),
    postgresql_where=_LIVE,
)
# By it reports find what changed since they were last rolled up, deleted sessions included.
Index(
    "ix_workout_sessions_user_id_settled_at",
    workout_sessions.c.user_id,
    workout_sessions.c.settled_at.desc(),
)
# By it sessions of deleted accounts are found.
Index(
    "ix_workout_sessions_deleted",
    workout_sessions.c.user_id,
    postgresql_where=text("deleted_at IS NOT NULL"),
)

exercise_logs = Table(
    "exercise_logs",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("session_id", Uuid, reference("workout_sessions.id", cascade=True), nullable=False),
    Column("exercise_id", Uuid, reference("exercises.id"), nullable=False),
    Column("planned_sets", Integer),
    Column("completed_sets", Integer, nullable=False),
    Column("is_completed", Boolean, nullable=False),
    Column("order_index", Integer, nullable=False),
    Column("targets", Targets),
    Column("substituted_exercise_id", Uuid, reference("exercises.id")),
    UniqueConstraint("session_id", "exercise_id"),
)
Index("ix_exercise_logs_exercise_id", exercise_logs.c.exercise_id)
Index(
    "ix_exercise_logs_substituted_exercise_id",
    exercise_logs.c.substituted_exercise_id,
    postgresql_where=text("substituted_exercise_id IS NOT NULL"),
)

performed_sets = Table(
    "performed_sets",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("session_id", Uuid, reference("workout_sessions.id", cascade=True), nullable=False),
    Column("exercise_id", Uuid, reference("exercises.id"), nullable=False),
    Column("set_type_id", Uuid, reference("set_types.id"), nullable=False),
    Column("weight", Weight),
    Column("unit", text_enum(MeasurementUnit, "unit")),
    Column("number_reps", Integer, nullable=False),
    Column("duration_seconds", Numeric(9, 3)),
    Column("distance_meters", Numeric(11, 3)),
    Column("rpe", Numeric(3, 1)),
    Column("rir", Numeric(3, 1)),
    Column("description", Text),
    Column("notes", Text),
    Column("performed_at", Instant, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("client_generated_id", Text),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("deleted_at", Instant),
    Column("side", text_enum(Side, "side")),
    Column("parent_set_id", Uuid, reference("performed_sets.id", forget=True)),
    Column("load_kind", Text),
    Column("bodyweight_kg", Numeric),
    Column("bodyweight_share", Numeric(4, 3)),
    # Exact, with as many decimals as a pound has: what was moved, body weight included.
    Column("effective_kg", Numeric),
    Column("target", Target),
    Column("target_number", Integer),
    Column("deviation", Difference),
    finite("weight"),
    finite("duration_seconds"),
    finite("distance_meters"),
    finite("rpe"),
    finite("rir"),
    finite("bodyweight_kg"),
    finite("bodyweight_share"),
    finite("effective_kg"),
)
Index("ix_performed_sets_session_id", performed_sets.c.session_id, performed_sets.c.sequence)
Index(
    "uq_performed_sets_client_generated_id",
    performed_sets.c.session_id,
    performed_sets.c.client_generated_id,
    unique=True,
    postgresql_where=text("client_generated_id IS NOT NULL"),
)
Index("ix_performed_sets_exercise_id", performed_sets.c.exercise_id)
Index("ix_performed_sets_set_type_id", performed_sets.c.set_type_id)
Index(
    "ix_performed_sets_parent_set_id",
    performed_sets.c.parent_set_id,
    postgresql_where=text("parent_set_id IS NOT NULL"),
)

# By it the next target nobody met is found.
Index(
    "ix_performed_sets_target_number",
    performed_sets.c.session_id,
    performed_sets.c.exercise_id,
    performed_sets.c.target_number,
    postgresql_where=text("target_number IS NOT NULL AND deleted_at IS NULL"),
)

performed_reps = Table(
    "performed_reps",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("set_id", Uuid, reference("performed_sets.id", cascade=True), nullable=False),
    Column("session_id", Uuid, reference("workout_sessions.id", cascade=True), nullable=False),
    Column("rep_number", Integer, nullable=False),
    Column("weight", Weight),
    Column("unit", text_enum(MeasurementUnit, "unit")),
    Column("success", Boolean, nullable=False),
    Column("client_generated_id", Text),
    Column("created_at", Instant, nullable=False),
    Column("effective_kg", Numeric),
    # Deferred: repetitions of a set may swap their numbers within one command.
    UniqueConstraint("set_id", "rep_number", deferrable=True, initially="DEFERRED"),
    finite("weight"),
    finite("effective_kg"),
)
Index(
    "uq_performed_reps_client_generated_id",
    performed_reps.c.session_id,
    performed_reps.c.client_generated_id,
    unique=True,
    postgresql_where=text("client_generated_id IS NOT NULL"),
)
# The unique one serves clients' ids only; without this, purging a session reads every repetition.
Index("ix_performed_reps_session_id", performed_reps.c.session_id)

session_events = Table(
    "session_events",
    metadata,
    Column("session_id", Uuid, reference("workout_sessions.id", cascade=True), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("event_id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("occurred_at", Instant, nullable=False),
    Column("payload", JSON, nullable=False),
    Column("client_event_id", Text),
    PrimaryKeyConstraint("session_id", "sequence"),
)
Index(
    "uq_session_events_client_event_id",
    session_events.c.session_id,
    session_events.c.client_event_id,
    unique=True,
    postgresql_where=text("client_event_id IS NOT NULL"),
)

refuse_as("uq_workout_sessions_running", SessionAlreadyRunning("Another session is running."))
refuse_as(
    "uq_performed_reps_set_id_rep_number", RepNumberTaken("The set has this repetition already.")
)


def map_sessions() -> None:
    """Map sessions; sets and logs are loaded by name (select-in), repetitions with their set."""
    _map_with_load(Rep, performed_reps)
    _map_with_load(
        PerformedSet,
        performed_sets,
        _load_kind=performed_sets.c.load_kind,
        _bodyweight_kg=performed_sets.c.bodyweight_kg,
        _bodyweight_share=performed_sets.c.bodyweight_share,
        load_rule=composite(
            LoadRule,
            performed_sets.c.load_kind,
            performed_sets.c.bodyweight_kg,
            performed_sets.c.bodyweight_share,
        ),
        _reps=relationship(Rep, lazy="raise", cascade="all, delete-orphan"),
    )
    mapper_registry.map_imperatively(ExerciseLog, exercise_logs)
    mapper_registry.map_imperatively(
        WorkoutSession,
        workout_sessions,
        version_id_col=workout_sessions.c.revision,
        version_id_generator=False,
        properties={
            "_bodyweight": workout_sessions.c.bodyweight,
            "_bodyweight_unit": workout_sessions.c.bodyweight_unit,
            "bodyweight": _load(workout_sessions.c.bodyweight, workout_sessions.c.bodyweight_unit),
            "_logs": relationship(ExerciseLog, lazy="raise", cascade="all, delete-orphan"),
            "_sets": relationship(PerformedSet, lazy="raise", cascade="all"),
        },
    )


def _map_with_load(kind: type, table: Table, **properties: object) -> None:
    load = _load(table.c.weight, table.c.unit)
    mapper_registry.map_imperatively(
        kind,
        table,
        properties={"_weight": table.c.weight, "_unit": table.c.unit, "load": load, **properties},
    )


def _load(amount: Column[Any], unit: Column[Any]) -> Any:  # noqa: ANN401 - SQLAlchemy's composite
    return composite(
        Load, amount, unit, return_none_on=lambda *values: all(value is None for value in values)
    )


class SqlWorkoutSessionRepository:
    """Sessions of the command in progress, each with its row locked."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    def add(self, session: WorkoutSession) -> None:
        """Add a new session."""
        work = self._work()
        work.session.add(session)
        work.watch(session)

    async def own(self, user_id: UUID, session_id: UUID) -> WorkoutSession:
        """Return the caller's session: the row alone."""
        return _found(await self._with(workout_sessions.c.id == session_id, user_id))

    async def own_with_logs(self, user_id: UUID, session_id: UUID) -> WorkoutSession:
        """Return the caller's session: logs and sets select-in, no repetitions."""
        logs, sets = (collection(WorkoutSession, name) for name in ("_logs", "_sets"))
        return _found(
            await self._with(
                workout_sessions.c.id == session_id, user_id, selectinload(logs), selectinload(sets)
            )
        )

    async def own_with_sets(self, user_id: UUID, session_id: UUID) -> WorkoutSession:
        """Return the caller's session: sets and repetitions select-in."""
        return _found(await self._with_sets(workout_sessions.c.id == session_id, user_id))

    async def own_with_set(self, user_id: UUID, set_id: UUID) -> WorkoutSession:
        """Return the caller's session that holds the set: sets and repetitions select-in."""
        holds = select(performed_sets.c.session_id).where(
            performed_sets.c.id == set_id, performed_sets.c.deleted_at.is_(None)
        )
        session = await self._with_sets(workout_sessions.c.id == holds.scalar_subquery(), user_id)
        if session is None:
            raise SetNotFound("No such set.")
        return session

    async def _with_sets(self, which: ColumnElement[bool], user_id: UUID) -> WorkoutSession | None:
        sets = selectinload(collection(WorkoutSession, "_sets"))
        return await self._with(
            which, user_id, sets.selectinload(collection(PerformedSet, "_reps"))
        )

    async def _with(
        self, which: ColumnElement[bool], user_id: UUID, *options: ExecutableOption
    ) -> WorkoutSession | None:
        work = self._work()
        session: WorkoutSession | None = await work.session.scalar(
            select(WorkoutSession)
            .where(which, workout_sessions.c.user_id == user_id)
            .options(*options)
            .with_for_update()
        )
        if session is not None:
            work.watch(session)
        return session

    async def own_with_rep(self, user_id: UUID, rep_id: UUID) -> tuple[WorkoutSession, UUID]:
        """Return the caller's session that holds the repetition, and the id of its set."""
        set_id = await self._work().session.scalar(
            select(performed_reps.c.set_id).where(performed_reps.c.id == rep_id)
        )
        if set_id is None:
            raise RepNotFound("No such repetition.")
        try:
            return await self.own_with_set(user_id, set_id), set_id
        except SetNotFound as error:
            raise RepNotFound("No such repetition.") from error

    async def idle_since(self, moment: datetime, most: int) -> list[WorkoutSession]:
        """Return running sessions idle since ``moment``, skipping those somebody is changing."""
        work = self._work()
        idle = await work.session.scalars(
            select(WorkoutSession)
            .where(
                workout_sessions.c.status == SessionStatus.IN_PROGRESS,
                workout_sessions.c.last_activity_at < moment,
            )
            .limit(most)
            .with_for_update(skip_locked=True)
        )
        found = list(idle)
        for session in found:
            work.watch(session)
        return found

    async def hold_running_place(self, user_id: UUID) -> None:
        """Take an advisory lock for the user until the transaction ends."""
        await self._work().fetchrow(
            "SELECT pg_advisory_xact_lock(hashtextextended($1::text, 1))", f"running:{user_id}"
        )

    async def running_of(self, user_id: UUID) -> UUID | None:
        """Return the id of the user's running session, one begun in this command apart."""
        found: UUID | None = await self._work().session.scalar(
            select(workout_sessions.c.id).where(
                workout_sessions.c.user_id == user_id,
                workout_sessions.c.status == SessionStatus.IN_PROGRESS,
                workout_sessions.c.deleted_at.is_(None),
            )
        )
        return found

    async def by_client_id(self, user_id: UUID, client_generated_id: str) -> UUID | None:
        """Return the id of the session made under a client's id; refuse where it was deleted."""
        found = await self._work().session.execute(
            select(workout_sessions.c.id, workout_sessions.c.deleted_at).where(
                workout_sessions.c.user_id == user_id,
                workout_sessions.c.client_generated_id == client_generated_id,
            )
        )
        row = found.first()
        if row is None:
            return None
        if row.deleted_at is not None:
            raise SessionRemoved("The session of this client_generated_id was deleted.")
        session_id: UUID = row.id
        return session_id

    async def refuse_closed_workout(self, workout_id: UUID) -> None:
        """Lock the workout of a session to be reopened, and refuse where it is closed."""
        row = await self._work().fetchrow(
            "SELECT status FROM workouts WHERE id = $1::uuid AND deleted_at IS NULL FOR UPDATE",
            workout_id,
        )
        if row is not None and row["status"] in {"completed", "cancelled"}:
            raise WorkoutClosedAlready(f"The workout of this session is {row['status']}.")


def _found(session: WorkoutSession | None) -> WorkoutSession:
    if session is None:
        raise SessionNotFound("No such session.")
    return session
