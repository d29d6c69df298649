"""Lists on the bare driver: narrowed by named conditions, cut by page or by cursor."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

from workout_infrastructure.persistence.cursors import instant_cursor, read_instant_cursor
from workout_infrastructure.persistence.database import DriverPool
from workout_shared.pages import CursorRequest, CursorSlice, Page, PageRequest

Narrowing = tuple[tuple[str, tuple[object, ...]], ...]
"""Names of conditions with their arguments, in order."""

_CURSOR: Final = "cursor"


class SqlList:
    """
    One kind of list: its columns, its table, and the conditions it may be narrowed by.

    ``can_be_deleted`` tells whether rows of the table are marked when they are deleted.
    A condition is SQL with ``{0}``, ``{1}`` … for its arguments. Statements are put together once
    per combination of conditions, so that the driver's cache of prepared statements serves them.
    """

    def __init__(
        self,
        pool: DriverPool,
        *,
        columns: str,
        table: str,
        alias: str,
        newest_by: str,
        sorts: Mapping[str, str],
        conditions: Mapping[str, str],
        shown: Callable[[Mapping[str, Any]], bytes],
        can_be_deleted: bool = True,
    ) -> None:
        self._pool, self._shown = pool, shown
        self._columns, self._source, self._alias = columns, f"{table} {alias}", alias
        self._newest_by, self._sorts = newest_by, sorts
        self._always = [f"{alias}.deleted_at IS NULL"] if can_be_deleted else []
        behind = f"({alias}.{newest_by}, {alias}.id) < ({{0}}::timestamptz, {{1}}::uuid)"
        self._conditions = {**conditions, _CURSOR: behind}
        self._statement = lru_cache(maxsize=512)(self._put_together)

    async def page(self, narrowing: Narrowing, request: PageRequest) -> Page[bytes]:
        """Return a numbered page and the total it was cut from."""
        names, arguments = _apart(narrowing)
        order = self._sorts[request.sort or f"-{self._newest_by}"]
        count = await self._pool.fetchrow(
            self._statement(names, "count(*) AS total", ""), *arguments
        )
        tail = f"ORDER BY {order} LIMIT {{0}} OFFSET {{1}}"
        rows = await self._pool.fetch(
            self._statement(names, self._columns, tail),
            *arguments,
            request.page_size,
            request.offset,
        )
        return Page(
            items=[self._shown(row) for row in rows],
            page=request.page,
            page_size=request.page_size,
            total_items=count["total"],
        )

    async def run(self, narrowing: Narrowing, request: CursorRequest) -> CursorSlice[bytes]:
        """Return the run after a cursor, newest first; its cost does not grow with the list."""
        if request.cursor:
            narrowing = (*narrowing, (_CURSOR, read_instant_cursor(request.cursor)))
        names, arguments = _apart(narrowing)
        newest = f"{self._alias}.{self._newest_by} DESC, {self._alias}.id DESC"
        statement = self._statement(names, self._columns, f"ORDER BY {newest} LIMIT {{0}}")
        rows = await self._pool.fetch(statement, *arguments, request.limit + 1)
        kept, has_next = rows[: request.limit], len(rows) > request.limit
        following = instant_cursor(kept[-1][self._newest_by], kept[-1]["id"]) if has_next else None
        return CursorSlice(
            items=[self._shown(row) for row in kept], limit=request.limit, next_cursor=following
        )

    async def one(self, narrowing: Narrowing, columns: str) -> Any:  # noqa: ANN401 - a row or None
        """Return the first row under the conditions, or None."""
        names, arguments = _apart(narrowing)
        return await self._pool.fetchrow(self._statement(names, columns, ""), *arguments)

    def _put_together(self, names: tuple[str, ...], columns: str, tail: str) -> str:
        number, conditions = 1, [*self._always]
        for name in names:
            text, used = _numbered(self._conditions[name], number)
            conditions.append(text)
            number += used
        where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
        return f"SELECT {columns} FROM {self._source} {where} {_numbered(tail, number)[0]}"


def _numbered(template: str, first: int) -> tuple[str, int]:
    used = 0
    while f"{{{used}}}" in template:
        template = template.replace(f"{{{used}}}", f"${first + used}")
        used += 1
    return template, used


def _apart(narrowing: Narrowing) -> tuple[tuple[str, ...], tuple[object, ...]]:
    names = tuple(name for name, _ in narrowing)
    return names, tuple(argument for _, arguments in narrowing for argument in arguments)
