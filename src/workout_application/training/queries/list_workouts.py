"""Somebody lists workouts: trainers their own, athletes those given to them, admins all."""

from dataclasses import dataclass

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, requires, signed_in
from workout_application.training.ports import WorkoutFilter, WorkoutReader
from workout_shared.pages import CursorRequest, CursorSlice, Page, PageRequest


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class ListWorkouts(Query[Page[bytes] | CursorSlice[bytes]]):
    """Newest scheduled first; with a cursor no total is counted."""

    where: WorkoutFilter
    request: PageRequest | CursorRequest


class ListWorkoutsHandler:
    """Reads a page or a run."""

    def __init__(self, workouts: WorkoutReader) -> None:
        self._workouts = workouts

    async def handle(self, query: ListWorkouts, actor: Actor) -> Page[bytes] | CursorSlice[bytes]:
        """Read it."""
        if isinstance(query.request, CursorRequest):
            return await self._workouts.run(query.where, query.request, visible_to=actor)
        return await self._workouts.page(query.where, query.request, visible_to=actor)
