"""A trainer takes an athlete out of a group."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.concurrency import expect_revision
from workout_application.messaging.messages import Command, requires, trainer
from workout_domain.coaching.repositories import GroupRepository
from workout_shared.clock import Clock


@requires(trainer)
@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveAthleteFromGroup(Command[None]):
    """The athlete stays coached."""

    group_id: UUID
    athlete_id: UUID
    expected_revision: int | None = None


class RemoveAthleteFromGroupHandler:
    """Changes the trainer's own groups."""

    def __init__(self, groups: GroupRepository, clock: Clock) -> None:
        self._groups, self._clock = groups, clock

    async def handle(self, command: RemoveAthleteFromGroup, actor: Actor) -> None:
        """Remove them."""
        group = await self._groups.of_trainer(actor.trainer_id, command.group_id)
        expect_revision(group, command.expected_revision)
        group.let_go(command.athlete_id, at=self._clock.now())
