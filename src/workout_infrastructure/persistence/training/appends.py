"""
The hot writes: sets, repetitions, progress and rest timers of a running session.

Each locks the session's row, so that appends of several writers follow one another and the
sequence has no gap, and each is two statements, whatever the session holds already. One that had to
wait for another change looks once more: what it saw of other tables is older than the lock.
"""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from workout_application.encoding import decode, encode
from workout_application.training.append_ports import (
    JournalEntry,
    LogPlace,
    NewRep,
    NewSet,
    ReportedProgress,
    RepPlace,
    RunningSession,
    SetPlace,
    WantedSet,
)
from workout_application.training.ports import ExerciseFacts, SetTypeFacts
from workout_domain.kernel.load import Load, MeasurementUnit
from workout_domain.training.deviation import Deviation
from workout_domain.training.effective_load import LoadRule
from workout_domain.training.targets import SetTarget
from workout_infrastructure.persistence.training.journal import refuse_unless_event
from workout_infrastructure.persistence.training.neighbours import USABLE
from workout_infrastructure.persistence.training.shapes import SET_COLUMNS, SET_SOURCE
from workout_infrastructure.persistence.unit_of_work import CurrentWork

_HEAD: Final = """
SELECT id, user_id, athlete_id, workout_id, trainer_id, status, sequence, bodyweight,
       bodyweight_unit
FROM workout_sessions
WHERE id = $1::uuid AND user_id = $2::uuid AND deleted_at IS NULL
FOR UPDATE
"""

# The target asked for by number, else the first one open: of no other set, of the same kind, for
# each side by itself. A drop meets only a target of its own type. Each target costs one look into
# an index, so that the price is that of the plan, however many sets the session holds.
_TARGET: Final = """
(SELECT g.target::text FROM exercise_logs l
 CROSS JOIN LATERAL jsonb_array_elements(l.targets) WITH ORDINALITY AS g (target, place)
 WHERE l.session_id = $1::uuid AND l.exercise_id = $3::uuid
   AND CASE WHEN $8::integer IS NOT NULL THEN (g.target->>'number')::integer = $8::integer
   WHEN $7::uuid IS NOT NULL AND g.target->>'set_type' <> t.code THEN false
   ELSE t.is_warm_up = EXISTS (SELECT 1 FROM set_types k
                               WHERE k.code = g.target->>'set_type' AND k.is_warm_up)
    AND (SELECT 1 FROM performed_sets m
         WHERE m.session_id = $1::uuid AND m.exercise_id = $3::uuid
           AND m.target_number = (g.target->>'number')::integer AND m.deleted_at IS NULL
           AND (m.side IS NULL OR $9::text IS NULL OR m.side = $9::text) LIMIT 1) IS NULL END
 ORDER BY g.place LIMIT 1)
"""

# Whoever had to wait for the session sees its row as it is now, but all else as it was before: then
# the sequence that the same statement reads without locking is an older one.
_HAS_WAITED: Final = """
head.sequence <> (SELECT s.sequence FROM workout_sessions s
                  WHERE s.id = $1::uuid AND s.deleted_at IS NULL) AS has_waited
"""

_PLACE_FOR_SET: Final = f"""
WITH head AS ({_HEAD})
SELECT head.*, {_HAS_WAITED}, e.id AS exercise_id, e.name AS exercise_name,
       e.measurement_type, e.load_kind, e.bodyweight_share, $7::uuid IS NOT NULL AND EXISTS (
           SELECT 1 FROM performed_sets f WHERE f.id = $7::uuid AND f.session_id = $1::uuid
               AND f.exercise_id = $3::uuid AND f.deleted_at IS NULL) AS has_parent,
       {_TARGET} AS target,
       t.id AS set_type_id, t.code AS set_type,
       known.id AS known_id, known.deleted_at AS known_deleted_at
FROM head
LEFT JOIN exercises e ON e.id = $3::uuid AND (
    (e.deleted_at IS NULL AND {USABLE.format(user="$2")})
    OR EXISTS (SELECT 1 FROM exercise_logs l
               WHERE l.session_id = $1::uuid AND l.exercise_id = $3::uuid))
LEFT JOIN set_types t ON t.deleted_at IS NULL AND (t.code = $4::text OR t.id = $5::uuid)
LEFT JOIN performed_sets known
    ON known.session_id = $1::uuid AND known.client_generated_id = $6::text
"""

