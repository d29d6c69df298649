"""Either side ends a relation for good."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.coaching.members import Members
from workout_application.coaching.views import RelationView
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, signed_in
from workout_domain.coaching.repositories import GroupRepository
from workout_shared.clock import Clock


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class EndRelation(Command[RelationView]):
    """Answers with the relation."""

    relation_id: UUID
    expected_revision: int | None = None


class EndRelationHandler:
    """Ends the caller's own relations; the athlete leaves the trainer's groups."""

    def __init__(self, members: Members, groups: GroupRepository, clock: Clock) -> None:
        self._members, self._groups, self._clock = members, groups, clock

    async def handle(self, command: EndRelation, actor: Actor) -> RelationView:
        """End it."""
        relation, side = await self._members.join(
            command.relation_id, actor, expected_revision=command.expected_revision
        )
        now = self._clock.now()
        relation.end(by=side, at=now)
        await self._groups.take_out(relation.id, at=now)
        return await self._members.show(relation)
