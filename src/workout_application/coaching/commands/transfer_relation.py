"""A coach proposes to hand an athlete over, or an athlete moves with another trainer's code."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from workout_application.coaching.acceptance import Acceptance
from workout_application.coaching.members import Members
from workout_application.coaching.views import RelationView
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, signed_in
from workout_domain.coaching.relation import CoachingRelation, Side
from workout_domain.coaching.repositories import (
    GroupRepository,
    ProfileRepository,
    RelationRepository,
)
from workout_domain.coaching.scopes import Scopes
from workout_shared.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferOutcome:
    """The relation as proposed, or the one that ``has_begun`` in its place."""

    relation: RelationView
    has_begun: bool


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class TransferRelation(Command[TransferOutcome]):
    """Names a trainer (the coach proposes) or a code (the athlete moves at once)."""

    relation_id: UUID
    trainer_id: UUID | None = None
    message: str | None = None
    code: str | None = None
    scopes: Scopes | None = None
    expected_revision: int | None = None


class TransferRelationHandler:
    """Without the athlete nobody is handed over; whoever moves ends one and begins the other."""

    def __init__(
        self,
        members: Members,
        acceptance: Acceptance,
        relations: RelationRepository,
        profiles: ProfileRepository,
        groups: GroupRepository,
        clock: Clock,
    ) -> None:
        self._members, self._acceptance, self._clock = members, acceptance, clock
        self._relations, self._profiles, self._groups = relations, profiles, groups

    async def handle(self, command: TransferRelation, actor: Actor) -> TransferOutcome:
        """Propose, or move."""
        side = Side.TRAINER if command.code is None else Side.ATHLETE
        relation = await self._members.join_as(
            side, command.relation_id, actor, expected_revision=command.expected_revision
        )
        now = self._clock.now()
        if command.code is not None:
            relation = await self._moved(relation, command.code, command.scopes, actor, at=now)
        elif command.trainer_id is not None:
            await self._propose(relation, command.trainer_id, command.message, at=now)
        return TransferOutcome(
            relation=await self._members.show(relation), has_begun=command.code is not None
        )

    async def _propose(
        self, relation: CoachingRelation, trainer_id: UUID, message: str | None, *, at: datetime
    ) -> None:
        to = await self._profiles.trainer_named(trainer_id)
        relation.propose_transfer(to, message=message, at=at)
        await self._relations.refuse_related(to.id, relation.athlete_id)

    async def _moved(
        self,
        relation: CoachingRelation,
        code: str,
        scopes: Scopes | None,
        actor: Actor,
        *,
        at: datetime,
    ) -> CoachingRelation:
        invitation = await self._acceptance.invitation(code)
        relation.move_to(invitation.trainer_id, at=at)
        await self._groups.take_out(relation.id, at=at)
        return await self._acceptance.begin(invitation, actor, scopes=scopes, at=at)