_STORED_SET: Final = f"""
SELECT (SELECT row_to_json(y)::text FROM (SELECT {SET_COLUMNS}) y) AS stored
FROM {SET_SOURCE}
WHERE p.session_id = $1::uuid AND p.client_generated_id = $2::text AND p.deleted_at IS NULL
"""

_ADVANCE: Final = """
UPDATE workout_sessions s SET sequence = $2::integer, revision = s.revision + 1,
       updated_at = $3::timestamptz, last_activity_at = $3::timestamptz
"""

_APPEND_SET: Final = f"""
WITH added AS (
    INSERT INTO performed_sets (
        id, session_id, exercise_id, set_type_id, weight, unit, number_reps, duration_seconds,
        distance_meters, rpe, rir, description, notes, performed_at, sequence,
        client_generated_id, created_at, updated_at, side, parent_set_id, load_kind,
        bodyweight_kg, bodyweight_share, effective_kg, target, target_number, deviation)
    VALUES ($4::uuid, $1::uuid, $5::uuid, $6::uuid, $7::numeric, $8::text, $9::integer,
            $10::numeric, $11::numeric, $12::numeric, $13::numeric, $14::text, $15::text,
            $16::timestamptz, $2::integer, $17::text, $3::timestamptz, $3::timestamptz,
            $26::text, $27::uuid, $28::text, $29::numeric, $30::numeric, $31::numeric,
            $33::jsonb, $34::integer, $35::jsonb)
    ON CONFLICT (session_id, client_generated_id) WHERE client_generated_id IS NOT NULL
    DO NOTHING RETURNING id
), reps AS (
    INSERT INTO performed_reps (
        id, set_id, session_id, rep_number, weight, unit, success, effective_kg, created_at)
    SELECT r.id, added.id, $1::uuid, r.number, r.weight, r.unit, r.success, r.moved,
           $3::timestamptz
    FROM added, unnest($18::uuid[], $19::integer[], $20::numeric[], $21::text[], $22::boolean[],
                       $32::numeric[]) AS r (id, number, weight, unit, success, moved)
), logs AS (
    INSERT INTO exercise_logs (
        id, session_id, exercise_id, completed_sets, is_completed, order_index)
    SELECT $23::uuid, $1::uuid, $5::uuid, 0, false, $2::integer + 100000 FROM added
    ON CONFLICT (session_id, exercise_id) DO NOTHING
), journal AS (
    INSERT INTO session_events (session_id, sequence, event_id, name, occurred_at, payload)
    SELECT $1::uuid, $2::integer, $24::uuid, 'SetLogged', $3::timestamptz, $25::json FROM added
)
{_ADVANCE} FROM added WHERE s.id = $1::uuid RETURNING s.id
"""

_LOCK_OF_SET: Final = """
SELECT s.id, s.user_id, s.athlete_id, s.workout_id, s.trainer_id, s.status, s.sequence
FROM workout_sessions s
WHERE s.id = (SELECT p.session_id FROM performed_sets p
              WHERE p.id = $1::uuid AND p.deleted_at IS NULL)
  AND s.user_id = $2::uuid AND s.deleted_at IS NULL
FOR UPDATE OF s
"""

