"""Invitations and relations as domain tests need them."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

from workout_domain.coaching.invitation import Invitation
from workout_domain.coaching.profiles import Athlete, Trainer
from workout_domain.coaching.relation import CoachingRelation
from workout_domain.coaching.scopes import DEFAULT_SCOPES, Scopes

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def a_trainer(user_id: UUID | None = None) -> Trainer:
    """Make a trainer."""
    return Trainer(trainer_id=uuid4(), user_id=user_id or uuid4(), at=NOON)


def an_athlete(user_id: UUID | None = None) -> Athlete:
    """Make an athlete."""
    return Athlete(athlete_id=uuid4(), user_id=user_id or uuid4(), at=NOON)


def a_relation(scopes: Scopes = DEFAULT_SCOPES) -> CoachingRelation:
    """Make an active relation that has told nobody anything yet."""
    return CoachingRelation.begin(
        relation_id=uuid4(), trainer=a_trainer(), athlete=an_athlete(), scopes=scopes, at=NOON
    )


def an_invitation(
    *,
    trainer: Trainer | None = None,
    email: str | None = None,
    scopes: Scopes = DEFAULT_SCOPES,
) -> Invitation:
    """Make a pending invitation that has told nobody anything yet."""
    invitation = Invitation.offer(
        invitation_id=uuid4(),
        trainer=trainer or a_trainer(),
        code_hash="hash",
        email=email,
        message=None,
        scopes=scopes,
        at=NOON,
    )
    invitation.take_events()
    return invitation
