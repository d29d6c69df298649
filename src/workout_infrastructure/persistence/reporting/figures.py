"""Figures of an account, added up from roll-ups and from whatever is not rolled up yet."""

from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from workout_application.reporting.figures import (
    Best,
    ExerciseFigures,
    Figures,
    Listed,
    OverallFigures,
)
from workout_application.reporting.questions import Window
from workout_infrastructure.persistence.database import DriverPool
from workout_infrastructure.persistence.reporting.library import Library
from workout_infrastructure.persistence.reporting.sources import (
    NOT_STALE,
    ROLLUP_COLUMNS,
    Reading,
    in_window,
    listed,
    negated,
    summed,
)
from workout_infrastructure.persistence.reporting.tables import COUNTS, FIGURES, SUMS
from workout_shared.pages import PageRequest

_SESSION: Final = "1 AS sessions, {row}.is_completed::integer AS completed_sessions, {row}.minutes"
_KEPT_SESSION: Final = f"{_SESSION.format(row='k')}, {listed(FIGURES, 'k')}"
_FRESH_SESSION: Final = f"{_SESSION.format(row='f')}, {listed(FIGURES, 'f')}"

_ALL_SESSIONS: Final = f"""
    SELECT t.sessions, t.completed_sessions, t.minutes, {listed(FIGURES, "t")}
    FROM training_totals t WHERE t.user_id = ANY ($1::uuid[])
    UNION ALL
    SELECT -1, -k.is_completed::integer, -k.minutes, {negated("k")}
    FROM stale JOIN session_rollups k ON k.session_id = stale.session_id
    UNION ALL SELECT {_FRESH_SESSION} FROM fresh_sessions f
"""
_SESSIONS_WITHIN: Final = f"""
    SELECT {_KEPT_SESSION} FROM session_rollups k
    WHERE k.user_id = ANY ($1::uuid[]) AND {in_window("k", 2)} AND {NOT_STALE}
    UNION ALL SELECT {_FRESH_SESSION} FROM fresh_sessions f WHERE {in_window("f", 2)}
"""
_SESSIONS_WITH_EXERCISE: Final = f"""
    SELECT {_SESSION.format(row="s")}, {listed(FIGURES, "k")}
    FROM exercise_rollups k JOIN session_rollups s ON s.session_id = k.session_id
    WHERE k.user_id = ANY ($1::uuid[]) AND {in_window("k", 2)} AND {NOT_STALE}
      AND k.exercise_id = $6::uuid
    UNION ALL
    SELECT {_SESSION.format(row="s")}, {listed(FIGURES, "f")}
    FROM fresh f JOIN fresh_sessions s ON s.session_id = f.session_id
    WHERE {in_window("f", 2)} AND f.exercise_id = $6::uuid
"""


def _overall(parts: str) -> Reading:
    return Reading.of(f"""
parts AS ({parts})
SELECT coalesce(sum(p.sessions), 0)::integer AS sessions,
       coalesce(sum(p.completed_sessions), 0)::integer AS completed_sessions,
       coalesce(sum(p.minutes), 0) AS minutes, {summed("p")} FROM parts p
""")


_OVERALL_EVER: Final = _overall(_ALL_SESSIONS)
_OVERALL_WITHIN: Final = _overall(_SESSIONS_WITHIN)
_OVERALL_OF_EXERCISE: Final = _overall(_SESSIONS_WITH_EXERCISE)