_PLACE_FOR_REP: Final = """
SELECT p.exercise_id, p.weight, p.unit, p.load_kind, p.bodyweight_kg, p.bodyweight_share,
       p.target::text, p.deviation::text,
       (SELECT count(*) FROM performed_reps r WHERE r.set_id = p.id AND r.success) AS successes,
       coalesce((SELECT array_agg(r.rep_number) FROM performed_reps r WHERE r.set_id = p.id), '{}')
           AS numbers,
       (SELECT row_to_json(z)::text FROM (
            SELECT r.id, r.set_id, r.rep_number, r.weight, r.unit, r.success,
                   r.client_generated_id
            FROM performed_reps r JOIN performed_sets known ON known.id = r.set_id
            WHERE r.session_id = p.session_id AND r.client_generated_id = $2::text
              AND known.deleted_at IS NULL) z) AS repeated,
       EXISTS (SELECT 1 FROM performed_reps r JOIN performed_sets known ON known.id = r.set_id
               WHERE r.session_id = p.session_id AND r.client_generated_id = $2::text
                 AND known.deleted_at IS NOT NULL) AS repeated_was_removed
FROM performed_sets p WHERE p.id = $1::uuid AND p.deleted_at IS NULL
"""

_APPEND_REP: Final = f"""
WITH rep AS (
    INSERT INTO performed_reps (
        id, set_id, session_id, rep_number, weight, unit, success, client_generated_id,
        created_at, effective_kg)
    VALUES ($4::uuid, $5::uuid, $1::uuid, $6::integer, $7::numeric, $8::text, $9::boolean,
            $10::text, $3::timestamptz, $13::numeric)
), counted AS (
    UPDATE performed_sets SET number_reps = number_reps + 1, updated_at = $3::timestamptz,
        deviation = $14::jsonb
    WHERE id = $5::uuid
), journal AS (
    INSERT INTO session_events (session_id, sequence, event_id, name, occurred_at, payload)
    VALUES ($1::uuid, $2::integer, $11::uuid, 'RepLogged', $3::timestamptz, $12::json)
)
{_ADVANCE} WHERE s.id = $1::uuid
"""

_PLACE_FOR_PROGRESS: Final = f"""
WITH head AS ({_HEAD})
SELECT head.*, {_HAS_WAITED}, l.id AS log_id, l.planned_sets
FROM head LEFT JOIN exercise_logs l
    ON l.session_id = $1::uuid AND l.exercise_id = $3::uuid
"""

_WRITE_PROGRESS: Final = f"""
WITH progress AS (
    UPDATE exercise_logs SET completed_sets = $4::integer, is_completed = $5::boolean
    WHERE session_id = $1::uuid AND exercise_id = $6::uuid
), journal AS (
    INSERT INTO session_events (session_id, sequence, event_id, name, occurred_at, payload)
    VALUES ($1::uuid, $2::integer, $7::uuid, 'ExerciseProgressUpdated', $3::timestamptz, $8::json)
)
{_ADVANCE} WHERE s.id = $1::uuid
"""

_WRITE_REST: Final = f"""
WITH journal AS (
    INSERT INTO session_events (session_id, sequence, event_id, name, occurred_at, payload)
    VALUES ($1::uuid, $2::integer, $6::uuid, 'RestTimer', $3::timestamptz, $7::json)
)
{_ADVANCE}, rest_seconds = $4::integer, rest_ends_at = $5::timestamptz WHERE s.id = $1::uuid
"""

_PROGRESS: Final = "ExerciseProgressUpdated"
_KNOWN_EVENT: Final = """
SELECT v.name, v.sequence, v.payload, l.planned_sets FROM session_events v
LEFT JOIN exercise_logs l ON l.session_id = v.session_id
    AND l.exercise_id = (v.payload->>'exercise_id')::uuid
WHERE v.session_id = $1::uuid AND v.client_event_id = $2::text
"""
_REMEMBER_EVENT: Final = """
UPDATE session_events SET client_event_id = $2::text
WHERE session_id = $1::uuid AND sequence = $3::integer
"""


