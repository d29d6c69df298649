"""What was planned and performed with an exercise follows it into the one it became."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol
from uuid import UUID

from workout_application.training.appending import EventRecorder
from workout_domain.training.events import ExerciseHistoryMoved
from workout_shared.clock import Clock

BATCH: Final = 500
# Whoever read the catalogue before the merge has written by then: no request takes as long.
SETTLED: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenMerge:
    """A merge something may still follow; ``into_id`` is what the exercise is by now."""

    id: UUID
    source_id: UUID
    into_id: UUID
    merged_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """How much went over: sessions changed, of whom, their sets; workouts and templates."""

    sessions: int = 0
    sets: int = 0
    user_ids: tuple[UUID, ...] = ()
    trainer_ids: tuple[UUID, ...] = ()
    workouts: int = 0
    templates: int = 0

    def __bool__(self) -> bool:
        """Tell whether anything did."""
        return bool(self.sessions or self.workouts or self.templates)


class MergedTraining(Protocol):
    """Sessions, workouts and templates of exercises that became others."""

    async def open_merge(self, merge_id: UUID, /) -> OpenMerge | None:
        """Return a merge, or None where it is finished."""
        ...

    async def open_merges(self, most: int, /) -> list[OpenMerge]:
        """Return the oldest merges that are not finished."""
        ...

    async def move(self, merge: OpenMerge, /, *, most: int, at: datetime) -> Moved:
        """
        Move at most ``most`` sessions, workouts and templates each.

        Running sessions stay until they end.

        Planned and completed sets of both exercises add up where a session has both.
        """
        ...

    async def is_left(self, merge: OpenMerge, /) -> bool:
        """Tell whether anything still refers to the exercise that is no more."""
        ...


class HistoryMover:
    """Moves a batch at a time, and tells how much; doing it again finds nothing left to do."""

    def __init__(self, training: MergedTraining, recorder: EventRecorder, clock: Clock) -> None:
        self._training, self._recorder, self._clock = training, recorder, clock

    async def step(self, merge: OpenMerge, *, most: int = BATCH) -> bool:
        """Move the next batch; returns whether there was anything to move."""
        now = self._clock.now()
        moved = await self._training.move(merge, most=most, at=now)
        is_finished = not moved and await self._is_finished(merge, now)
        if moved or is_finished:
            self._recorder.record(
                ExerciseHistoryMoved(
                    occurred_at=now,
                    merge_id=merge.id,
                    exercise_id=merge.source_id,
                    into_id=merge.into_id,
                    sessions=moved.sessions,
                    sets=moved.sets,
                    workouts=moved.workouts,
                    templates=moved.templates,
                    user_ids=moved.user_ids,
                    trainer_ids=moved.trainer_ids,
                    is_finished=is_finished,
                )
            )
        return bool(moved)

    async def _is_finished(self, merge: OpenMerge, now: datetime) -> bool:
        return now - merge.merged_at > SETTLED and not await self._training.is_left(merge)
