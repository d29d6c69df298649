"""An athlete agrees to be handed over: one relation ends and another begins."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.coaching.members import Members
from workout_application.coaching.views import RelationView
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, athlete, requires
from workout_domain.coaching.errors import NoTransferProposed
from workout_domain.coaching.relation import Side
from workout_domain.coaching.repositories import (
    GroupRepository,
    ProfileRepository,
    RelationRepository,
)
from workout_domain.coaching.scopes import Scopes
from workout_shared.clock import Clock
from workout_shared.identifiers import Identifiers


@requires(athlete)
@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptTransfer(Command[RelationView]):
    """
    Answers with the new relation; ``scopes`` None grants what the present coach has.

    ``trainer_id`` says whom the athlete agrees to: the coach may propose another at any moment.
    """

    relation_id: UUID
    trainer_id: UUID | None = None
    scopes: Scopes | None = None
    expected_revision: int | None = None


class AcceptTransferHandler:
    """Locks the relation first: of two acceptances at once one begins a relation."""

    def __init__(
        self,
        members: Members,
        relations: RelationRepository,
        profiles: ProfileRepository,
        groups: GroupRepository,
        identifiers: Identifiers,
        clock: Clock,
    ) -> None:
        self._members, self._relations, self._profiles = members, relations, profiles
        self._groups, self._identifiers, self._clock = groups, identifiers, clock

    async def handle(self, command: AcceptTransfer, actor: Actor) -> RelationView:
        """Accept; a second relation of the two is refused by the database."""
        now = self._clock.now()
        relation = await self._members.join_as(
            Side.ATHLETE,
            command.relation_id,
            actor,
            expected_revision=command.expected_revision,
        )
        relation.refuse_unless_active()
        if relation.transfer is None:
            raise NoTransferProposed("No transfer is proposed.")
        if command.trainer_id not in {None, relation.transfer.trainer_id}:
            raise NoTransferProposed("No transfer to this trainer is proposed.")
        begun = relation.accept_transfer(
            await self._profiles.trainer_named(relation.transfer.trainer_id),
            await self._profiles.athlete(actor.athlete_id),
            scopes=command.scopes,
            relation_id=self._identifiers.new(),
            at=now,
        )
        await self._groups.take_out(relation.id, at=now)
        self._relations.add(begun)
        return await self._members.show(begun)
