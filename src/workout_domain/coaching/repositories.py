"""Collections of coaching's aggregates."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol
from uuid import UUID

from workout_domain.coaching.group import AthleteGroup
from workout_domain.coaching.invitation import Invitation
from workout_domain.coaching.note import CoachingNote
from workout_domain.coaching.profiles import Athlete, Trainer
from workout_domain.coaching.relation import CoachingRelation


class ProfileRepository(Protocol):
    """All trainer and athlete profiles."""

    async def trainer(self, trainer_id: UUID, /) -> Trainer:
        """
        Return a trainer who was there just now.

        Raises:
            TrainerNotFound: their account was deleted meanwhile.
        """
        ...

    async def trainer_named(self, trainer_id: UUID, /) -> Trainer:
        """
        Return the trainer somebody named.

        Raises:
            TrainerNotFound: there is none.
        """
        ...

    async def athlete(self, athlete_id: UUID, /) -> Athlete:
        """
        Return an athlete who was there just now.

        Raises:
            AthleteNotFound: their account was deleted meanwhile.
        """
        ...

    async def trainer_to_change(self, trainer_id: UUID, /) -> Trainer:
        """
        Return a trainer who was there just now, locked.

        Raises:
            TrainerNotFound: their account was deleted meanwhile.
        """
        ...

    async def athlete_to_change(self, athlete_id: UUID, /) -> Athlete:
        """
        Return an athlete who was there just now, locked.

        Raises:
            AthleteNotFound: their account was deleted meanwhile.
        """
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

    async def of_proposed_trainer(self, relation_id: UUID, trainer_id: UUID, /) -> CoachingRelation:
        """
        Return a relation whose athlete this trainer is proposed to take over.

        Raises:
            RelationNotFound: there is none.
        """
        ...

    async def refuse_related(self, trainer_id: UUID, athlete_id: UUID, /) -> None:
        """
        Let a pair pass of whom no relation stands.

        Raises:
            RelationExists: one has not ended.
        """
        ...

    async def standing_with(
        self, trainer_id: UUID, athlete_ids: Collection[UUID], /
    ) -> list[CoachingRelation]:
        """
        Return the trainer's relations with these athletes, in their order, for reading only.

        Raises:
            AthleteNotFound: the trainer never coached one of them.
            RelationNotActive: the relation with one of them has ended.
        """
        ...


class NoteRepository(Protocol):
    """All notes of coaches."""

    def add(self, note: CoachingNote, /) -> None:
        """Add a new note."""
        ...

    async def of_relation(self, relation_id: UUID, note_id: UUID, /) -> CoachingNote:
        """
        Return a note of this relation, locked.

        Raises:
            NoteNotFound: the relation has no such note.
        """
        ...


class GroupRepository(Protocol):
    """All groups of athletes; what is returned is locked, so that changes follow each other."""

    def add(self, group: AthleteGroup, /) -> None:
        """Add a new group; a second one of a name is refused by the database."""
        ...

    async def of_trainer(self, trainer_id: UUID, group_id: UUID, /) -> AthleteGroup:
        """
        Return a group of this trainer, with its members.

        Raises:
            GroupNotFound: this trainer has no such group.
        """
        ...

    async def take_out(self, relation_id: UUID, /, *, at: datetime) -> None:
        """Take the athlete of a relation out of every group, since it has ended."""
        ...
