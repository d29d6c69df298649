"""The step all commands on a relation share: find it, check the revision, tell the side."""

from uuid import UUID

from workout_application.coaching.ports import Accounts
from workout_application.coaching.views import RelationView
from workout_application.messaging.actor import Actor
from workout_application.messaging.concurrency import expect_revision
from workout_domain.coaching.relation import CoachingRelation, Side
from workout_domain.coaching.repositories import RelationRepository


class Members:
    """Loads relations for those who take part in them, and shows them."""

    def __init__(self, relations: RelationRepository, accounts: Accounts) -> None:
        self._relations, self._accounts = relations, accounts

    async def join(
        self, relation_id: UUID, actor: Actor, *, expected_revision: int | None
    ) -> tuple[CoachingRelation, Side]:
        """
        Return the relation and the side on which the actor stands.

        Raises:
            RelationNotFound: the actor takes part in no such relation.
            StaleRevision: it changed since the actor read it.
        """
        relation = await self._relations.of_member(
            relation_id,
            trainer_id=actor.trainer_profile_id,
            athlete_id=actor.athlete_profile_id,
        )
        expect_revision(relation, expected_revision)
        is_trainer = relation.trainer_id == actor.trainer_profile_id
        return relation, Side.TRAINER if is_trainer else Side.ATHLETE

    async def show(self, relation: CoachingRelation) -> RelationView:
        """Show a relation with both names."""
        return RelationView.of(
            relation,
            trainer_name=await self._accounts.name_of(relation.trainer_user_id),
            athlete_name=await self._accounts.name_of(relation.athlete_user_id),
        )
