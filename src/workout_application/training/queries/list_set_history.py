"""Somebody reads what a set said before it was corrected or taken out."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, requires, signed_in
from workout_application.training.policies import SetHistoryGuard
from workout_application.training.ports import SetHistoryReader


@dataclass(frozen=True, slots=True)
class KeptRevisions:
    """``SetRevisionView`` as JSON, newest first; ``last`` is where a cut run ended."""

    items: list[bytes]
    last: int | None


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class ListSetHistory(Query[KeptRevisions]):
    """Answers with at most ``limit`` revisions before a sequence."""

    set_id: UUID
    before: int
    limit: int


class ListSetHistoryHandler:
    """Reads them for the owner, also of a removed set, and for a coach who may see sessions."""

    def __init__(self, history: SetHistoryReader, guard: SetHistoryGuard) -> None:
        self._history, self._guard = history, guard

    async def handle(self, query: ListSetHistory, actor: Actor) -> KeptRevisions:
        """Read them."""
        await self._guard.admit(actor, query.set_id, "list_set_history")
        found = await self._history.before(query.set_id, query.before, query.limit + 1)
        shown = found[: query.limit]
        is_cut = len(found) > query.limit
        return KeptRevisions([item for _, item in shown], shown[-1][0] if is_cut else None)
