"""An administrator reads the audit log."""

from dataclasses import dataclass, field

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, admin, requires
from workout_application.platform.ports import AuditFilter, AuditLog
from workout_shared.pages import CursorRequest, CursorSlice


@requires(admin)
@dataclass(frozen=True, slots=True, kw_only=True)
class ListAuditEntries(Query[CursorSlice[bytes]]):
    """Answers with ``AuditEntryView`` items, newest first."""

    page: CursorRequest = field(default_factory=CursorRequest)
    where: AuditFilter = field(default_factory=AuditFilter)


class ListAuditEntriesHandler:
    """Reads them."""

    def __init__(self, log: AuditLog) -> None:
        self._log = log

    async def handle(self, query: ListAuditEntries, _actor: Actor) -> CursorSlice[bytes]:
        """Read them."""
        return await self._log.run(query.where, query.page)
