"""Attempts to sign in, for display, and forgotten after their time."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from workout_application.encoding import encode
from workout_application.identity.ports import LoginFilter
from workout_application.identity.views import LoginView
from workout_infrastructure.persistence.database import DriverPool
from workout_infrastructure.persistence.json_sql import instant
from workout_infrastructure.persistence.lists import SqlList
from workout_infrastructure.persistence.unit_of_work import CurrentWork
from workout_shared.pages import Page, PageRequest

_COLUMNS = """
h.id, h.user_id, h.login_time, h.ip_address, h.user_agent, h.device_type, h.platform, h.method,
h.is_successful, h.failure, h.marks, h.locked_until
"""
LOGIN_JSON: Final = f"""
json_build_object('id', h.id, 'user_id', h.user_id, 'login_time', {instant("h.login_time")},
    'ip_address', h.ip_address, 'user_agent', h.user_agent, 'device_type', h.device_type,
    'platform', h.platform, 'method', h.method, 'is_successful', h.is_successful,
    'failure', h.failure, 'marks', h.marks, 'locked_until', {instant("h.locked_until")})
"""
_CONDITIONS: Final = {
    "user_id": "h.user_id = {0}::uuid",
    "is_successful": "h.is_successful = {0}::boolean",
    "ip_address": "h.ip_address = {0}::text",
    "from_date": "h.login_time >= {0}::timestamptz",
    "to_date": "h.login_time <= {0}::timestamptz",
}
_SORTS: Final = {
    "login_time": "h.login_time ASC, h.id ASC",
    "-login_time": "h.login_time DESC, h.id DESC",
}
_DELETE_BEFORE = """
WITH old AS (
    SELECT id FROM login_history WHERE login_time < $1::timestamptz
    ORDER BY login_time LIMIT $2 FOR UPDATE SKIP LOCKED
), gone AS (DELETE FROM login_history h USING old WHERE h.id = old.id RETURNING 1)
SELECT count(*) FROM gone
"""


class SqlLoginHistory:
    """Reads attempts to sign in."""

    def __init__(self, pool: DriverPool) -> None:
        self._list = SqlList(
            pool,
            columns=_COLUMNS,
            table="login_history",
            alias="h",
            newest_by="login_time",
            sorts=_SORTS,
            conditions=_CONDITIONS,
            shown=_shown,
            can_be_deleted=False,
        )

    async def page(self, wanted: LoginFilter, request: PageRequest) -> Page[bytes]:
        """Return ``LoginView`` items."""
        given = ((name, getattr(wanted, name)) for name in _CONDITIONS)
        return await self._list.page(
            tuple((name, (value,)) for name, value in given if value is not None), request
        )


class SqlOldLogins:
    """Attempts to sign in from long ago."""

    def __init__(self, work: CurrentWork) -> None:
        self._work = work

    async def delete_before(self, moment: datetime, *, limit: int) -> int:
        """Delete a batch of them."""
        row = await self._work().fetchrow(_DELETE_BEFORE, moment, limit)
        return int(row["count"])


def _shown(row: Mapping[str, Any]) -> bytes:
    return encode(LoginView(**row))
