"""An athlete accepts a trainer's invitation, perhaps granting less than was asked for."""

from dataclasses import dataclass

from workout_application.coaching.members import Members
from workout_application.coaching.ports import Accounts, InvitationCodes
from workout_application.coaching.views import RelationView
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, athlete, requires
from workout_domain.coaching.relation import CoachingRelation
from workout_domain.coaching.repositories import (
    InvitationRepository,
    ProfileRepository,
    RelationRepository,
)
from workout_domain.coaching.scopes import Scopes
from workout_shared.clock import Clock
from workout_shared.identifiers import Identifiers


@requires(athlete)
@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptInvitation(Command[RelationView]):
    """Answers with the relation; ``scopes`` None grants everything that was offered."""

    code: str
    scopes: Scopes | None = None


class AcceptInvitationHandler:
    """Locks the invitation first: of many acceptances at once one begins a relation."""

    def __init__(
        self,
        invitations: InvitationRepository,
        relations: RelationRepository,
        profiles: ProfileRepository,
        accounts: Accounts,
        members: Members,
        codes: InvitationCodes,
        identifiers: Identifiers,
        clock: Clock,
    ) -> None:
        self._invitations, self._relations, self._profiles = invitations, relations, profiles
        self._accounts, self._members, self._codes = accounts, members, codes
        self._identifiers, self._clock = identifiers, clock

    async def handle(self, command: AcceptInvitation, actor: Actor) -> RelationView:
        """Accept; a second relation of the two is refused by the database."""
        now, relation_id = self._clock.now(), self._identifiers.new()
        invitation = await self._invitations.of_code(self._codes.digest(command.code))
        athlete = await self._profiles.athlete(actor.athlete_id)
        granted = invitation.accept(
            athlete,
            email=await self._accounts.email_of(actor.id),
            scopes=command.scopes,
            relation_id=relation_id,
            at=now,
        )
        relation = CoachingRelation.begin(
            relation_id=relation_id,
            trainer=await self._profiles.trainer(invitation.trainer_id),
            athlete=athlete,
            scopes=granted,
            at=now,
        )
        self._relations.add(relation)
        return await self._members.show(relation)
