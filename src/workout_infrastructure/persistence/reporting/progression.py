"""One exercise over time: points of roll-ups and of sessions that are not rolled up yet."""

from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from workout_application.reporting.figures import Best, Listed
from workout_application.reporting.progression import Grouping, ProgressionSearch, ProgressPoint
from workout_infrastructure.persistence.database import DriverPool
from workout_infrastructure.persistence.reporting.figures import bounds, figures
from workout_infrastructure.persistence.reporting.library import Library
from workout_infrastructure.persistence.reporting.sources import (
    NOT_STALE,
    ROLLUP_COLUMNS,
    Reading,
    in_window,
    listed,
    summed,
)
from workout_infrastructure.persistence.reporting.tables import FIGURES
from workout_shared.pages import PageRequest

# An equality, unlike one of several accounts, lets the index give the order too.
_ONE_ACCOUNT: Final = "user_id = ($1::uuid[])[1]"
_KEPT: Final = f"""
    SELECT {listed(ROLLUP_COLUMNS, "k")} FROM exercise_rollups k
    WHERE k.{_ONE_ACCOUNT} AND k.exercise_id = $2::uuid AND {in_window("k", 3)} AND {NOT_STALE}"""
_FRESH: Final = f"""
    SELECT {listed(ROLLUP_COLUMNS, "f")} FROM fresh f
    WHERE f.exercise_id = $2::uuid AND {in_window("f", 3)}"""
_DONE: Final = f"{_KEPT} UNION ALL {_FRESH}"
# Of what is kept no more than up to the end of the page is read, along the index.
_UP_TO_PAGE: Final = f"""
    ({_KEPT} ORDER BY {{order}} LIMIT $7::bigint + $8::bigint) UNION ALL {_FRESH}"""
_SESSIONS: Final = f"""
    SELECT d.local_date AS day, d.session_date, d.session_id, 1 AS sessions,
           {listed(FIGURES, "d")},
           d.best_kg, d.best_kg_set_id, d.session_id AS best_kg_session_id,
           d.local_date AS best_kg_date,
           d.best_e1rm_kg, d.best_e1rm_load_kg, d.best_e1rm_reps, d.best_e1rm_set_id,
           d.session_id AS best_e1rm_session_id, d.local_date AS best_e1rm_date
    FROM ({{done}}) d
"""


def _first(column: str, by: str) -> str:
    order = f"{by} DESC NULLS LAST, session_date, session_id"
    return f"(array_agg({column} ORDER BY {order}))[1]"


_OF_WEIGHT: Final = ("best_kg", "best_kg_set_id", "best_kg_session_id", "best_kg_date")
_OF_E1RM: Final = (
    *("best_e1rm_kg", "best_e1rm_load_kg", "best_e1rm_reps"),
    *("best_e1rm_set_id", "best_e1rm_session_id", "best_e1rm_date"),
)
_PERIODS: Final = f"""
    SELECT date_trunc('{{period}}', d.day)::date AS day, max(d.session_date) AS session_date,
           (array_agg(d.session_id ORDER BY d.session_date DESC, d.session_id DESC))[1]
               AS session_id,
           sum(d.sessions)::integer AS sessions, {summed("d")},
           {", ".join(f"{_first(one, 'best_kg')} AS {one}" for one in _OF_WEIGHT)},
           {", ".join(f"{_first(one, 'best_e1rm_kg')} AS {one}" for one in _OF_E1RM)}
    FROM ({_SESSIONS.replace("{done}", _DONE)}) d GROUP BY 1
"""
_POINTS: Final = {
    Grouping.SESSION: _SESSIONS.replace("{done}", _UP_TO_PAGE),
    Grouping.WEEK: _PERIODS.replace("{period}", "week"),
    Grouping.MONTH: _PERIODS.replace("{period}", "month"),
}
_ORDERS: Final = {
    Grouping.SESSION: "session_date {0}, session_id {0}",
    Grouping.WEEK: "day {0}",
    Grouping.MONTH: "day {0}",
}
# Of all time there is a total; of a period its sessions are counted.
_EVER: Final = f"""
    SELECT coalesce((SELECT t.sessions FROM exercise_totals t
                     WHERE t.{_ONE_ACCOUNT} AND t.exercise_id = $2::uuid), 0)
         - (SELECT count(*) FROM stale JOIN exercise_rollups k
            ON k.session_id = stale.session_id AND k.exercise_id = $2::uuid)
         + (SELECT count(*) FROM fresh f WHERE f.exercise_id = $2::uuid)"""
