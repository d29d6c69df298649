"""Answers about coaching, as clients see them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from workout_domain.coaching.invitation import Invitation
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
class RelationView:
    """A relation as both sides see it; ``trainer_name`` and ``athlete_name`` are full names."""

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
    created_at: datetime
    updated_at: datetime
    revision: int

    @classmethod
    def of(
        cls, relation: CoachingRelation, *, trainer_name: str, athlete_name: str
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
    adherence: AdherenceView | None
