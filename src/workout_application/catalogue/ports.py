"""What the catalogue needs from elsewhere, in its own words."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from workout_application.catalogue.views import ExerciseMergeView, ExerciseView
from workout_application.messaging.actor import Actor
from workout_application.messaging.documents import Document
from workout_domain.catalogue.classification import (
    Equipment,
    ExerciseCategory,
    MeasurementType,
    Muscle,
)
from workout_shared.pages import Page, PageRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseFilter:
    """Which exercises are asked for; None asks for all."""

    search: str | None = None
    category: ExerciseCategory | None = None
    equipment: Equipment | None = None
    muscle: Muscle | None = None
    measurement_type: MeasurementType | None = None
    is_active: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryOf:
    """Whose sessions since when: of a user, or those an athlete's coach may see."""

    user_id: UUID | None = None
    athlete_id: UUID | None = None
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PractisedExercise:
    """An exercise, and in how many sessions it was performed, the last of them when."""

    exercise: ExerciseView
    sessions: int
    last_performed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMerge:
    """A merge about to be noted."""

    id: UUID
    source_id: UUID
    into_id: UUID
    merged_by: UUID
    merged_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What has followed an exercise into the one it became, since this was last told."""

    sessions: int
    sets: int
    workouts: int
    templates: int
    finished_at: datetime | None


class ExerciseMerges(Protocol):
    """Which exercise became which, who did that, and how much followed."""

    async def known(
        self, source_id: UUID, into_id: UUID, /, *, by: UUID
    ) -> ExerciseMergeView | None:
        """Return the merge of these two that this account made before."""
        ...

    async def begin(self, merge: NewMerge, /) -> ExerciseMergeView:
        """Note a merge; what became the source before becomes the target now."""
        ...

    async def count(self, merge_id: UUID, followed: Followed, /) -> None:
        """Add what followed to what is noted; once finished it stays so."""
        ...


class MergeReader(Protocol):
    """Reads which exercises became others."""

    async def into(
        self, exercise_id: UUID, page: PageRequest, /, *, visible_to: Actor
    ) -> Page[bytes]:
        """Return a page of encoded ``ExerciseMergeView``, newest first: the actor's, admins all."""
        ...


class CatalogueReader(Protocol):
    """Reads the catalogue: shipped exercises, one's own, and those of one's trainers."""

    async def exercise(self, exercise_id: UUID, /, *, visible_to: Actor) -> Document:
        """
        Return an exercise as an ``ExerciseView``.

        Raises:
            ExerciseNotFound: there is none, or the actor does not see it.
        """
        ...

    async def exercises(
        self, wanted: ExerciseFilter, page: PageRequest, /, *, visible_to: Actor
    ) -> Page[bytes]:
        """Return a page of encoded ``ExerciseView``, by name where nothing else is asked for."""
        ...

    async def practised(
        self,
        categories: Collection[ExerciseCategory],
        history: HistoryOf,
        /,
        *,
        visible_to: Actor,
    ) -> list[PractisedExercise]:
        """Return active exercises of the categories, those often performed first; not all."""
        ...

    async def alike(self, exercise_id: UUID, /, *, visible_to: Actor) -> list[ExerciseView]:
        """
        Return the exercise itself, and then active ones that move or work alike; not all.

        Raises:
            ExerciseNotFound: there is none, or the actor does not see it.
        """
        ...

    async def set_type(self, set_type_id: UUID, /) -> Document:
        """
        Return a type of set as a ``SetTypeView``.

        Raises:
            SetTypeNotFound: there is none.
        """
        ...

    async def set_types(self) -> bytes:
        """Return all types of sets, as an encoded array of ``SetTypeView``."""
        ...


class OwnedExercises(Protocol):
    """Exercises of one account."""

    async def archive(self, owner_id: UUID, /, *, at: datetime) -> None:
        """Delete those that nobody else used, and let no new plan take the others."""
        ...
