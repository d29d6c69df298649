"""Answers about coaching, as clients see them."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from workout_domain.coaching.group import AthleteGroup
from workout_domain.coaching.invitation import Invitation
from workout_domain.coaching.note import CoachingNote
from workout_domain.coaching.profiles import Athlete, Trainer
from workout_domain.coaching.relation import CoachingRelation
from workout_domain.coaching.scopes import in_order


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationView:
    """An invitation; ``code`` is shown once, in the answer that created it."""

    id: UUID
    code: str | None
    status: str
    email: str | None
    message: str | None
    scopes: list[str]
    expires_at: datetime
    answered_at: datetime | None
    relation_id: UUID | None
    created_at: datetime
    updated_at: datetime
    revision: int

    @classmethod
    def of(cls, invitation: Invitation, *, code: str | None, at: datetime) -> "InvitationView":
        """Show an invitation as it stands at an instant."""
        return cls(
            id=invitation.id,
            code=code,
            status=invitation.status_at(at).value,
            email=invitation.email,
            message=invitation.message,
            scopes=in_order(invitation.scopes),
            expires_at=invitation.expires_at,
            answered_at=invitation.answered_at,
            relation_id=invitation.relation_id,
            created_at=invitation.created_at,
            updated_at=invitation.updated_at,
            revision=invitation.revision,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferView:
    """Another trainer to whom the coach proposes to hand the athlete over."""

    trainer_id: UUID
    trainer_name: str
    proposed_at: datetime
    message: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationView:
    """
    A relation as both sides see it; ``trainer_name`` and ``athlete_name`` are full names.

    ``transfer`` is what waits for the athlete's answer, if anything does.
    """

    id: UUID
    trainer_id: UUID
    trainer_name: str
    athlete_id: UUID
    athlete_name: str
    status: str
    scopes: list[str]
    paused_by: str | None
    accepted_at: datetime
    ended_at: datetime | None
    transfer: TransferView | None
    created_at: datetime
    updated_at: datetime
    revision: int

    @classmethod
    def of(
        cls,
        relation: CoachingRelation,
        *,
        trainer_name: str,
        athlete_name: str,
        transfer: TransferView | None,
    ) -> "RelationView":
        """Show a relation."""
        return cls(
            id=relation.id,
            trainer_id=relation.trainer_id,
            trainer_name=trainer_name,
            athlete_id=relation.athlete_id,
            athlete_name=athlete_name,
            status=relation.status.value,
            scopes=in_order(relation.scopes),
            paused_by=relation.paused_by.value if relation.paused_by is not None else None,
            accepted_at=relation.accepted_at,
            ended_at=relation.ended_at,
            transfer=transfer,
            created_at=relation.created_at,
            updated_at=relation.updated_at,
            revision=relation.revision,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AdherenceView:
    """
    What was planned for an athlete by this trainer in the last 28 days, and what was done of it.

    ``rate`` lies between 0 and 1, with three decimals; null where nothing was planned.
    """

    planned: int
    completed: int
    rate: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupSummaryView:
    """A group an athlete is in, by name."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterEntryView:
    """
    One athlete of a trainer.

    ``adherence`` is null while the relation is paused or lacks ``view_workouts`` or
    ``view_sessions``.
    """

    athlete_id: UUID
    user_id: UUID
    username: str
    name: str
    relation_id: UUID
    status: str
    scopes: list[str]
    since: datetime
    groups: list[GroupSummaryView]
    adherence: AdherenceView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationSummaryView:
    """The relation that lets a coach see a profile."""

    id: UUID
    status: str
    scopes: list[str]
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AthleteProfileView:
    """
    An athlete as their coach sees them: no address and no number to reach them by.

    ``height`` is in centimetres, ``weight`` in ``unit``.
    """

    athlete_id: UUID
    user_id: UUID
    username: str
    name: str
    gender: str
    date_of_birth: date | None
    preferred_unit: str
    time_zone: str
    height: Decimal | None
    weight: Decimal | None
    unit: str | None
    relation: RelationSummaryView
    groups: list[GroupSummaryView]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteView:
    """A coach's note; the athlete reads it where ``visibility`` is ``shared``."""

    id: UUID
    relation_id: UUID
    text: str
    visibility: str
    created_at: datetime
    updated_at: datetime
    revision: int

    @classmethod
    def of(cls, note: CoachingNote) -> "NoteView":
        """Show a note."""
        return cls(
            id=note.id,
            relation_id=note.relation_id,
            text=note.text,
            visibility=note.visibility.value,
            created_at=note.created_at,
            updated_at=note.updated_at,
            revision=note.revision,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupView:
    """A trainer's group of athletes."""

    id: UUID
    name: str
    description: str | None
    athlete_ids: list[UUID]
    created_at: datetime
    updated_at: datetime
    revision: int

    @classmethod
    def of(cls, group: AthleteGroup) -> "GroupView":
        """Show a group."""
        return cls(
            id=group.id,
            name=group.name,
            description=group.description,
            athlete_ids=list(group.athlete_ids),
            created_at=group.created_at,
            updated_at=group.updated_at,
            revision=group.revision,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessEntryView:
    """
    What a coach read or changed of the athlete's.

    Reads of the same thing within a minute are one entry: ``count`` of them from ``occurred_at``
    to ``last_at``. ``name`` is null where the coach's account is gone; ``subject_id`` where the
    subject is not one single thing.
    """

    id: UUID
    occurred_at: datetime
    last_at: datetime
    count: int
    trainer_id: UUID
    user_id: UUID
    name: str | None
    action: str
    subject: str
    subject_id: UUID | None
    operation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainerView:
    """What a trainer's own profile says."""

    id: UUID
    user_id: UUID
    bio: str | None
    specialization: str | None
    created_at: datetime
    updated_at: datetime
    revision: int

    @classmethod
    def of(cls, trainer: Trainer) -> "TrainerView":
        """Show a profile."""
        return cls(
            id=trainer.id,
            user_id=trainer.user_id,
            bio=trainer.bio,
            specialization=trainer.specialization,
            created_at=trainer.created_at,
            updated_at=trainer.updated_at,
            revision=trainer.revision,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AthleteView:
    """What an athlete's own profile says: ``height`` in centimetres, ``weight`` in ``unit``."""

    id: UUID
    user_id: UUID
    height: Decimal | None
    weight: Decimal | None
    unit: str | None
    created_at: datetime
    updated_at: datetime
    revision: int

    @classmethod
    def of(cls, athlete: Athlete) -> "AthleteView":
        """Show a profile."""
        return cls(
            id=athlete.id,
            user_id=athlete.user_id,
            height=athlete.height,
            weight=None if athlete.weight is None else athlete.weight.amount,
            unit=None if athlete.weight is None else athlete.weight.unit.value,
            created_at=athlete.created_at,
            updated_at=athlete.updated_at,
            revision=athlete.revision,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainerProfileView:
    """A trainer as the athletes they coach see them: no address and no number."""

    trainer_id: UUID
    user_id: UUID
    username: str
    name: str
    bio: str | None
    specialization: str | None
