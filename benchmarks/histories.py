"""Years of training for reports, made up by the database itself: far too much to be sent."""

import itertools
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID, uuid4

import asyncpg

SETS_PER_SESSION: Final = 20
_EXERCISES: Final = 20
_SECONDS: Final = 900
_SESSIONS, _SETS, _REPS = range(3)
_numbers = itertools.count(1)


def _id(kind: int, number: str) -> str:
    # In the order of time, as the product's own are; $1 keeps histories apart.
    head = f"lpad(to_hex($1::integer * 4 + {kind}), 8, '0')"
    return f"({head} || lpad(to_hex(({number})::bigint), 24, '0'))::uuid"


_PEOPLE: Final = """
INSERT INTO users (id, revision, created_at, updated_at, username, email, gender, first_name,
    last_name, preferred_unit, time_zone, email_confirmed, two_factor_enabled)
SELECT id, 1, now(), now(), id::text, id || '@example.com', 0, 'Pat', 'Lifter', 'kilograms', 'UTC',
    true, false
FROM unnest($1::uuid[]) AS u (id)
"""
# Everybody trains at noon every other day, the last time yesterday.
_TRAINED: Final = f"""
INSERT INTO workout_sessions (id, revision, created_at, updated_at, settled_at, user_id, name,
    session_date, started_at, completed_at, duration_minutes, status, last_activity_at, sequence,
    time_zone, local_date)
SELECT {_id(_SESSIONS, "day * cardinality($2::uuid[]) + place - 1")}, 1, t.at, t.at, t.at, u.id,
    'Training', t.at, t.at, t.at, 60, 'completed', t.at, {SETS_PER_SESSION}, 'UTC',
    (t.at AT TIME ZONE 'UTC')::date
FROM generate_series(0, $3::integer - 1) AS day
CROSS JOIN unnest($2::uuid[]) WITH ORDINALITY AS u (id, place)
CROSS JOIN LATERAL (
    SELECT date_trunc('day', now()) - make_interval(days => 2 * ($3 - day), hours => -12)
) AS t (at)
ORDER BY day, place
"""
# Five exercises of four sets, each every fourth time; 3 to 8 repetitions, less load the more they
# are. Loads grow by 30 % over the years, most at first, and waver by 7 % from day to day.
_SETS_OF: Final = f"""
INSERT INTO performed_sets (id, session_id, exercise_id, set_type_id, weight, unit, number_reps,
    rpe, performed_at, sequence, client_generated_id, created_at, updated_at, load_kind,
    effective_kg)
SELECT {_id(_SETS, f"n * {SETS_PER_SESSION} + place")}, {_id(_SESSIONS, "n")},
    ($2::uuid[])[1 + exercise], (SELECT id FROM set_types WHERE code = 'normal'), kg, 'kilograms',
    reps, 8, t.at, place + 1, 'made-up-' || place, t.at, t.at, 'external', kg
FROM generate_series(0, $3::bigint * $4 - 1) AS n
CROSS JOIN generate_series(0, {SETS_PER_SESSION} - 1) AS place
CROSS JOIN LATERAL (SELECT n / $4::bigint, place / 4) AS d (day, part)
CROSS JOIN LATERAL (SELECT (day * 5 + part) % {_EXERCISES}) AS e (exercise)
CROSS JOIN LATERAL (
    SELECT (3 + abs(hashint8(n * 8 + part)::bigint) % 5 + (n + place) % 2)::integer
) AS r (reps)
CROSS JOIN LATERAL (
    SELECT (40 + 5 * exercise) * (1 + 0.3 * ln(1 + day) / ln(1 + $3)) * (1 - 0.025 * reps)
        * (1 + 0.01 * (hashint8(n * 8 + exercise) % 6 + place % 3 - 1))
) AS l (load)
CROSS JOIN LATERAL (SELECT 2.5 * round(load / 2.5)) AS k (kg)
CROSS JOIN LATERAL (
    SELECT date_trunc('day', now())
        - make_interval(days => 2 * ($3 - day)::integer, hours => -12, mins => -3 * place)
) AS t (at)
ORDER BY n, place
"""
_REPS_OF: Final = f"""
INSERT INTO performed_reps (id, set_id, session_id, rep_number, weight, unit, success, created_at,
    effective_kg)
SELECT {_id(_REPS, "n * 16 + rep")}, p.id, p.session_id, rep, p.weight, p.unit, true, p.created_at,
    p.effective_kg
FROM generate_series(0, $2::bigint - 1) AS n JOIN performed_sets p ON p.id = {_id(_SETS, "n")}
CROSS JOIN LATERAL generate_series(1, p.number_reps) AS rep
ORDER BY n, rep
"""
_LIFTS: Final = """
SELECT id FROM exercises WHERE measurement_type = 'weight_reps' AND owner_id IS NULL
ORDER BY name LIMIT $1
"""


async def crowd(database_url: str, people: int) -> list[UUID]:
    """Make accounts that only train."""
    connection = await asyncpg.connect(database_url)
    try:
        user_ids = [uuid4() for _ in range(people)]
        await connection.execute(_PEOPLE, user_ids)
        return user_ids
    finally:
        await connection.close()


async def train(database_url: str, user_ids: Sequence[UUID], sets: int) -> None:
    """Let accounts do so many sets each, of 5.5 repetitions on average."""
    connection = await asyncpg.connect(database_url, timeout=_SECONDS, command_timeout=_SECONDS)
    try:
        await _written(connection, list(user_ids), sets // SETS_PER_SESSION)
    finally:
        await connection.close()


async def look_again(database_url: str) -> None:
    """Bring the planner's figures up to date, as the database does by itself after a while."""
    connection = await asyncpg.connect(database_url, command_timeout=_SECONDS)
    try:
        await connection.execute("VACUUM ANALYZE")
    finally:
        await connection.close()


async def _written(connection: Any, user_ids: list[UUID], sessions: int) -> None:
    rows = await connection.fetch(_LIFTS, _EXERCISES)
    lifts, number = [row["id"] for row in rows], next(_numbers)
    sets = len(user_ids) * sessions * SETS_PER_SESSION
    # References are right by construction; checking six million rows takes longer than the rest.
    await connection.execute("SET session_replication_role = replica")
    await connection.execute(_TRAINED, number, user_ids, sessions)
    await connection.execute(_SETS_OF, number, lifts, sessions, len(user_ids))
    await connection.execute(_REPS_OF, number, sets)
    await connection.execute("VACUUM ANALYZE workout_sessions, performed_sets, performed_reps")