_COUNTED: Final = "SELECT count(*) FROM points"
_WITHIN: Final = f"SELECT count(*) FROM ({_DONE}) d"
# What stands after each point: records rise, so the highest one up to it is what stands.
_STANDING: Final = f"""
records AS (
    SELECT r.session_date, r.session_id, r.kind, r.value, r.load_kg, r.load_reps
    FROM personal_records r
    WHERE r.{_ONE_ACCOUNT} AND r.exercise_id = $2::uuid AND r.kind IN ('weight', 'e1rm')
      AND NOT EXISTS (SELECT FROM turned t
                      WHERE t.exercise_id = r.exercise_id AND t.since <= r.session_date)
    UNION ALL
    SELECT r.session_date, r.session_id, r.kind, r.value, r.load_kg, r.load_reps
    FROM chain r WHERE r.exercise_id = $2::uuid AND r.kind IN ('weight', 'e1rm')
), standing AS (
    SELECT s.session_id, s.is_point, max(s.weight) OVER so_far AS record_kg,
           max(s.estimate) OVER so_far AS record_estimate
    FROM (
        SELECT session_date, session_id, true AS is_point, NULL::numeric AS weight,
               NULL::numeric[] AS estimate
        FROM page
        UNION ALL
        SELECT session_date, session_id, false, CASE WHEN kind = 'weight' THEN value END,
               CASE WHEN kind = 'e1rm' THEN ARRAY[value, load_kg, load_reps] END
        FROM records
    ) s WINDOW so_far AS (ORDER BY s.session_date, s.session_id)
)
"""
_LIFTS: Final = """
    SELECT lifted.session_id, array_agg(lifted.kg) AS kgs, array_agg(lifted.reps) AS counts FROM (
        SELECT p.session_id, r.effective_kg AS kg, count(*)::integer AS reps
        FROM page
        JOIN performed_sets p ON p.session_id = page.session_id AND p.exercise_id = $2::uuid
            AND p.deleted_at IS NULL
        JOIN set_types t ON t.id = p.set_type_id AND NOT t.is_warm_up
        JOIN performed_reps r ON r.set_id = p.id AND r.success AND r.effective_kg IS NOT NULL
        WHERE p.duration_seconds IS NULL AND p.distance_meters IS NULL
        GROUP BY p.session_id, r.effective_kg
    ) lifted GROUP BY lifted.session_id
"""
_NO_LIFTS: Final = "SELECT NULL::uuid AS session_id, NULL::numeric[] AS kgs, NULL::int[] AS counts"


def _reading(grouping: Grouping, direction: str, *, is_ever: bool, has_lifts: bool) -> Reading:
    order = _ORDERS[grouping].format(direction)
    of_sessions = _EVER if is_ever else _WITHIN
    total = of_sessions if grouping is Grouping.SESSION else _COUNTED
    return Reading.of(
        f"""
points AS NOT MATERIALIZED ({_POINTS[grouping].replace("{order}", order)}), page AS MATERIALIZED (
    SELECT * FROM points ORDER BY {order} LIMIT $7 OFFSET $8
), {_STANDING}
SELECT c.total, p.* FROM (SELECT ({total})::bigint AS total) c LEFT JOIN (
    SELECT page.*, e.name AS exercise_name, s.record_kg, s.record_estimate, l.kgs, l.counts
    FROM page JOIN exercises e ON e.id = $2::uuid
    JOIN standing s ON s.is_point AND s.session_id = page.session_id
    LEFT JOIN ({_LIFTS if has_lifts else _NO_LIFTS}) l ON l.session_id = page.session_id
) p ON true ORDER BY {order}
""",
        with_records=True,
    )


_PAGES: Final = {
    (grouping, sort, is_ever): _reading(
        grouping, direction, is_ever=is_ever, has_lifts=grouping is Grouping.SESSION
    )
    for grouping in Grouping
    for sort, direction in (("date", "ASC"), ("-date", "DESC"))
    for is_ever in (True, False)
}
_LINES: Final = {
    grouping: _reading(grouping, "DESC", is_ever=True, has_lifts=False) for grouping in Grouping
}


class SqlProgressionReader:
    """Reads pages along an index; only single sessions on a page are looked at themselves."""

    def __init__(self, pool: DriverPool) -> None:
        self._library = Library(pool)

    async def points(
        self, user_id: UUID, search: ProgressionSearch, page: PageRequest
    ) -> Listed[ProgressPoint]:
        """Return a page of points in the order of time, or against it; sessions have ``lifts``."""
        reading = _PAGES[search.grouping, page.sort or "date", search.window.is_everything]
        rows = await self._read(reading, user_id, search, page.page_size, page.offset)
        return Listed(items=_points(rows, search.grouping), total=rows[0]["total"])

    async def line(
        self, user_id: UUID, search: ProgressionSearch, most: int
    ) -> tuple[ProgressPoint, ...]:
        """Return the newest points, the earliest of them first, without ``lifts``."""
        rows = await self._read(_LINES[search.grouping], user_id, search, most, 0)
        return _points(rows, search.grouping)[::-1]

    async def _read(
        self, reading: Reading, user_id: UUID, search: ProgressionSearch, limit: int, offset: int
    ) -> list[Any]:
        return await self._library.read(
            reading, [user_id], search.exercise_id, *bounds(search.window), limit, offset
        )


def _points(rows: list[Any], grouping: Grouping) -> tuple[ProgressPoint, ...]:
    is_session = grouping is Grouping.SESSION
    return tuple(_point(row, is_session=is_session) for row in rows if row["day"] is not None)


def _point(row: Any, *, is_session: bool) -> ProgressPoint:  # noqa: ANN401 - asyncpg's record
    estimate = row["record_estimate"]
    return ProgressPoint(
        exercise_name=row["exercise_name"],
        day=row["day"],
        session_date=row["session_date"],
        session_id=row["session_id"] if is_session else None,
        sessions=row["sessions"],
        figures=figures(row),
        best_weight=_best(row, "best_kg", row["best_kg"]),
        best_e1rm=_best(
            row,
            "best_e1rm",
            row["best_e1rm_kg"],
            load_kg=row["best_e1rm_load_kg"],
            load_reps=row["best_e1rm_reps"],
        ),
        record_weight=row["record_kg"],
        record_e1rm=None if estimate is None else (estimate[1], int(estimate[2])),
        lifts=tuple(zip(row["kgs"] or (), row["counts"] or (), strict=True)),
    )


def _best(
    row: Any,  # noqa: ANN401 - as above
    name: str,
    value: Decimal | None,
    *,
    load_kg: Decimal | None = None,
    load_reps: int | None = None,
) -> Best | None:
    if value is None:
        return None
    return Best(
        value=value,
        set_id=row[f"{name}_set_id"],
        session_id=row[f"{name}_session_id"],
        local_date=row[f"{name}_date"],
        load_kg=load_kg,
        load_reps=load_reps,
    )
