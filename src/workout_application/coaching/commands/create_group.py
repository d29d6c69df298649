"""A trainer puts athletes under one name."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.coaching.membership import members_of
from workout_application.coaching.views import GroupView
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, trainer
from workout_domain.coaching.group import AthleteGroup
from workout_domain.coaching.repositories import GroupRepository, RelationRepository
from workout_shared.clock import Clock
from workout_shared.identifiers import Identifiers


@requires(trainer)
@dataclass(frozen=True, slots=True, kw_only=True)
class CreateGroup(Command[GroupView]):
    """Answers with the group."""

    name: str
    description: str | None = None
    athlete_ids: tuple[UUID, ...] = ()


class CreateGroupHandler:
    """Takes only athletes the trainer coaches."""

    def __init__(
        self,
        groups: GroupRepository,
        relations: RelationRepository,
        identifiers: Identifiers,
        clock: Clock,
    ) -> None:
        self._groups, self._relations = groups, relations
        self._identifiers, self._clock = identifiers, clock

    async def handle(self, command: CreateGroup, actor: Actor) -> GroupView:
        """Create it; a second one of this name is refused by the database."""
        group = AthleteGroup.create(
            group_id=self._identifiers.new(),
            trainer_id=actor.trainer_id,
            name=command.name,
            description=command.description,
            members=await members_of(self._relations, actor.trainer_id, command.athlete_ids),
            at=self._clock.now(),
        )
        self._groups.add(group)
        return GroupView.of(group)
