"""A trainer puts an athlete into a group."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.coaching.membership import members_of
from workout_application.coaching.views import GroupView
from workout_application.messaging.actor import Actor
from workout_application.messaging.concurrency import expect_revision
from workout_application.messaging.messages import Command, requires, trainer
from workout_domain.coaching.repositories import GroupRepository, RelationRepository
from workout_shared.clock import Clock


@requires(trainer)
@dataclass(frozen=True, slots=True, kw_only=True)
class AddAthleteToGroup(Command[GroupView]):
    """Answers with the group; adding somebody again changes nothing."""

    group_id: UUID
    athlete_id: UUID
    expected_revision: int | None = None


class AddAthleteToGroupHandler:
    """Takes only athletes the trainer coaches."""

    def __init__(
        self, groups: GroupRepository, relations: RelationRepository, clock: Clock
    ) -> None:
        self._groups, self._relations, self._clock = groups, relations, clock

    async def handle(self, command: AddAthleteToGroup, actor: Actor) -> GroupView:
        """Add them."""
        # Relations before groups, as whoever ends one locks them.
        [member] = await members_of(self._relations, actor.trainer_id, [command.athlete_id])
        group = await self._groups.of_trainer(actor.trainer_id, command.group_id)
        expect_revision(group, command.expected_revision)
        group.take_in(member, at=self._clock.now())
        return GroupView.of(group)
