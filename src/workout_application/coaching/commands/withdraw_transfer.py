"""A coach takes back the proposal to hand an athlete over."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.coaching.members import Members
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, trainer
from workout_domain.coaching.relation import Side
from workout_shared.clock import Clock


@requires(trainer)
@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawTransfer(Command[None]):
    """The relation goes on as it was."""

    relation_id: UUID
    expected_revision: int | None = None


class WithdrawTransferHandler:
    """Withdraws what the caller proposed."""

    def __init__(self, members: Members, clock: Clock) -> None:
        self._members, self._clock = members, clock

    async def handle(self, command: WithdrawTransfer, actor: Actor) -> None:
        """Withdraw."""
        relation = await self._members.join_as(
            Side.TRAINER,
            command.relation_id,
            actor,
            expected_revision=command.expected_revision,
        )
        relation.withdraw_transfer(at=self._clock.now())
