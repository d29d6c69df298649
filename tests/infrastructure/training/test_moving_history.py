"""History follows a merged exercise: whatever it is, nothing is lost and nothing made up."""

import asyncio
import json
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workout_application.training.merging import OpenMerge
from workout_infrastructure.persistence.training.merging import SqlMergedTraining

LATER = datetime(2026, 3, 2, 12, tzinfo=UTC)
OTHER = uuid4()


@dataclass(frozen=True)
class Log:
    """What a session says about an exercise: planned sets, completed ones, logged ones."""

    planned: int | None
    completed: int
    has_targets: bool
    sets: int
    removed: int


@dataclass(frozen=True)
class Session:
    """A session with logs of the source, of the target and of another exercise."""

    is_running: bool
    is_deleted: bool
    logs: dict[str, Log] = field(default_factory=dict)


logs = st.builds(
    Log,
    planned=st.none() | st.integers(1, 4),
    completed=st.integers(0, 5),
    has_targets=st.booleans(),
    sets=st.integers(0, 3),
    removed=st.integers(0, 1),
)
sessions = st.builds(
    Session,
    is_running=st.booleans(),
    is_deleted=st.booleans(),
    logs=st.dictionaries(st.sampled_from(["source", "target", "other"]), logs, max_size=3),
)
plans = st.lists(st.sampled_from(["source", "target", "other"]), max_size=4)


async def written(connection: Any, session: Session, ids: dict[str, UUID]) -> UUID:
    """Write a session as it would stand."""
    session_id = uuid4()
    await connection.execute(
        """INSERT INTO workout_sessions (id, revision, created_at, updated_at, user_id, name,
            session_date, started_at, status, last_activity_at, settled_at, sequence, deleted_at)
        VALUES ($1, 5, now(), now(), $1, 'S', now(), now(), $2, now(), now(), 9, $3)""",
        session_id,
        "in_progress" if session.is_running else "completed",
        LATER if session.is_deleted else None,
    )
    for place, (name, log) in enumerate(session.logs.items()):
        numbers = range(1, (log.planned or 0) + 1)
        targets = [{"number": n, "rpe": 8, "of": name} for n in numbers]
        await connection.execute(
            """INSERT INTO exercise_logs (id, session_id, exercise_id, planned_sets,
                completed_sets, is_completed, order_index, targets)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)""",
            uuid4(),
            session_id,
            ids[name],
            log.planned,
            log.completed,
            log.planned is not None and log.completed >= log.planned,
            place,
            json.dumps(targets) if log.has_targets and targets else None,
        )
        for number in range(1, log.sets + log.removed + 1):
            await connection.execute(
                """INSERT INTO performed_sets (id, session_id, exercise_id, set_type_id,
                    number_reps, performed_at, sequence, created_at, updated_at, deleted_at,
                    target_number, target)
                VALUES ($1, $2, $3, $1, 0, now(), 2, now(), now(), $4, $5, $6)""",
                uuid4(),
                session_id,
                ids[name],
                LATER if number > log.sets else None,
                number,
                json.dumps({"number": number, "of": name}),
            )
    return session_id


async def contents(connection: Any, sql: str) -> list[dict[str, Any]]:
    """Read rows, JSON included."""
    return [dict(row) for row in await connection.fetch(sql)]


def scenario(database_url: str, play: Callable[[Any], Awaitable[None]]) -> None:
    """Play on a connection of which nothing stays."""

    async def run() -> None:
        connection = await asyncpg.connect(database_url)
        transaction = connection.transaction()
        await transaction.start()
        try:
            await play(connection)
        finally:
            await transaction.rollback()
            await connection.close()

    asyncio.run(run())


@pytest.mark.requirement("BEY-14")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(found=st.lists(sessions, max_size=6), planned=st.lists(plans, max_size=4))
@pytest.mark.parametrize("most", [1, 100])
def test_nothing_is_lost_and_everything_is_counted_once(
    database_url: str, most: int, found: list[Session], planned: list[list[str]]
) -> None:
    async def play(connection: Any) -> None:
        ids = {"source": uuid4(), "target": uuid4(), "other": OTHER}
        made = {await written(connection, one, ids): one for one in found}
        workouts = [await planned_as(connection, names, ids) for names in planned]
        merge = OpenMerge(
            id=uuid4(), source_id=ids["source"], into_id=ids["target"], merged_at=LATER
        )
        training = SqlMergedTraining(lambda: connection)

        moved = [await training.move(merge, most=most, at=LATER)]
        while moved[-1]:
            moved.append(await training.move(merge, most=most, at=LATER))

        await check_sessions(connection, made, ids)
        await check_workouts(connection, dict(zip(workouts, planned, strict=True)), ids)
        stays = [one for one in found if one.is_running and not one.is_deleted]
        goes = [one for one in found if one not in stays]
        touched = [one for one in goes if "source" in one.logs]
        assert sum(one.sessions for one in moved) == len(touched)
        assert sum(one.sets for one in moved) == sum(
            one.logs["source"].sets + one.logs["source"].removed for one in touched
        )
        assert sum(one.workouts for one in moved) == sum("source" in names for names in planned)
        assert await training.is_left(merge) is any("source" in one.logs for one in stays)

    scenario(database_url, play)


