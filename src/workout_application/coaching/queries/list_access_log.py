"""An athlete looks up which coach read or changed what of theirs."""

from dataclasses import dataclass, field

from workout_application.coaching.ports import AccessFilter, AccessLogReader
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, athlete, requires
from workout_shared.pages import CursorRequest, CursorSlice


@requires(athlete)
@dataclass(frozen=True, slots=True, kw_only=True)
class ListAccessLog(Query[CursorSlice[bytes]]):
    """Answers with ``AccessEntryView`` items, newest first."""

    where: AccessFilter = field(default_factory=AccessFilter)
    request: CursorRequest = field(default_factory=CursorRequest)


class ListAccessLogHandler:
    """Reads the athlete's own log."""

    def __init__(self, log: AccessLogReader) -> None:
        self._log = log

    async def handle(self, query: ListAccessLog, actor: Actor) -> CursorSlice[bytes]:
        """Read it."""
        return await self._log.run(query.where, query.request, visible_to=actor)
