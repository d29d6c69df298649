"""A copy of all that is held about one account: parts of all contexts, read as of one moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from workout_infrastructure.persistence.unit_of_work import CurrentWork

# It must come before anything is read.
_SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"


@dataclass(frozen=True, slots=True)
class Part:
    """
    One section of the copy: its name, and SQL for the account ``$1`` that gives JSON as ``item``.

    A list has a row for every item; another part has exactly one row.
    """

    name: str
    sql: str
    is_list: bool = True


class SqlPersonalData:
    """Reads the parts inside the command in progress."""

    def __init__(self, work: CurrentWork, parts: Sequence[Part]) -> None:
        self._work, self._parts = work, parts

    async def of(self, user_id: UUID) -> dict[str, bytes]:
        """Return each section as JSON that PostgreSQL has written."""
        await self._work().execute(_SNAPSHOT)
        return {part.name: await self._read(part, user_id) for part in self._parts}

    async def _read(self, part: Part, user_id: UUID) -> bytes:
        items = [row["item"].encode() for row in await self._work().fetch(part.sql, user_id)]
        if part.is_list:
            return b"[" + b",".join(items) + b"]"
        (item,) = items
        return bytes(item)
