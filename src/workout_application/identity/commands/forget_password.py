"""Somebody forgot a password and asks for a mail to choose another."""

from dataclasses import dataclass
from typing import ClassVar

from workout_application.identity.ports import CredentialReader, EventRecorder
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, anyone, requires
from workout_domain.identity.events import PasswordResetRequested
from workout_shared.clock import Clock
from workout_shared.identifiers import Identifiers


@requires(anyone)
@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetPassword(Command[None]):
    """Does the same for a known and an unknown address."""

    appends: ClassVar[bool] = True

    email: str


class ForgetPasswordHandler:
    """Notes the wish: whether a mail follows is decided where nobody can watch."""

    def __init__(
        self,
        accounts: CredentialReader,
        events: EventRecorder,
        identifiers: Identifiers,
        clock: Clock,
    ) -> None:
        self._accounts, self._events = accounts, events
        self._identifiers, self._clock = identifiers, clock

    async def handle(self, command: ForgetPassword, _actor: Actor) -> None:
        """Look up once and note one event, whoever it is."""
        known = await self._accounts.of(command.email)
        self._events.record(
            PasswordResetRequested(
                occurred_at=self._clock.now(),
                request_id=self._identifiers.new(),
                user_id=None if known is None else known.user_id,
            )
        )