# Without a window the totals do; with one, the sessions inside it are added up.
_EXERCISES_EVER: Final = f"""
parts AS (
    SELECT t.exercise_id, t.sessions, {listed(FIGURES, "t")}
    FROM exercise_totals t WHERE t.user_id = ANY ($1::uuid[])
    UNION ALL
    SELECT k.exercise_id, -1, {negated("k")}
    FROM stale JOIN exercise_rollups k ON k.session_id = stale.session_id
    UNION ALL SELECT f.exercise_id, 1, {listed(FIGURES, "f")} FROM fresh f
), done AS (
    SELECT p.exercise_id, sum(p.sessions)::integer AS sessions, {summed("p")}
    FROM parts p GROUP BY p.exercise_id HAVING sum(p.sessions) > 0
), spans AS (
    SELECT t.exercise_id, t.last_date FROM exercise_totals t
    WHERE t.user_id = ANY ($1::uuid[])
      AND t.exercise_id NOT IN (SELECT exercise_id FROM touched)
    UNION ALL
    (SELECT DISTINCT ON (l.exercise_id) l.exercise_id, l.local_date FROM (
        SELECT x.exercise_id, last.* FROM touched x CROSS JOIN LATERAL (
            SELECT k.local_date, k.session_date, k.session_id FROM exercise_rollups k
            WHERE k.user_id = x.user_id AND k.exercise_id = x.exercise_id AND {NOT_STALE}
            ORDER BY k.session_date DESC, k.session_id DESC LIMIT 1) last
        UNION ALL SELECT f.exercise_id, f.local_date, f.session_date, f.session_id FROM fresh f
    ) l ORDER BY l.exercise_id, l.session_date DESC, l.session_id DESC)
), bests AS (
    SELECT r.exercise_id, r.kind, r.value, r.set_id, r.session_id, r.local_date, r.load_kg,
           r.load_reps
    FROM personal_records r
    WHERE r.user_id = ANY ($1::uuid[]) AND r.is_current AND r.kind IN ('weight', 'e1rm')
      AND r.exercise_id NOT IN (SELECT exercise_id FROM touched)
    UNION ALL
    SELECT exercise_id, kind, value, set_id, session_id, local_date, load_kg, load_reps
    FROM chain WHERE is_current AND kind IN ('weight', 'e1rm')
)
"""
_EXERCISES_WITHIN: Final = f"""
parts AS (
    SELECT {listed(ROLLUP_COLUMNS, "k")} FROM exercise_rollups k
    WHERE k.user_id = ANY ($1::uuid[]) AND {in_window("k", 5)} AND {NOT_STALE}
    UNION ALL SELECT {listed(ROLLUP_COLUMNS, "f")} FROM fresh f WHERE {in_window("f", 5)}
), done AS (
    SELECT p.exercise_id, count(*)::integer AS sessions, {summed("p")}
    FROM parts p GROUP BY p.exercise_id
), spans AS (
    SELECT exercise_id,
           (array_agg(local_date ORDER BY session_date DESC, session_id DESC))[1] AS last_date
    FROM parts GROUP BY exercise_id
), bests AS (
    (SELECT DISTINCT ON (exercise_id) exercise_id, 'weight' AS kind, best_kg AS value,
            best_kg_set_id AS set_id, session_id, local_date, NULL::numeric AS load_kg,
            NULL::integer AS load_reps
     FROM parts WHERE best_kg > 0
     ORDER BY exercise_id, best_kg DESC, session_date, session_id)
    UNION ALL
    (SELECT DISTINCT ON (exercise_id) exercise_id, 'e1rm', best_e1rm_kg, best_e1rm_set_id,
            session_id, local_date, best_e1rm_load_kg, best_e1rm_reps
     FROM parts WHERE best_e1rm_kg > 0
     ORDER BY exercise_id, best_e1rm_kg DESC, session_date, session_id)
)
"""
_LISTED: Final = """
listed AS (
    SELECT d.*, e.name AS exercise_name, s.last_date,
           d.successful_reps::numeric / nullif(d.successful_reps + d.failed_reps, 0)
               AS success_rate,
           w.value AS weight_value, w.set_id AS weight_set_id, w.session_id AS weight_session_id,
           w.local_date AS weight_date,
           m.value AS e1rm_value, m.set_id AS e1rm_set_id, m.session_id AS e1rm_session_id,
           m.local_date AS e1rm_date, m.load_kg AS e1rm_load_kg, m.load_reps AS e1rm_load_reps
    FROM done d JOIN exercises e ON e.id = d.exercise_id
    JOIN spans s ON s.exercise_id = d.exercise_id
    LEFT JOIN bests w ON w.exercise_id = d.exercise_id AND w.kind = 'weight'
    LEFT JOIN bests m ON m.exercise_id = d.exercise_id AND m.kind = 'e1rm'
    WHERE $2::uuid IS NULL OR d.exercise_id = $2
)
SELECT c.total, page.* FROM (
    SELECT count(*) AS total FROM listed
) c LEFT JOIN (
    SELECT * FROM listed ORDER BY {order}, exercise_id LIMIT $3 OFFSET $4
) page ON true ORDER BY {order}, exercise_id
"""
_ORDERS: Final = {
    "exercise_name": "lower(exercise_name)",
    "last_done": "last_date",
    "sessions": "sessions",
    "sets": "working_sets + warm_up_sets",
    "volume": "tonnage_kg",
    "best_weight": "weight_value",
    "best_e1rm": "e1rm_value",
    "success_rate": "success_rate",
}