async def planned_as(connection: Any, names: list[str], ids: dict[str, UUID]) -> UUID:
    """Write a workout that asks for exercises in this order."""
    workout_id = uuid4()
    await connection.execute(
        """INSERT INTO workouts (id, revision, created_at, updated_at, name, trainer_id, type,
            status, scheduled_date, estimated_duration_minutes)
        VALUES ($1, 5, now(), now(), 'W', $1, 'strength', 'draft', now(), 0)""",
        workout_id,
    )
    for place, name in enumerate(names):
        await connection.execute(
            """INSERT INTO workout_exercises (id, workout_id, exercise_id, order_index, sets, reps)
            VALUES ($1, $2, $3, $4, 3, 5)""",
            uuid4(),
            workout_id,
            ids[name],
            place,
        )
    return workout_id


async def check_workouts(
    connection: Any, made: dict[UUID, list[str]], ids: dict[str, UUID]
) -> None:
    """Every prescription stands where it stood."""
    for workout_id, names in made.items():
        rows = await connection.fetch(
            "SELECT exercise_id FROM workout_exercises WHERE workout_id = $1 ORDER BY order_index",
            workout_id,
        )
        wanted = [ids["target" if name == "source" else name] for name in names]
        assert [row["exercise_id"] for row in rows] == wanted
        revision = await connection.fetchval(
            "SELECT revision FROM workouts WHERE id = $1", workout_id
        )
        assert revision == 5 + ("source" in names)


async def check_sessions(connection: Any, made: dict[UUID, Session], ids: dict[str, UUID]) -> None:
    """Each session says of both exercises together what it said of them apart."""
    names = {value: name for name, value in ids.items()}
    for session_id, session in made.items():
        logs_after = {
            names[row["exercise_id"]]: row
            for row in await connection.fetch(
                "SELECT * FROM exercise_logs WHERE session_id = $1", session_id
            )
        }
        sets_after = await connection.fetch(
            "SELECT * FROM performed_sets WHERE session_id = $1", session_id
        )
        head = await connection.fetchrow(
            "SELECT revision, updated_at, settled_at FROM workout_sessions WHERE id = $1",
            session_id,
        )
        moves = "source" in session.logs and (session.is_deleted or not session.is_running)
        wanted = expected(session, moves=moves)
        assert {name: shown(row) for name, row in logs_after.items()} == wanted
        assert Counter(
            (names[one["exercise_id"]], one["target_number"], one["deleted_at"] is None)
            for one in sets_after
        ) == expected_sets(session, moves=moves)
        assert all(json.loads(s["target"])["number"] == s["target_number"] for s in sets_after)
        assert head["revision"] == 5 + moves
        assert (head["updated_at"] == head["settled_at"] == LATER) is moves


@dataclass(frozen=True)
class Stands:
    """A log by hand: of which exercise, instead of which, its targets' and its sets' numbers."""

    of: str
    instead_of: str | None = None
    targets: tuple[int, ...] = ()
    sets: tuple[int, ...] = ()


async def logged(connection: Any, ids: dict[str, UUID], *found: Stands, status: str) -> UUID:
    """Write a session with such logs."""
    session_id = await written(connection, Session(status == "in_progress", False), ids)
    for place, log in enumerate(found):
        await connection.execute(
            """INSERT INTO exercise_logs (id, session_id, exercise_id, substituted_exercise_id,
                planned_sets, completed_sets, is_completed, order_index, targets)
            VALUES ($1, $2, $3, $4, $5, 0, false, $6, $7)""",
            uuid4(),
            session_id,
            ids[log.of],
            None if log.instead_of is None else ids[log.instead_of],
            len(log.targets) or None,
            place,
            json.dumps([{"number": number} for number in log.targets]) if log.targets else None,
        )
        for number in log.sets:
            await connection.execute(
                """INSERT INTO performed_sets (id, session_id, exercise_id, set_type_id,
                    number_reps, performed_at, sequence, created_at, updated_at, target_number,
                    target)
                VALUES ($1, $2, $3, $1, 0, now(), 2, now(), now(), $4, $5)""",
                uuid4(),
                session_id,
                ids[log.of],
                number,
                json.dumps({"number": number}),
            )
    return session_id


