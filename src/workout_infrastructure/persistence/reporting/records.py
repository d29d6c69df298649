"""Personal records, kept ones and those of sessions that are not rolled up yet."""

from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from workout_application.reporting.estimates import estimated_kg
from workout_application.reporting.figures import Listed
from workout_application.reporting.records import HeldRecord, RecordSearch
from workout_domain.kernel.load import KILOGRAMS_PER_POUND, MeasurementUnit
from workout_domain.reporting.records import MEASURED_IN_LOAD, MOST_COUNTED_REPS, RecordKind
from workout_infrastructure.persistence.database import DriverPool
from workout_infrastructure.persistence.reporting.figures import bounds
from workout_infrastructure.persistence.reporting.library import Library
from workout_infrastructure.persistence.reporting.sources import (
    CANDIDATE_COLUMNS,
    Reading,
    in_window,
    listed,
)
from workout_shared.pages import PageRequest

_ONE_KILOGRAM: Final = Decimal(1)
_COLUMNS: Final = (*CANDIDATE_COLUMNS, "previous_value", "is_current")
_WANTED: Final = f"""
    r.user_id = ANY ($1::uuid[]) AND ($2::uuid IS NULL OR r.exercise_id = $2)
    AND ($3::text[] IS NULL OR r.kind = ANY ($3)) AND {in_window("r", 4)}"""
_UNTOUCHED: Final = "r.exercise_id NOT IN (SELECT exercise_id FROM touched)"

_CURRENT: Final = f"""
    SELECT {listed(_COLUMNS, "r")} FROM personal_records r
    WHERE {_WANTED} AND r.is_current AND {_UNTOUCHED}
    UNION ALL SELECT {listed(_COLUMNS, "r")} FROM chain r WHERE {_WANTED} AND r.is_current
"""
# Records beaten before an exercise was touched stand as they are kept, unless the chain has all.
_EVER: Final = f"""
    SELECT {listed(_COLUMNS, "r")} FROM personal_records r WHERE {_WANTED} AND {_UNTOUCHED}
    UNION ALL
    SELECT {listed(_COLUMNS, "r")} FROM personal_records r JOIN turned t
    ON t.user_id = r.user_id AND t.exercise_id = r.exercise_id AND r.session_date < t.since
    WHERE {_WANTED} AND NOT r.is_current AND NOT t.looks_back
    UNION ALL SELECT {listed(_COLUMNS, "r")} FROM chain r WHERE {_WANTED}
"""
_LOADS: Final = ", ".join(f"'{kind}'" for kind in sorted(MEASURED_IN_LOAD))
# As clients see it: what estimates of a formula are told by, in their unit.
_TOLD: Final = f"""
    CASE WHEN r.kind = 'e1rm' THEN r.load_kg * ($10::numeric[])[r.load_reps] ELSE r.value END
    * CASE WHEN r.kind IN ({_LOADS}) THEN $11::numeric ELSE 1 END"""
# Records rise, so a value names the one that was beaten.
_BEATEN: Final = """
    SELECT b.load_kg, b.load_reps FROM (
        SELECT 1 AS place, c.load_kg, c.load_reps FROM chain c
        WHERE c.exercise_id = page.exercise_id AND c.kind = 'e1rm'
          AND c.value = page.previous_value
        UNION ALL
        SELECT 2, r.load_kg, r.load_reps FROM personal_records r
        WHERE r.user_id = page.user_id AND r.exercise_id = page.exercise_id AND r.kind = 'e1rm'
          AND r.value = page.previous_value
    ) b ORDER BY b.place LIMIT 1
"""
_TIES: Final = "session_id, exercise_id, kind, reps"
_LISTED: Final = f"""
listed AS MATERIALIZED ({{records}})
SELECT c.total, page.*, e.name AS exercise_name, p.load_kg AS previous_load_kg,
       p.load_reps AS previous_load_reps
FROM (SELECT count(*) AS total FROM listed) c LEFT JOIN (
    SELECT r.*, row_number() OVER (ORDER BY {{order}}, {_TIES}) AS place FROM listed r
    ORDER BY place LIMIT $8 OFFSET $9
) page ON true LEFT JOIN exercises e ON e.id = page.exercise_id
LEFT JOIN LATERAL ({_BEATEN}) p ON page.kind = 'e1rm'
ORDER BY page.place
"""
_NAME: Final = "(SELECT lower(e.name) FROM exercises e WHERE e.id = r.exercise_id)"
_ORDERS: Final = {
    "date": "session_date {0}",
    "value": f"{_TOLD} {{0}}",
    "exercise_name": f"{_NAME} {{0}}, session_date DESC",
}


def _by_order(records: str) -> dict[str, Reading]:
    reading = Reading.of(_LISTED.replace("{records}", records), with_records=True)
    return {
        f"{sign}{name}": reading.replaced("{order}", order.format(direction))
        for name, order in _ORDERS.items()
        for sign, direction in (("", "ASC"), ("-", "DESC"))
    }


_BY_VALUE: Final = ("value", "-value")
_LIST_CURRENT: Final = _by_order(_CURRENT)
_LIST_EVER: Final = _by_order(_EVER)


class SqlRecordReader:
    """Reads pages; unbeaten records have an index of their own, so history costs nothing."""

    def __init__(self, pool: DriverPool) -> None:
        self._library = Library(pool)

    async def records(
        self, user_id: UUID, search: RecordSearch, page: PageRequest
    ) -> Listed[HeldRecord]:
        """Return a page of records, the newest first unless sorted otherwise."""
        readings = _LIST_CURRENT if search.is_current else _LIST_EVER
        order = page.sort or "-date"
        rows = await self._library.read(
            readings[order],
            [user_id],
            search.exercise_id,
            search.kinds,
            *bounds(search.window),
            *(page.page_size, page.offset),
            *(_telling(search) if order in _BY_VALUE else ()),
        )
        return Listed(
            items=tuple(_record(row) for row in rows if row["exercise_id"] is not None),
            total=rows[0]["total"],
        )


def _telling(search: RecordSearch) -> tuple[object, ...]:
    """Return what a kilogram of so many repetitions is told as: values are sorted as shown."""
    factors = [
        estimated_kg(_ONE_KILOGRAM, reps, search.formula)
        for reps in range(1, MOST_COUNTED_REPS + 1)
    ]
    is_metric = search.unit == MeasurementUnit.KILOGRAMS
    return factors, _ONE_KILOGRAM if is_metric else _ONE_KILOGRAM / KILOGRAMS_PER_POUND


def _record(row: Any) -> HeldRecord:  # noqa: ANN401 - asyncpg's record
    return HeldRecord(
        exercise_id=row["exercise_id"],
        exercise_name=row["exercise_name"],
        kind=RecordKind(row["kind"]),
        reps=row["reps"],
        value=row["value"],
        previous=row["previous_value"],
        is_current=row["is_current"],
        set_id=row["set_id"],
        session_id=row["session_id"],
        local_date=row["local_date"],
        load_kg=row["load_kg"],
        load_reps=row["load_reps"],
        previous_load_kg=row["previous_load_kg"],
        previous_load_reps=row["previous_load_reps"],
    )
