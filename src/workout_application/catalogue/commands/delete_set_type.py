"""An administrator takes a type of set out that nobody used."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from workout_application.catalogue.caching import CATALOGUE
from workout_application.messaging.actor import Actor
from workout_application.messaging.concurrency import expect_revision
from workout_application.messaging.messages import Command, admin, requires
from workout_domain.catalogue.repositories import SetTypeRepository
from workout_shared.clock import Clock


@requires(admin)
@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteSetType(Command[None]):
    """Answers nothing."""

    outdates: ClassVar[tuple[str, ...]] = (CATALOGUE,)

    set_type_id: UUID
    expected_revision: int | None = None


class DeleteSetTypeHandler:
    """Marks a type of set as deleted."""

    def __init__(self, set_types: SetTypeRepository, clock: Clock) -> None:
        self._set_types, self._clock = set_types, clock

    async def handle(self, command: DeleteSetType, _actor: Actor) -> None:
        """Delete it."""
        set_type = await self._set_types.one(command.set_type_id)
        expect_revision(set_type, command.expected_revision)
        is_used = await self._set_types.is_used(set_type.id)
        set_type.delete(is_used=is_used, at=self._clock.now())