async def stands(connection: Any, session_id: UUID, ids: dict[str, UUID]) -> list[Stands]:
    """Read the logs of a session."""
    names: dict[UUID | None, str] = {value: name for name, value in ids.items()}
    rows = await connection.fetch(
        """SELECT l.exercise_id, l.substituted_exercise_id, l.targets, l.planned_sets,
            array(SELECT p.target_number FROM performed_sets p WHERE p.session_id = l.session_id
                  AND p.exercise_id = l.exercise_id ORDER BY 1) AS sets
        FROM exercise_logs l WHERE l.session_id = $1 ORDER BY l.order_index""",
        session_id,
    )
    found = []
    for row in rows:
        numbers = tuple(one["number"] for one in json.loads(row["targets"] or "[]"))
        assert (row["planned_sets"] or 0) == len(numbers)
        instead_of = names.get(row["substituted_exercise_id"])
        found.append(Stands(names[row["exercise_id"]], instead_of, numbers, tuple(row["sets"])))
    return found


@pytest.mark.requirement("BEY-14")
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (  # What was planned became another one; the log of whatever was done instead says so.
            (Stands("other", "source", (1, 2), (1,)),),
            (Stands("other", "target", (1, 2), (1,)),),
        ),
        (  # What stands in becomes what was planned, or the other way round: it is the same now.
            (Stands("source", "target", (1,)), Stands("other")),
            (Stands("target", None, (1,)), Stands("other")),
        ),
        ((Stands("target", "source", (1,)),), (Stands("target", None, (1,)),)),
        (  # Both halves of one plan, its sets done out of order, come together again.
            (Stands("target", None, (1, 3), (1, 3)), Stands("source", "target", (1, 2), (1,))),
            (Stands("target", None, (1, 3, 4, 5), (1, 3, 4)),),
        ),
        (
            (Stands("source", None, (1, 3), (1, 3)), Stands("target", "source", (1, 2), (1,))),
            (Stands("target", None, (1, 2, 3, 5), (1, 3, 5)),),
        ),
        (  # A plan of its own is not one that stands in; one without a plan takes over why.
            (Stands("target", "other", (1,)), Stands("source", None, (1,))),
            (Stands("target", "other", (1, 2)),),
        ),
        (
            (Stands("target"), Stands("source", "other", (1,))),
            (Stands("target", "other", (1,)),),
        ),
    ],
)
def test_what_stands_in_for_a_merged_exercise_follows_it(
    database_url: str, before: tuple[Stands, ...], after: tuple[Stands, ...]
) -> None:
    async def play(connection: Any) -> None:
        ids = {"source": uuid4(), "target": uuid4(), "other": OTHER}
        ended = await logged(connection, ids, *before, status="completed")
        running = await logged(connection, ids, *before, status="in_progress")
        merge = OpenMerge(
            id=uuid4(), source_id=ids["source"], into_id=ids["target"], merged_at=LATER
        )
        training = SqlMergedTraining(lambda: connection)

        first = await training.move(merge, most=10, at=LATER)
        again = await training.move(merge, most=10, at=LATER)

        assert await stands(connection, ended, ids) == list(after)
        assert await stands(connection, running, ids) == list(before)
        assert (first.sessions, again.sessions) == (1, 0)
        assert await training.is_left(merge)
        settled = await connection.fetchval(
            "SELECT settled_at FROM workout_sessions WHERE id = $1", ended
        )
        assert settled == LATER

    scenario(database_url, play)


def shown(row: Any) -> tuple[Any, ...]:
    """Return what counts of a log."""
    targets = None if row["targets"] is None else json.loads(row["targets"])
    numbers = None if targets is None else [one["number"] for one in targets]
    return row["planned_sets"], row["completed_sets"], row["is_completed"], numbers


def expected(session: Session, *, moves: bool) -> dict[str, tuple[Any, ...]]:
    """Add up what the logs said, in plain Python."""
    after: dict[str, list[Log]] = {}
    for name in ("target", "source", "other"):
        if name in session.logs:
            place = "target" if moves and name == "source" else name
            after.setdefault(place, []).append(session.logs[name])
    return {name: added(found) for name, found in after.items()}


def added(found: list[Log]) -> tuple[Any, ...]:
    """Return planned, completed, done and the numbers of the targets."""
    known = [one.planned for one in found if one.planned is not None]
    planned = sum(known) if known else None
    completed = sum(one.completed for one in found)
    numbers: list[int] = []
    shift = 0
    for one in found:
        if one.has_targets and one.planned:
            numbers += range(shift + 1, shift + one.planned + 1)
        shift += one.planned or 0
    is_done = planned is not None and completed >= planned
    return planned, completed, is_done, numbers or None


def expected_sets(session: Session, *, moves: bool) -> Counter[tuple[str, int, bool]]:
    """Number the sets as their targets are."""
    counted: Counter[tuple[str, int, bool]] = Counter()
    for name, log in session.logs.items():
        goes = moves and name == "source"
        shift = (session.logs["target"].planned or 0) if goes and "target" in session.logs else 0
        for number in range(1, log.sets + log.removed + 1):
            counted["target" if goes else name, number + shift, number <= log.sets] += 1
    return counted
