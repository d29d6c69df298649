"""What happens between a trainer and an athlete: the contract behind notices and live rooms."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from workout_domain.kernel.events import DomainEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationEvent(DomainEvent):
    """Something happened to one invitation."""

    invitation_id: UUID
    trainer_id: UUID
    trainer_user_id: UUID

    @property
    def aggregate_id(self) -> UUID:
        """The invitation."""
        return self.invitation_id


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationCreated(InvitationEvent):
    """A trainer invited somebody; the code is known to the trainer only."""

    kind: ClassVar[str] = "coaching.invitation.created"
    scopes: tuple[str, ...]
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationAccepted(InvitationEvent):
    """An athlete agreed to be coached: the relation begins."""

    kind: ClassVar[str] = "coaching.invitation.accepted"
    audited: ClassVar[bool] = True
    relation_id: UUID
    athlete_id: UUID
    athlete_user_id: UUID
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationDeclined(InvitationEvent):
    """Somebody holding the code does not want to be coached."""

    kind: ClassVar[str] = "coaching.invitation.declined"
    declined_by_user_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationWithdrawn(InvitationEvent):
    """The trainer took an invitation back."""

    kind: ClassVar[str] = "coaching.invitation.withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationEvent(DomainEvent):
    """One side (``by``: trainer or athlete) changed a relation, and with it who may do what."""

    audited: ClassVar[bool] = True
    relation_id: UUID
    trainer_id: UUID
    trainer_user_id: UUID
    athlete_id: UUID
    athlete_user_id: UUID
    by: str

    @property
    def aggregate_id(self) -> UUID:
        """The relation."""
        return self.relation_id


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationPaused(RelationEvent):
    """The coach sees and does nothing until it is resumed."""

    kind: ClassVar[str] = "coaching.relation.paused"


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationResumed(RelationEvent):
    """The coach's rights count again."""

    kind: ClassVar[str] = "coaching.relation.resumed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationEnded(RelationEvent):
    """
    The two no longer work together; a new invitation would start anew.

    ``transferred_to`` is the relation that takes its place where the coach handed the athlete over.
    """

    kind: ClassVar[str] = "coaching.relation.ended"
    transferred_to: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationScopesChanged(RelationEvent):
    """The coach may do more or less than before: ``scopes`` are all that hold now."""

    kind: ClassVar[str] = "coaching.relation.scopes_changed"
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferEvent(RelationEvent):
    """Something happened to the proposal to hand an athlete over to another trainer."""

    new_trainer_id: UUID
    new_trainer_user_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferProposed(TransferEvent):
    """A coach proposes another trainer; nothing changes until the athlete accepts."""

    kind: ClassVar[str] = "coaching.transfer.proposed"


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferAccepted(TransferEvent):
    """The athlete agreed: the relation has ended and a new one with the other trainer began."""

    kind: ClassVar[str] = "coaching.transfer.accepted"
    new_relation_id: UUID
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferDeclined(TransferEvent):
    """The athlete, or the proposed trainer (``by``: new_trainer), does not want it."""

    kind: ClassVar[str] = "coaching.transfer.declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferWithdrawn(TransferEvent):
    """The coach took the proposal back."""

    kind: ClassVar[str] = "coaching.transfer.withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteEvent(DomainEvent):
    """Something happened to a note; what it says is in no event."""

    note_id: UUID
    relation_id: UUID
    trainer_user_id: UUID
    athlete_user_id: UUID
    visibility: str

    @property
    def aggregate_id(self) -> UUID:
        """The note."""
        return self.note_id


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteWritten(NoteEvent):
    """A coach wrote a note about an athlete."""

    kind: ClassVar[str] = "coaching.note.written"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteChanged(NoteEvent):
    """A coach changed a note; ``was_shared`` tells whether the athlete saw it before."""

    kind: ClassVar[str] = "coaching.note.changed"
    was_shared: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRemoved(NoteEvent):
    """A coach took a note away."""

    kind: ClassVar[str] = "coaching.note.removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupEvent(DomainEvent):
    """Something happened to a trainer's group of athletes."""

    group_id: UUID
    trainer_id: UUID

    @property
    def aggregate_id(self) -> UUID:
        """The group."""
        return self.group_id


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCreated(GroupEvent):
    """A trainer made a group."""

    kind: ClassVar[str] = "coaching.group.created"
    athlete_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupChanged(GroupEvent):
    """A group is called otherwise, or holds others than before: ``athlete_ids`` are all of them."""

    kind: ClassVar[str] = "coaching.group.changed"
    athlete_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupDeleted(GroupEvent):
    """A trainer gave a group up; its athletes stay coached."""

    kind: ClassVar[str] = "coaching.group.deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainerProfileOpened(DomainEvent):
    """An account became a trainer."""

    kind: ClassVar[str] = "coaching.trainer.opened"
    trainer_id: UUID
    user_id: UUID

    @property
    def aggregate_id(self) -> UUID:
        """The trainer profile."""
        return self.trainer_id


@dataclass(frozen=True, slots=True, kw_only=True)
class AthleteProfileOpened(DomainEvent):
    """An account became an athlete."""

    kind: ClassVar[str] = "coaching.athlete.opened"
    athlete_id: UUID
    user_id: UUID

    @property
    def aggregate_id(self) -> UUID:
        """The athlete profile."""
        return self.athlete_id


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainerProfileUpdated(DomainEvent):
    """A trainer changed what their profile says."""

    kind: ClassVar[str] = "coaching.trainer.updated"
    trainer_id: UUID
    user_id: UUID

    @property
    def aggregate_id(self) -> UUID:
        """The trainer profile."""
        return self.trainer_id


@dataclass(frozen=True, slots=True, kw_only=True)
class AthleteProfileUpdated(DomainEvent):
    """An athlete changed what their profile says."""

    kind: ClassVar[str] = "coaching.athlete.updated"
    athlete_id: UUID
    user_id: UUID

    @property
    def aggregate_id(self) -> UUID:
        """The athlete profile."""
        return self.athlete_id
