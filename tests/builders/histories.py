"""Performed training written straight into the tables, as edits of any kind leave it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@dataclass
class Repetition:
    """One repetition; ``kg`` is None where what it moved is not known."""

    success: bool = True
    kg: Decimal | None = None


@dataclass
class Performed:
    """One set; ``weight`` is what was noted on the bar, if anything was."""

    exercise_id: UUID
    reps: list[Repetition] = field(default_factory=list)
    code: str = "normal"
    weight: Decimal | None = None
    rpe: Decimal | None = None
    rir: Decimal | None = None
    side: str | None = None
    seconds: Decimal | None = None
    meters: Decimal | None = None
    is_deleted: bool = False
    id: UUID = field(default_factory=uuid4)


@dataclass
class Training:
    """One session; its sets are in the order they were logged."""

    at: datetime = NOON
    zone: str = "UTC"
    status: str = "completed"
    minutes: Decimal | None = None
    session_rpe: Decimal | None = None
    sets: list[Performed] = field(default_factory=list)
    is_deleted: bool = False
    workout_id: UUID | None = None
    id: UUID = field(default_factory=uuid4)
    revision: int = 0

    @property
    def day(self) -> date:
        """The local day."""
        return self.at.astimezone(ZoneInfo(self.zone)).date()

    @property
    def counted(self) -> Iterator[Performed]:
        """The sets that were not deleted."""
        return (one for one in self.sets if not one.is_deleted)


_SAVE = """
INSERT INTO workout_sessions AS s (
    id, revision, created_at, updated_at, deleted_at, user_id, athlete_id, workout_id, name,
    session_date, started_at, completed_at, duration_minutes, status, last_activity_at,
    settled_at, sequence, time_zone, local_date, session_rpe)
VALUES ($1, $2, $3, $3, $4, $5, $6, $7, 'Training', $8, $8, $9, $10, $11, $3, $3, $12, $13, $14,
        $15)
ON CONFLICT (id) DO UPDATE SET revision = $2, updated_at = $3, settled_at = $3, deleted_at = $4,
    session_date = $8, completed_at = $9, duration_minutes = $10, status = $11, sequence = $12,
    time_zone = $13, local_date = $14, session_rpe = $15
"""
_SET = """
INSERT INTO performed_sets (
    id, session_id, exercise_id, set_type_id, weight, unit, number_reps, duration_seconds,
    distance_meters, rpe, rir, performed_at, sequence, created_at, updated_at, deleted_at, side)
VALUES ($1, $2, $3, (SELECT id FROM set_types WHERE code = $4), $5, $6, $7, $8, $9, $10, $11, $12,
        $13, $12, $12, $14, $15)
"""
_REP = """
INSERT INTO performed_reps (
    id, set_id, session_id, rep_number, success, created_at, effective_kg)
VALUES ($1, $2, $3, $4, $5, $6, $7)
"""


@dataclass
class Log:
    """The training of one account; every ``save`` is a change that commits by itself."""

    database: Any
    user_id: UUID
    athlete_id: UUID | None = None
    sessions: list[Training] = field(default_factory=list)
    saved_at: datetime | None = None

    async def save(self, session: Training) -> Training:
        """Write a session as it is now."""
        if session not in self.sessions:
            self.sessions.append(session)
        session.revision += 1
        async with self.database.transaction():
            await self._write(session, self.saved_at or datetime.now(UTC))
        return session

    async def _write(self, session: Training, now: datetime) -> None:
        ended = session.at + timedelta(hours=1) if session.status == "completed" else None
        await self.database.execute(
            _SAVE,
            *(session.id, session.revision, now, now if session.is_deleted else None),
            *(self.user_id, self.athlete_id, session.workout_id, session.at, ended),
            *(session.minutes, session.status, len(session.sets), session.zone, session.day),
            session.session_rpe,
        )
        await self.database.execute("DELETE FROM performed_sets WHERE session_id = $1", session.id)
        numbered = list(enumerate(session.sets, start=1))
        await self.database.executemany(
            _SET, [_set_row(session, one, number) for number, one in numbered]
        )
        await self.database.executemany(
            _REP, [row for one in session.sets for row in _rep_rows(session, one)]
        )


def _set_row(session: Training, one: Performed, number: int) -> tuple[Any, ...]:
    unit = None if one.weight is None else "kilograms"
    return (
        *(one.id, session.id, one.exercise_id, one.code, one.weight, unit),
        *(len(one.reps), one.seconds, one.meters, one.rpe, one.rir, session.at, number),
        *(session.at if one.is_deleted else None, one.side),
    )


def _rep_rows(session: Training, one: Performed) -> list[tuple[Any, ...]]:
    return [
        (uuid4(), one.id, session.id, place, rep.success, session.at, rep.kg)
        for place, rep in enumerate(one.reps, start=1)
    ]


def lifted(exercise_id: UUID, kg: str | int, reps: int, **fields: Any) -> Performed:
    """Make a set of so many successful repetitions with so many kilograms."""
    load = Decimal(kg)
    return Performed(
        exercise_id, [Repetition(kg=load) for _ in range(reps)], **{"weight": load, **fields}
    )
