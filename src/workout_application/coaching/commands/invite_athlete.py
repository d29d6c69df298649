"""A trainer invites somebody to be coached: a one-time code, shown once, good for 14 days."""

from dataclasses import dataclass

from workout_application.coaching.ports import InvitationCodes
from workout_application.coaching.views import InvitationView
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, trainer
from workout_domain.coaching.invitation import Invitation
from workout_domain.coaching.repositories import InvitationRepository, ProfileRepository
from workout_domain.coaching.scopes import DEFAULT_SCOPES, Scopes
from workout_shared.clock import Clock
from workout_shared.identifiers import Identifiers


@requires(trainer)
@dataclass(frozen=True, slots=True, kw_only=True)
class InviteAthlete(Command[InvitationView]):
    """Answers with the invitation and, this once, its code."""

    email: str | None = None
    message: str | None = None
    scopes: Scopes = DEFAULT_SCOPES


class InviteAthleteHandler:
    """Keeps the code's hash only, so that nobody who reads the table can use it."""

    def __init__(
        self,
        invitations: InvitationRepository,
        profiles: ProfileRepository,
        codes: InvitationCodes,
        identifiers: Identifiers,
        clock: Clock,
    ) -> None:
        self._invitations, self._profiles, self._codes = invitations, profiles, codes
        self._identifiers, self._clock = identifiers, clock

    async def handle(self, command: InviteAthlete, actor: Actor) -> InvitationView:
        """Invite."""
        now, code = self._clock.now(), self._codes.fresh()
        invitation = Invitation.offer(
            invitation_id=self._identifiers.new(),
            trainer=await self._profiles.trainer(actor.trainer_id),
            code_hash=self._codes.digest(code),
            email=command.email,
            message=command.message,
            scopes=command.scopes,
            at=now,
        )
        self._invitations.add(invitation)
        return InvitationView.of(invitation, code=code, at=now)
