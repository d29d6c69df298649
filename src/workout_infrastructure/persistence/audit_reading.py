"""The audit log for display, and forgotten after its time."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from workout_application.encoding import encode, raw
from workout_application.platform.ports import AuditFilter
from workout_application.platform.views import AuditEntryView
from workout_infrastructure.persistence.database import DriverPool
from workout_infrastructure.persistence.lists import SqlList
from workout_infrastructure.persistence.unit_of_work import CurrentWork
from workout_shared.pages import CursorRequest, CursorSlice

_COLUMNS = """
a.id, a.occurred_at, a.action, a.actor_id,
(SELECT u.first_name || ' ' || u.last_name FROM users u
 WHERE u.id = a.actor_id AND u.deleted_at IS NULL) AS actor_name,
a.subject_id, a.ip_address, a.correlation_id, a.details::text AS details
"""
_CONDITIONS: Final = {
    "actor_id": "a.actor_id = {0}::uuid",
    "subject_id": "a.subject_id = {0}::uuid",
    "action": "a.action = {0}::text",
    "from_date": "a.occurred_at >= {0}::timestamptz",
    "to_date": "a.occurred_at <= {0}::timestamptz",
}
_DELETE_BEFORE = """
WITH old AS (
    SELECT id FROM audit_log WHERE occurred_at < $1::timestamptz
    ORDER BY occurred_at LIMIT $2 FOR UPDATE SKIP LOCKED
), gone AS (DELETE FROM audit_log a USING old WHERE a.id = old.id RETURNING 1)
SELECT count(*) FROM gone
"""


class SqlAuditLog:
    """Reads entries on the read road, and drops old ones inside a command."""

    def __init__(self, work: CurrentWork, pool: DriverPool) -> None:
        self._work = work
        self._list = SqlList(
            pool,
            columns=_COLUMNS,
            table="audit_log",
            alias="a",
            newest_by="occurred_at",
            sorts={},
            conditions=_CONDITIONS,
            shown=_shown,
            can_be_deleted=False,
        )

    async def run(self, wanted: AuditFilter, request: CursorRequest) -> CursorSlice[bytes]:
        """Return ``AuditEntryView`` items, newest first."""
        given = ((name, getattr(wanted, name)) for name in _CONDITIONS)
        return await self._list.run(
            tuple((name, (value,)) for name, value in given if value is not None), request
        )

    async def delete_before(self, moment: datetime, *, limit: int) -> int:
        """Delete a batch of old entries."""
        row = await self._work().fetchrow(_DELETE_BEFORE, moment, limit)
        return int(row["count"])


def _shown(row: Mapping[str, Any]) -> bytes:
    return encode(AuditEntryView(**{**row, "details": raw(row["details"])}))
