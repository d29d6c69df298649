"""An athlete changes what a coach may do; the coach may give some of it back."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.coaching.members import Members
from workout_application.coaching.views import RelationView
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, signed_in
from workout_domain.coaching.scopes import Scopes
from workout_shared.clock import Clock


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRelationScopes(Command[RelationView]):
    """Answers with the relation; ``scopes`` are all that shall hold."""

    relation_id: UUID
    scopes: Scopes
    expected_revision: int | None = None


class ChangeRelationScopesHandler:
    """Changes the caller's own relations."""

    def __init__(self, members: Members, clock: Clock) -> None:
        self._members, self._clock = members, clock

    async def handle(self, command: ChangeRelationScopes, actor: Actor) -> RelationView:
        """Change the scopes."""
        relation, side = await self._members.join(
            command.relation_id, actor, expected_revision=command.expected_revision
        )
        relation.change_scopes(command.scopes, by=side, at=self._clock.now())
        return await self._members.show(relation)