class SqlSessionAppends:
    """Appends on the bare driver, inside the command in progress."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    async def place_for_set(self, wanted: WantedSet) -> SetPlace | None:
        """Lock the session and find exercise, set type and an earlier set of the same id."""
        named, by_id = wanted.set_type, isinstance(wanted.set_type, UUID)
        row = await self._certain(
            _PLACE_FOR_SET,
            wanted.session_id,
            wanted.user_id,
            wanted.exercise_id,
            None if by_id else named,
            named if by_id else None,
            wanted.client_generated_id,
            wanted.parent_set_id,
            wanted.target_number,
            wanted.side,
        )
        if row is None:
            return None
        repeated = None
        if row["known_id"] is not None and row["known_deleted_at"] is None:
            repeated = await self.stored_set(wanted.session_id, wanted.client_generated_id or "")
        return SetPlace(
            session=_running(row),
            bodyweight=_load(row["bodyweight"], row["bodyweight_unit"]),
            exercise=_exercise(row),
            set_type=_set_type(row),
            has_parent=row["has_parent"],
            target=_target(row["target"]),
            repeated=repeated,
            repeated_was_removed=row["known_deleted_at"] is not None,
        )

    async def append_set(self, session: RunningSession, new: NewSet, entry: JournalEntry) -> bool:
        """Write the set; nothing is written where the client's id was taken meanwhile."""
        draft, load, reps = new.draft, new.draft.load, new.reps
        row = await self._work().fetchrow(
            _APPEND_SET,
            session.id,
            entry.sequence,
            entry.at,
            new.id,
            new.exercise_id,
            new.set_type_id,
            None if load is None else load.amount,
            None if load is None else load.unit,
            len(reps),
            draft.duration_seconds,
            draft.distance_meters,
            draft.rpe,
            draft.rir,
            draft.description,
            draft.notes,
            new.performed_at,
            new.client_generated_id,
            [rep.id for rep in reps],
            [rep.rep_number for rep in reps],
            [rep.weight for rep in reps],
            [rep.unit for rep in reps],
            [rep.success for rep in reps],
            new.log_id,
            entry.event_id,
            entry.payload.decode(),
            draft.side,
            new.parent_set_id,
            new.load_rule.kind,
            new.load_rule.bodyweight_kg,
            new.load_rule.bodyweight_share,
            new.effective_kg,
            [rep.effective_kg for rep in reps],
            None if new.target is None else encode(new.target.document()).decode(),
            None if new.target is None else new.target.number,
            _document(new.deviation),
        )
        return row is not None

    async def stored_set(self, session_id: UUID, client_generated_id: str) -> bytes | None:
        """Return the set stored under a client's id."""
        row = await self._work().fetchrow(_STORED_SET, session_id, client_generated_id)
        return None if row is None else row["stored"].encode()

    async def place_for_rep(
        self, set_id: UUID, user_id: UUID, client_generated_id: str | None
    ) -> RepPlace | None:
        """Lock the session first; only then are the set's repetitions certain."""
        locked = await self._work().fetchrow(_LOCK_OF_SET, set_id, user_id)
        if locked is None:
            return None
        row = await self._work().fetchrow(_PLACE_FOR_REP, set_id, client_generated_id)
        if row is None:
            return None
        repeated = row["repeated"]
        return RepPlace(
            session=_running(locked),
            set_id=set_id,
            exercise_id=UUID(row["exercise_id"]),
            load=_load(row["weight"], row["unit"]),
            load_rule=LoadRule(row["load_kind"], row["bodyweight_kg"], row["bodyweight_share"]),
            target=_target(row["target"]),
            deviation=_deviation(row["deviation"]),
            successful_reps=row["successes"],
            next_number=max(row["numbers"], default=0) + 1,
            numbers=frozenset(row["numbers"]),
            repeated=None if repeated is None else repeated.encode(),
            repeated_was_removed=row["repeated_was_removed"],
        )

    async def append_rep(
        self,
        session: RunningSession,
        set_id: UUID,
        new: NewRep,
        deviation: Deviation | None,
        entry: JournalEntry,
    ) -> None:
        """Write the repetition."""
        await self._work().execute(
            _APPEND_REP,
            session.id,
            entry.sequence,
            entry.at,
            new.id,
            set_id,
            new.rep_number,
            new.weight,
            new.unit,
            new.success,
            new.client_generated_id,
            entry.event_id,
            entry.payload.decode(),
            new.effective_kg,
            _document(deviation),
        )

    async def place_for_progress(
        self, session_id: UUID, user_id: UUID, exercise_id: UUID
    ) -> LogPlace | None:
        """Lock the session and find the exercise's log."""
        row = await self._certain(_PLACE_FOR_PROGRESS, session_id, user_id, exercise_id)
        if row is None:
            return None
        return LogPlace(
            session=_running(row),
            has_log=row["log_id"] is not None,
            planned_sets=row["planned_sets"],
        )

    async def write_progress(
        self,
        session: RunningSession,
        exercise_id: UUID,
        completed_sets: int,
        entry: JournalEntry,
        *,
        is_completed: bool,
    ) -> None:
        """Write progress."""
        await self._work().execute(
            _WRITE_PROGRESS,
            session.id,
            entry.sequence,
            entry.at,
            completed_sets,
            is_completed,
            exercise_id,
            entry.event_id,
            entry.payload.decode(),
        )

    async def place_for_rest(self, session_id: UUID, user_id: UUID) -> RunningSession | None:
        """Lock the session."""
        row = await self._work().fetchrow(_HEAD, session_id, user_id)
        return None if row is None else _running(row)

    async def write_rest(
        self,
        session: RunningSession,
        seconds: int | None,
        ends_at: datetime | None,
        entry: JournalEntry,
    ) -> None:
        """Write the rest timer."""
        await self._work().execute(
            _WRITE_REST,
            session.id,
            entry.sequence,
            entry.at,
            seconds,
            ends_at,
            entry.event_id,
            entry.payload.decode(),
        )

    async def known_event(self, session_id: UUID, client_event_id: str) -> ReportedProgress | None:
        """Return the progress reported under a client's id."""
        row = await self._work().fetchrow(_KNOWN_EVENT, session_id, client_event_id)
        if row is None:
            return None
        refuse_unless_event(row["name"], _PROGRESS)
        reported = decode(row["payload"])
        return ReportedProgress(
            exercise_id=UUID(reported["exercise_id"]),
            planned_sets=row["planned_sets"],
            completed_sets=reported["completed_sets"],
            is_completed=reported["is_completed"],
            sequence=row["sequence"],
        )

    async def remember_event(self, session_id: UUID, client_event_id: str, sequence: int) -> None:
        """Note under which id a client sent an event."""
        await self._work().execute(_REMEMBER_EVENT, session_id, client_event_id, sequence)

    async def _certain(self, sql: str, *arguments: object) -> Any:  # noqa: ANN401 - a row or None
        row = await self._work().fetchrow(sql, *arguments)
        if row is not None and row["has_waited"]:
            return await self._work().fetchrow(sql, *arguments)
        return row


