"""Reports, kept per person and component until something they depend on changes."""

from collections.abc import Awaitable, Callable
from typing import TypeVar
from uuid import UUID

from workout_application.messaging.keeping import Keeper
from workout_application.messaging.messages import Shelf, digest_of
from workout_application.reporting.staleness import REPORTS

R = TypeVar("R")


class KeptReports:
    """
    Keeps what a report answers.

    The handler decides first, with every request, whether the caller may see the person's reports
    and notes a coach's reading; only then it asks here. So an athlete and their coach share one
    answer, and a right that was withdrawn is gone at once.
    """

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper

    async def answer(
        self,
        component: str,
        owner: UUID,
        asked: object,
        *,
        depends_on: tuple[str, ...],
        form: type[R],
        make: Callable[[], Awaitable[R]],
        seconds: float | None = None,
    ) -> R:
        """
        Return the kept answer, or make it.

        ``owner`` is the person whose data it is; ``asked`` says in its repr everything else the
        answer depends on (period, unit, time zone, form), and nothing of who asks. The tags it
        ``depends_on`` come from ``reporting/staleness.py``.
        """
        shelf = Shelf(
            key=f"{REPORTS}:{owner}:{component}:{digest_of(asked)}",
            category=REPORTS,
            component=component,
            tags=depends_on,
            seconds=seconds,
        )
        return await self._keeper.kept(shelf, form, make)
