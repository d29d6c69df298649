"""An administrator adds a type of set."""

from dataclasses import dataclass
from typing import ClassVar

from workout_application.catalogue.caching import CATALOGUE
from workout_application.catalogue.views import SetTypeView
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, admin, requires
from workout_domain.catalogue.repositories import SetTypeRepository
from workout_domain.catalogue.set_type import SetType, SetTypeDetails
from workout_shared.clock import Clock
from workout_shared.identifiers import Identifiers


@requires(admin)
@dataclass(frozen=True, slots=True, kw_only=True)
class CreateSetType(Command[SetTypeView]):
    """Answers with the new type."""

    outdates: ClassVar[tuple[str, ...]] = (CATALOGUE,)

    code: str
    details: SetTypeDetails


class CreateSetTypeHandler:
    """Adds it; that its code is free is held by the database."""

    def __init__(
        self, set_types: SetTypeRepository, identifiers: Identifiers, clock: Clock
    ) -> None:
        self._set_types, self._identifiers, self._clock = set_types, identifiers, clock

    async def handle(self, command: CreateSetType, _actor: Actor) -> SetTypeView:
        """Add it."""
        set_type = SetType.create(
            set_type_id=self._identifiers.new(),
            code=command.code,
            details=command.details,
            at=self._clock.now(),
        )
        self._set_types.add(set_type)
        return SetTypeView.of(set_type)
