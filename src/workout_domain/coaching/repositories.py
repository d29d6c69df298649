"""Collections of coaching's aggregates."""

from typing import Protocol
from uuid import UUID

from workout_domain.coaching.invitation import Invitation
from workout_domain.coaching.profiles import Athlete, Trainer
from workout_domain.coaching.relation import CoachingRelation


class ProfileRepository(Protocol):
    """All trainer and athlete profiles."""

    async def trainer(self, trainer_id: UUID, /) -> Trainer:
        """Return a trainer who is known to exist."""
        ...

    async def athlete(self, athlete_id: UUID, /) -> Athlete:
        """Return an athlete who is known to exist."""
        ...


class InvitationRepository(Protocol):
    """All invitations; what is returned is locked, so that answers follow each other."""

    def add(self, invitation: Invitation, /) -> None:
        """Add a new invitation."""
        ...

    async def of_trainer(self, trainer_id: UUID, invitation_id: UUID, /) -> Invitation:
        """
        Return an invitation of this trainer.

        Raises:
            InvitationNotFound: this trainer has no such invitation.
        """
        ...

    async def of_code(self, code_hash: str, /) -> Invitation:
        """
        Return the invitation with this code.

        Raises:
            InvitationNotFound: no invitation has it.
        """
        ...


class RelationRepository(Protocol):
    """All coaching relations; what is returned is locked, so that changes follow each other."""

    def add(self, relation: CoachingRelation, /) -> None:
        """Add a new relation; a second one of a pair is refused by the database."""
        ...

    async def of_member(
        self, relation_id: UUID, /, *, trainer_id: UUID | None, athlete_id: UUID | None
    ) -> CoachingRelation:
        """
        Return a relation in which this trainer or this athlete takes part.

        Raises:
            RelationNotFound: there is none.
        """
        ...
