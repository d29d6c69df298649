"""Exercises, athletes and what they performed, as programs look at them in the tables of others."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.programs.ports import AthleteFacts, LiftFacts
from workout_domain.programs.errors import ProgramAthleteNotFound
from workout_domain.programs.history import Attended
from workout_domain.programs.loading import LoadKind
from workout_domain.programs.performance import Performance, Work
from workout_infrastructure.persistence.programs.documents import read
from workout_infrastructure.persistence.training.neighbours import USABLE
from workout_infrastructure.persistence.training.performed import PERFORMED
from workout_infrastructure.persistence.unit_of_work import CurrentWork

_LIFT: Final = f"""
SELECT e.name, e.measurement_type, e.load_kind FROM exercises e
WHERE e.id = $1::uuid AND e.deleted_at IS NULL AND {USABLE.format(user="$2")}
"""
_NAME: Final = "SELECT name FROM exercises WHERE id = $1::uuid"
_ATHLETE: Final = """
SELECT u.id::text, u.time_zone FROM athletes a
JOIN users u ON u.id = a.user_id AND u.deleted_at IS NULL
WHERE a.id = $1::uuid AND a.deleted_at IS NULL
"""
_DAY: Final = "(s.{0} AT TIME ZONE coalesce(s.time_zone, 'UTC'))::date"
DAY: Final = f"coalesce(s.local_date, {_DAY.format('session_date')})"
"""The local day of a session."""

PLACE: Final = f"""
CASE WHEN {DAY} = {_DAY.format("started_at")} THEN s.started_at ELSE s.session_date END
"""
"""Where a session stands in time: where it began, or what it is dated if entered another day."""

_PLACE_OF: Final = f"""
SELECT {PLACE} AS at FROM workout_sessions s WHERE s.id = $1::uuid AND s.deleted_at IS NULL
"""
# Figures as text, so that they stay exact. The day before finds by index what the place decides.
_SINCE: Final = f"""
SELECT s.id::text, s.workout_id::text, {PLACE} AS at, {DAY} AS day, p.exercise_id::text,
    json_agg(json_build_object(
        'set_id', p.id, 'number', p.number, 'weight', p.weight::text,
        'unit', coalesce(p.unit, 'kilograms'), 'reps', p.reps, 'failed_reps', p.failed_reps,
        'rpe', p.rpe::text, 'side', p.side, 'body_kg', p.body_kg::text, 'ignored', p.ignored)
        ORDER BY p.number)::text AS works
FROM workout_sessions s JOIN LATERAL (
    SELECT q.id, q.exercise_id, q.weight, q.unit, q.side,
        row_number() OVER (PARTITION BY q.exercise_id ORDER BY q.sequence) AS number,
        coalesce(q.rpe, CASE WHEN q.rir IS NOT NULL THEN greatest(1, 10 - q.rir) END) AS rpe,
        q.bodyweight_kg * q.bodyweight_share AS body_kg,
        CASE WHEN t.is_warm_up THEN 'warm_up'
             WHEN q.parent_set_id IS NOT NULL OR t.code = 'drop_set' THEN 'drop_set' END AS ignored,
        (SELECT count(*) FROM performed_reps r WHERE r.set_id = q.id AND r.success) AS reps,
        (SELECT count(*) FROM performed_reps r WHERE r.set_id = q.id AND NOT r.success)
            AS failed_reps
    FROM performed_sets q JOIN set_types t ON t.id = q.set_type_id
    WHERE q.session_id = s.id AND q.exercise_id = ANY ($2::uuid[]) AND {PERFORMED.format("q")}
) p ON true
WHERE s.user_id = $1::uuid AND s.status = 'completed' AND s.deleted_at IS NULL
AND coalesce(s.local_date, 'infinity') >= ($3::timestamptz - interval '2 days')::date
AND {PLACE} >= $3::timestamptz
GROUP BY s.id, p.exercise_id
"""


class SqlLifts:
    """Exercises, inside the command in progress."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    async def usable_by(self, actor: Actor, exercise_id: UUID) -> LiftFacts | None:
        """Return it, if it exists for the caller: shipped, their own, or their trainers'."""
        row = await self._work().fetchrow(_LIFT, exercise_id, actor.id)
        if row is None:
            return None
        return LiftFacts(
            id=exercise_id,
            name=row["name"],
            measurement_type=row["measurement_type"],
            load_kind=LoadKind(row["load_kind"]),
        )

    async def name_of(self, exercise_id: UUID) -> str:
        """Return the name of an exercise already used."""
        row = await self._work().fetchrow(_NAME, exercise_id)
        name: str = row["name"]
        return name


class SqlProgramAthletes:
    """Athletes, inside the command in progress."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    async def of(self, athlete_id: UUID) -> AthleteFacts:
        """Return an athlete."""
        row = await self._work().fetchrow(_ATHLETE, athlete_id)
        if row is None:
            raise ProgramAthleteNotFound("No such athlete.")
        return AthleteFacts(id=athlete_id, user_id=UUID(row["id"]), time_zone=row["time_zone"])


class SqlAttendedSessions:
    """Completed sessions, in the transaction in progress."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    async def place_of(self, session_id: UUID) -> datetime | None:
        """Return where a session stands in time."""
        row = await self._work().fetchrow(_PLACE_OF, session_id)
        return None if row is None else row["at"]

    async def since(
        self, user_id: UUID, exercise_ids: Collection[UUID], moment: datetime
    ) -> Mapping[UUID, list[Attended]]:
        """Return for each exercise the sessions with it, from a moment on."""
        found: dict[UUID, list[Attended]] = {}
        for row in await self._work().fetch(_SINCE, user_id, list(exercise_ids), moment):
            workout_id = row["workout_id"]
            attended = Attended(
                performance=Performance(works=read(tuple[Work, ...], row["works"])),
                at=row["at"],
                day=row["day"],
                session_id=UUID(row["id"]),
                workout_id=None if workout_id is None else UUID(workout_id),
            )
            found.setdefault(UUID(row["exercise_id"]), []).append(attended)
        return found
