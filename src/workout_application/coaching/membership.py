"""Who may be put into a group: athletes the trainer coaches."""

from collections.abc import Collection
from uuid import UUID

from workout_domain.coaching.group import GroupMember
from workout_domain.coaching.repositories import RelationRepository


async def members_of(
    relations: RelationRepository, trainer_id: UUID, athlete_ids: Collection[UUID]
) -> list[GroupMember]:
    """
    Return them as members of a group; none of their relations can end meanwhile.

    Raises:
        AthleteNotFound: the trainer never coached one of them.
        RelationNotActive: the relation with one of them has ended.
    """
    if not athlete_ids:
        return []
    found = await relations.standing_with(trainer_id, list(dict.fromkeys(athlete_ids)))
    return [GroupMember(relation_id=one.id, athlete_id=one.athlete_id) for one in found]
