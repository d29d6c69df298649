"""Either side suspends a relation: the coach sees and does nothing until it is resumed."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.coaching.members import Members
from workout_application.coaching.views import RelationView
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, signed_in
from workout_shared.clock import Clock


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class PauseRelation(Command[RelationView]):
    """Answers with the relation."""

    relation_id: UUID
    expected_revision: int | None = None


class PauseRelationHandler:
    """Pauses the caller's own relations."""

    def __init__(self, members: Members, clock: Clock) -> None:
        self._members, self._clock = members, clock

    async def handle(self, command: PauseRelation, actor: Actor) -> RelationView:
        """Pause it."""
        relation, side = await self._members.join(
            command.relation_id, actor, expected_revision=command.expected_revision
        )
        relation.pause(by=side, at=self._clock.now())
        return await self._members.show(relation)
