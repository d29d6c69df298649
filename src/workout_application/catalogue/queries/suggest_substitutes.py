"""Somebody asks what can stand in for an exercise, with the equipment at hand."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar
from uuid import UUID

from workout_application.catalogue.caching import KEPT, audience_of
from workout_application.catalogue.ports import CatalogueReader
from workout_application.catalogue.views import ExerciseView, SubstituteView
from workout_application.encoding import encode
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import (
    CachedQuery,
    CachePolicy,
    requires,
    signed_in,
)
from workout_domain.catalogue.classification import Equipment
from workout_domain.catalogue.substituting import Movement, substitutes


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestSubstitutes(CachedQuery[bytes]):
    """Answers with an array of ``SubstituteView``, encoded, the most alike first."""

    cache: ClassVar[CachePolicy] = KEPT
    answer: ClassVar[Any] = bytes

    exercise_id: UUID
    at_hand: tuple[Equipment, ...] | None = None
    limit: int

    def audience(self, actor: Actor) -> str:
        """Name who sees the same exercises."""
        return audience_of(actor)


class SuggestSubstitutesHandler:
    """Ranks what the caller may use."""

    def __init__(self, catalogue: CatalogueReader) -> None:
        self._catalogue = catalogue

    async def handle(self, query: SuggestSubstitutes, actor: Actor) -> bytes:
        """Read what is somewhat alike, and rank it."""
        of, *among = await self._catalogue.alike(query.exercise_id, visible_to=actor)
        by_id = {one.id: one for one in among}
        ranked = substitutes(
            _movement(of),
            [_movement(one) for one in among],
            at_hand=query.at_hand,
            most=query.limit,
        )
        return encode(
            [
                SubstituteView(
                    **asdict(by_id[one.exercise_id]), score=one.score, reasons=list(one.reasons)
                )
                for one in ranked
            ]
        )


def _movement(one: ExerciseView) -> Movement:
    return Movement(
        exercise_id=one.id,
        name=one.name,
        equipment=one.equipment,
        primary_muscles=frozenset(one.primary_muscles),
        secondary_muscles=frozenset(one.secondary_muscles),
        movement_pattern=one.movement_pattern,
        measurement_type=one.measurement_type,
        laterality=one.laterality,
        is_active=one.is_active,
    )
