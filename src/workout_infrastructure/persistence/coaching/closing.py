"""The end of everything between a deleted account and the people it worked with."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select

from workout_domain.coaching.invitation import Invitation, InvitationStatus
from workout_domain.coaching.relation import CoachingRelation, RelationStatus, Side
from workout_infrastructure.persistence.coaching.groups import SqlGroupRepository
from workout_infrastructure.persistence.coaching.invitations import invitations
from workout_infrastructure.persistence.coaching.relations import relations
from workout_infrastructure.persistence.unit_of_work import SqlUnitOfWork

# Addresses of others, and what was written to them.
_EMPTY_INVITATIONS = """
UPDATE coaching_invitations SET email = NULL, message = NULL
WHERE trainer_user_id = $1::uuid AND deleted_at IS NULL
"""

# What was written about the people of a relation goes with either of them, whatever its state.
_ERASE_NOTES = """
DELETE FROM coaching_notes n USING coaching_relations r
WHERE r.id = n.relation_id AND (r.trainer_user_id = $1::uuid OR r.athlete_user_id = $1::uuid)
"""
_ERASE_GROUPS = """
DELETE FROM coaching_groups g USING trainers t WHERE t.id = g.trainer_id AND t.user_id = $1::uuid
"""
_ERASE_ACCESS_LOG = """
DELETE FROM coaching_access_log l USING athletes a
WHERE a.id = l.athlete_id AND a.user_id = $1::uuid
"""


async def end_relations(
    work: SqlUnitOfWork, groups: SqlGroupRepository, user_id: UUID, *, at: datetime
) -> None:
    """End all relations of an account, by the side it stands on."""
    found = await work.session.scalars(
        select(CoachingRelation)
        .where(
            or_(relations.c.trainer_user_id == user_id, relations.c.athlete_user_id == user_id),
            relations.c.status != RelationStatus.ENDED,
        )
        .order_by(relations.c.id)
        .with_for_update()
    )
    for relation in found:
        work.watch(relation)
        is_trainer = relation.trainer_user_id == user_id
        relation.end(by=Side.TRAINER if is_trainer else Side.ATHLETE, at=at)
        await groups.take_out(relation.id, at=at)


async def withdraw_invitations(work: SqlUnitOfWork, user_id: UUID, *, at: datetime) -> None:
    """Take back what an account offered, and forget whom."""
    found = await work.session.scalars(
        select(Invitation)
        .where(
            invitations.c.trainer_user_id == user_id,
            invitations.c.status == InvitationStatus.PENDING,
        )
        .order_by(invitations.c.id)
        .with_for_update()
    )
    for invitation in found:
        if invitation.status_at(at) is InvitationStatus.PENDING:
            work.watch(invitation)
            invitation.withdraw(at=at)
    await work.execute(_EMPTY_INVITATIONS, user_id)


async def decline_offers(work: SqlUnitOfWork, user_id: UUID, email: str, *, at: datetime) -> None:
    """Turn down what others offered to an address, and let them forget it."""
    found = await work.session.scalars(
        select(Invitation)
        .where(
            func.lower(invitations.c.email) == email.lower(),
            invitations.c.trainer_user_id != user_id,
        )
        .order_by(invitations.c.id)
        .with_for_update()
    )
    for invitation in found:
        work.watch(invitation)
        if invitation.status_at(at) is InvitationStatus.PENDING:
            invitation.decline(user_id, email=email, at=at)
        invitation.forget_address(at=at)


async def erase_writings(work: SqlUnitOfWork, user_id: UUID) -> None:
    """Erase notes, groups and the access log: those of others keep no name of the account."""
    for statement in (_ERASE_NOTES, _ERASE_GROUPS, _ERASE_ACCESS_LOG):
        await work.execute(statement, user_id)
