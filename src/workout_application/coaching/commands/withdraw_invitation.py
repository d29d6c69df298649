"""A trainer takes back an invitation that nobody has answered."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.concurrency import expect_revision
from workout_application.messaging.messages import Command, requires, trainer
from workout_domain.coaching.repositories import InvitationRepository
from workout_shared.clock import Clock


@requires(trainer)
@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawInvitation(Command[None]):
    """The code is worth nothing from then on."""

    invitation_id: UUID
    expected_revision: int | None = None


class WithdrawInvitationHandler:
    """Withdraws the trainer's own invitations."""

    def __init__(self, invitations: InvitationRepository, clock: Clock) -> None:
        self._invitations, self._clock = invitations, clock

    async def handle(self, command: WithdrawInvitation, actor: Actor) -> None:
        """Withdraw."""
        invitation = await self._invitations.of_trainer(actor.trainer_id, command.invitation_id)
        expect_revision(invitation, command.expected_revision)
        invitation.withdraw(at=self._clock.now())
