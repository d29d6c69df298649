"""An athlete turns a trainer's invitation down."""

from dataclasses import dataclass

from workout_application.coaching.ports import Accounts, InvitationCodes
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, athlete, requires
from workout_domain.coaching.repositories import InvitationRepository
from workout_shared.clock import Clock


@requires(athlete)
@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineInvitation(Command[None]):
    """The code is used up by it."""

    code: str


class DeclineInvitationHandler:
    """Declines on behalf of whoever has the code and, where one was named, the address."""

    def __init__(
        self,
        invitations: InvitationRepository,
        accounts: Accounts,
        codes: InvitationCodes,
        clock: Clock,
    ) -> None:
        self._invitations, self._accounts = invitations, accounts
        self._codes, self._clock = codes, clock

    async def handle(self, command: DeclineInvitation, actor: Actor) -> None:
        """Decline."""
        invitation = await self._invitations.of_code(self._codes.digest(command.code))
        email = await self._accounts.email_of(actor.id)
        invitation.decline(actor.id, email=email, at=self._clock.now())
