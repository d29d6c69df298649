"""The step all commands on a relation share: find it, check the revision, tell the side."""

from uuid import UUID

from workout_application.coaching.ports import Accounts
from workout_application.coaching.views import RelationView, TransferView
from workout_application.messaging.actor import Actor
from workout_application.messaging.concurrency import expect_revision
from workout_domain.coaching.errors import WrongSide
from workout_domain.coaching.relation import CoachingRelation, ProposedTransfer, Side
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

    async def join_as(
        self,
        side: Side,
        relation_id: UUID,
        actor: Actor,
        *,
        expected_revision: int | None = None,
    ) -> CoachingRelation:
        """
        Return the relation, for somebody on this side of it.

        Raises:
            RelationNotFound: the actor takes part in no such relation.
            WrongSide: the actor stands on the other side.
            StaleRevision: it changed since the actor read it.
        """
        relation, stands_on = await self.join(
            relation_id, actor, expected_revision=expected_revision
        )
        if stands_on is not side:
            raise WrongSide(f"Only the {side.value} of this relation can do this.")
        return relation

    async def show(self, relation: CoachingRelation) -> RelationView:
        """Show a relation with both names."""
        return RelationView.of(
            relation,
            trainer_name=await self._accounts.name_of(relation.trainer_user_id),
            athlete_name=await self._accounts.name_of(relation.athlete_user_id),
            transfer=await self._transfer(relation.transfer),
        )

    async def _transfer(self, transfer: ProposedTransfer | None) -> TransferView | None:
        if transfer is None:
            return None
        return TransferView(
            trainer_id=transfer.trainer_id,
            trainer_name=await self._accounts.name_of(transfer.trainer_user_id),
            proposed_at=transfer.proposed_at,
            message=transfer.message,
        )
