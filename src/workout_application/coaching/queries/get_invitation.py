"""A trainer looks at one of their invitations."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.coaching.ports import InvitationReader
from workout_application.messaging.actor import Actor
from workout_application.messaging.documents import Document
from workout_application.messaging.messages import Query, requires, trainer
from workout_shared.clock import Clock


@requires(trainer)
@dataclass(frozen=True, slots=True, kw_only=True)
class GetInvitation(Query[Document]):
    """Answers with an ``InvitationView``."""

    invitation_id: UUID


class GetInvitationHandler:
    """Reads one of the trainer's own invitations."""

    def __init__(self, invitations: InvitationReader, clock: Clock) -> None:
        self._invitations, self._clock = invitations, clock

    async def handle(self, query: GetInvitation, actor: Actor) -> Document:
        """Read it."""
        return await self._invitations.one(
            query.invitation_id, visible_to=actor, at=self._clock.now()
        )
