"""An administrator changes what a type of set is called, and whether it warms up."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from workout_application.catalogue.caching import CATALOGUE
from workout_application.catalogue.views import SetTypeView
from workout_application.messaging.actor import Actor
from workout_application.messaging.concurrency import expect_revision
from workout_application.messaging.messages import Command, admin, requires
from workout_domain.catalogue.repositories import SetTypeRepository
from workout_domain.catalogue.set_type import SetTypeDetails
from workout_shared.clock import Clock


@requires(admin)
@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateSetType(Command[SetTypeView]):
    """Answers with the type; its code stays."""

    outdates: ClassVar[tuple[str, ...]] = (CATALOGUE,)

    set_type_id: UUID
    details: SetTypeDetails
    expected_revision: int | None = None


class UpdateSetTypeHandler:
    """Replaces what a type of set says."""

    def __init__(self, set_types: SetTypeRepository, clock: Clock) -> None:
        self._set_types, self._clock = set_types, clock

    async def handle(self, command: UpdateSetType, _actor: Actor) -> SetTypeView:
        """Update it."""
        set_type = await self._set_types.one(command.set_type_id)
        expect_revision(set_type, command.expected_revision)
        set_type.update(command.details, at=self._clock.now())
        return SetTypeView.of(set_type)
