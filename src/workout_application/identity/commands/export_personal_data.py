"""Somebody takes a copy of everything the product holds about them."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final

from workout_application.encoding import encode, raw
from workout_application.identity.ports import EventRecorder, PersonalData
from workout_application.messaging.actor import Actor
from workout_application.messaging.api_scopes import ApiScope
from workout_application.messaging.messages import Command, requires, signed_in
from workout_domain.identity.events import UserDataExported
from workout_shared.clock import Clock

SCHEMA_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class ReadyCopy:
    """A ``PersonalCopy`` as JSON, ready to send, and when it was made."""

    data: bytes
    generated_at: datetime


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class ExportPersonalData(Command[ReadyCopy]):
    """Answers with a copy; a command, since taking a copy is noted."""

    appends: ClassVar[bool] = True
    api_scope: ClassVar[str | None] = ApiScope.ACCOUNT_EXPORT


class ExportPersonalDataHandler:
    """Puts the sections of all contexts together, unread."""

    def __init__(self, data: PersonalData, events: EventRecorder, clock: Clock) -> None:
        self._data, self._events, self._clock = data, events, clock

    async def handle(self, _command: ExportPersonalData, actor: Actor) -> ReadyCopy:
        """Copy it."""
        sections = await self._data.of(actor.id)
        now = self._clock.now()
        self._events.record(UserDataExported(occurred_at=now, user_id=actor.id))
        head = {"generated_at": now, "schema_version": SCHEMA_VERSION}
        whole = head | {name: raw(part) for name, part in sections.items()}
        return ReadyCopy(encode(whole), now)
