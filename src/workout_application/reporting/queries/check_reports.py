"""An operator asks whether roll-ups are what they should be."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, requires, system
from workout_application.reporting.ports import Difference, ReportChecking

SESSIONS_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What one batch showed; ``last`` is None once nobody is left."""

    accounts: int
    differences: list[Difference]
    last: UUID | None


@requires(system)
@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReports(Query[Checked]):
    """Checks one account, or the next accounts after one of them, about 2,000 sessions at once."""

    user_id: UUID | None = None
    after: UUID | None = None


class CheckReportsHandler:
    """Checks a batch."""

    def __init__(self, checking: ReportChecking) -> None:
        self._checking = checking

    async def handle(self, query: CheckReports, _actor: Actor) -> Checked:
        """Check it."""
        if query.user_id is not None:
            users = [query.user_id]
        else:
            users = await self._checking.batch(query.after, SESSIONS_AT_ONCE)
        differences = await self._checking.differences(users) if users else []
        is_last = query.user_id is not None or not users
        return Checked(
            accounts=len(users), differences=differences, last=None if is_last else users[-1]
        )