def _exercises(parts: str, *, with_records: bool) -> dict[str, Reading]:
    # Ids break ties, so that pages neither repeat nor leave out.
    reading = Reading.of(f"{parts}, {_LISTED}", with_records=with_records)
    return {
        f"{sign}{name}": reading.replaced("{order}", f"{by} {direction} NULLS LAST")
        for name, by in _ORDERS.items()
        for sign, direction in (("", "ASC"), ("-", "DESC"))
    }


_LIST_EVER: Final = _exercises(_EXERCISES_EVER, with_records=True)
_LIST_WITHIN: Final = _exercises(_EXERCISES_WITHIN, with_records=False)


class SqlFigureReader:
    """Adds up; each report is one statement, so that its parts agree with one another."""

    def __init__(self, pool: DriverPool) -> None:
        self._library = Library(pool)

    async def overall(
        self, user_id: UUID, window: Window, exercise_id: UUID | None
    ) -> OverallFigures:
        """Return everything within a window, or all of one exercise in it."""
        if exercise_id is not None:
            reading, arguments = _OVERALL_OF_EXERCISE, (*bounds(window), exercise_id)
        elif window.is_everything:
            reading, arguments = _OVERALL_EVER, ()
        else:
            reading, arguments = _OVERALL_WITHIN, bounds(window)
        (row,) = await self._library.read(reading, [user_id], *arguments)
        return OverallFigures(
            sessions=row["sessions"],
            completed_sessions=row["completed_sessions"],
            minutes=row["minutes"],
            figures=figures(row),
        )

    async def exercises(
        self, user_id: UUID, window: Window, exercise_id: UUID | None, page: PageRequest
    ) -> Listed[ExerciseFigures]:
        """Return a page of exercises, those done last first unless sorted otherwise."""
        order = page.sort or "-last_done"
        asked = exercise_id, page.page_size, page.offset
        if window.is_everything:
            rows = await self._library.read(_LIST_EVER[order], [user_id], *asked)
        else:
            rows = await self._library.read(_LIST_WITHIN[order], [user_id], *asked, *bounds(window))
        return Listed(
            items=tuple(_exercise(row) for row in rows if row["exercise_id"] is not None),
            total=rows[0]["total"],
        )


def bounds(window: Window) -> tuple[object, ...]:
    """Return a window as the parameters of ``in_window``."""
    return window.from_day, window.to_day, window.from_instant, window.to_instant


def figures(row: Any) -> Figures:  # noqa: ANN401 - asyncpg's record
    """Read the sums of a row; those of nothing are zero."""
    counts: dict[str, Any] = {name: row[name] or 0 for name in COUNTS}
    sums: dict[str, Any] = {name: row[name] or Decimal() for name in SUMS}
    return Figures(**counts, **sums)


def _exercise(row: Any) -> ExerciseFigures:  # noqa: ANN401 - as above
    return ExerciseFigures(
        exercise_id=row["exercise_id"],
        exercise_name=row["exercise_name"],
        sessions=row["sessions"],
        last_date=row["last_date"],
        figures=figures(row),
        best_weight=_best(row, "weight"),
        best_e1rm=_best(row, "e1rm"),
    )


def _best(row: Any, name: str) -> Best | None:  # noqa: ANN401 - as above
    if row[f"{name}_value"] is None:
        return None
    return Best(
        value=row[f"{name}_value"],
        set_id=row[f"{name}_set_id"],
        session_id=row[f"{name}_session_id"],
        local_date=row[f"{name}_date"],
        load_kg=row["e1rm_load_kg"] if name == "e1rm" else None,
        load_reps=row["e1rm_load_reps"] if name == "e1rm" else None,
    )