def _running(row: Mapping[str, Any]) -> RunningSession:
    return RunningSession(
        id=UUID(row["id"]),
        user_id=UUID(row["user_id"]),
        athlete_id=_optional(row["athlete_id"]),
        workout_id=_optional(row["workout_id"]),
        trainer_id=_optional(row["trainer_id"]),
        status=row["status"],
        sequence=row["sequence"],
    )


def _exercise(row: Mapping[str, Any]) -> ExerciseFacts | None:
    if row["exercise_id"] is None:
        return None
    return ExerciseFacts(
        UUID(row["exercise_id"]),
        row["exercise_name"],
        row["measurement_type"],
        row["load_kind"],
        row["bodyweight_share"],
    )


def _set_type(row: Mapping[str, Any]) -> SetTypeFacts | None:
    if row["set_type_id"] is None:
        return None
    return SetTypeFacts(UUID(row["set_type_id"]), row["set_type"])


def _load(amount: Decimal | None, unit: str) -> Load | None:
    return None if amount is None else Load(amount, MeasurementUnit(unit))


def _target(document: str | None) -> SetTarget | None:
    return None if document is None else SetTarget.read(decode(document))


def _deviation(document: str | None) -> Deviation | None:
    return None if document is None else Deviation.read(decode(document))


def _document(deviation: Deviation | None) -> str | None:
    return None if deviation is None else encode(deviation.document()).decode()


def _optional(text: str | None) -> UUID | None:
    return None if text is None else UUID(text)
