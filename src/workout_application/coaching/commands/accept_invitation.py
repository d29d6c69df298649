"""An athlete accepts a trainer's invitation, perhaps granting less than was asked for."""

from dataclasses import dataclass

from workout_application.coaching.acceptance import Acceptance
from workout_application.coaching.members import Members
from workout_application.coaching.views import RelationView
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, athlete, requires
from workout_domain.coaching.scopes import Scopes
from workout_shared.clock import Clock


@requires(athlete)
@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptInvitation(Command[RelationView]):
    """Answers with the relation; ``scopes`` None grants everything that was offered."""

    code: str
    scopes: Scopes | None = None


class AcceptInvitationHandler:
    """Locks the invitation first: of many acceptances at once one begins a relation."""

    def __init__(self, acceptance: Acceptance, members: Members, clock: Clock) -> None:
        self._acceptance, self._members, self._clock = acceptance, members, clock

    async def handle(self, command: AcceptInvitation, actor: Actor) -> RelationView:
        """Accept; a second relation of the two is refused by the database."""
        invitation = await self._acceptance.invitation(command.code)
        relation = await self._acceptance.begin(
            invitation, actor, scopes=command.scopes, at=self._clock.now()
        )
        return await self._members.show(relation)
