"""A trainer looks through the invitations they sent."""

from dataclasses import dataclass, field

from workout_application.coaching.ports import InvitationReader
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, requires, trainer
from workout_domain.coaching.invitation import InvitationStatus
from workout_shared.clock import Clock
from workout_shared.pages import Page, PageRequest


@requires(trainer)
@dataclass(frozen=True, slots=True, kw_only=True)
class ListInvitations(Query[Page[bytes]]):
    """Answers with ``InvitationView`` items, newest first unless sorted otherwise."""

    page: PageRequest = field(default_factory=PageRequest)
    status: InvitationStatus | None = None


class ListInvitationsHandler:
    """Reads the trainer's own invitations; codes are not among what is read."""

    def __init__(self, invitations: InvitationReader, clock: Clock) -> None:
        self._invitations, self._clock = invitations, clock

    async def handle(self, query: ListInvitations, actor: Actor) -> Page[bytes]:
        """Read them."""
        return await self._invitations.page(
            query.page, status=query.status, visible_to=actor, at=self._clock.now()
        )
