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
    """One side (``by``: trainer or athlete) changed a relation."""

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
    """The two no longer work together; a new invitation would start anew."""

    kind: ClassVar[str] = "coaching.relation.ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationScopesChanged(RelationEvent):
    """The coach may do more or less than before: ``scopes`` are all that hold now."""

    kind: ClassVar[str] = "coaching.relation.scopes_changed"
    scopes: tuple[str, ...]


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
