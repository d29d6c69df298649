"""An athlete, or the proposed trainer, does not want the athlete to be handed over."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.coaching.members import Members
from workout_application.coaching.views import RelationView
from workout_application.messaging.actor import Actor
from workout_application.messaging.concurrency import expect_revision
from workout_application.messaging.messages import Command, requires, signed_in
from workout_domain.coaching.errors import RelationNotFound
from workout_domain.coaching.relation import NEW_TRAINER, CoachingRelation, Side
from workout_domain.coaching.repositories import RelationRepository
from workout_shared.clock import Clock


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineTransfer(Command[RelationView]):
    """Answers with the relation, which goes on as it was."""

    relation_id: UUID
    expected_revision: int | None = None


class DeclineTransferHandler:
    """Lets both of those decline without whom nothing happens."""

    def __init__(self, members: Members, relations: RelationRepository, clock: Clock) -> None:
        self._members, self._relations, self._clock = members, relations, clock

    async def handle(self, command: DeclineTransfer, actor: Actor) -> RelationView:
        """Decline."""
        relation, by = await self._answered_by(command, actor)
        relation.decline_transfer(by=by, at=self._clock.now())
        return await self._members.show(relation)

    async def _answered_by(
        self, command: DeclineTransfer, actor: Actor
    ) -> tuple[CoachingRelation, str]:
        try:
            relation = await self._members.join_as(
                Side.ATHLETE,
                command.relation_id,
                actor,
                expected_revision=command.expected_revision,
            )
        except RelationNotFound:
            if actor.trainer_profile_id is None:
                raise
            relation = await self._relations.of_proposed_trainer(
                command.relation_id, actor.trainer_profile_id
            )
            expect_revision(relation, command.expected_revision)
            return relation, NEW_TRAINER
        return relation, Side.ATHLETE.value
