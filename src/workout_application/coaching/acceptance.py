"""The step shared by accepting an invitation and moving to another trainer with one."""

from datetime import datetime
from uuid import UUID

from workout_application.coaching.ports import Accounts, InvitationCodes
from workout_application.messaging.actor import Actor
from workout_domain.coaching.invitation import Invitation
from workout_domain.coaching.relation import CoachingRelation
from workout_domain.coaching.repositories import (
    InvitationRepository,
    ProfileRepository,
    RelationRepository,
)
from workout_domain.coaching.scopes import Scopes
from workout_shared.identifiers import Identifiers


class Acceptance:
    """Turns an invitation into a relation; of many acceptances at once one begins a relation."""

    def __init__(
        self,
        invitations: InvitationRepository,
        relations: RelationRepository,
        profiles: ProfileRepository,
        accounts: Accounts,
        codes: InvitationCodes,
        identifiers: Identifiers,
    ) -> None:
        self._invitations, self._relations, self._profiles = invitations, relations, profiles
        self._accounts, self._codes, self._identifiers = accounts, codes, identifiers

    async def invitation(self, code: str) -> Invitation:
        """
        Return the invitation with this code, locked.

        Raises:
            InvitationNotFound: no invitation has it.
        """
        return await self._invitations.of_code(self._codes.digest(code))

    async def begin(
        self, invitation: Invitation, actor: Actor, *, scopes: Scopes | None, at: datetime
    ) -> CoachingRelation:
        """Accept it; a second relation of the two is refused by the database."""
        relation_id: UUID = self._identifiers.new()
        athlete = await self._profiles.athlete(actor.athlete_id)
        granted = invitation.accept(
            athlete,
            email=await self._accounts.email_of(actor.id),
            scopes=scopes,
            relation_id=relation_id,
            at=at,
        )
        relation = CoachingRelation.begin(
            relation_id=relation_id,
            trainer=await self._profiles.trainer(invitation.trainer_id),
            athlete=athlete,
            scopes=granted,
            at=at,
        )
        self._relations.add(relation)
        return relation
