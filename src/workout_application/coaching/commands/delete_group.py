"""A trainer gives a group up."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.concurrency import expect_revision
from workout_application.messaging.messages import Command, requires, trainer
from workout_domain.coaching.repositories import GroupRepository
from workout_shared.clock import Clock


@requires(trainer)
@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteGroup(Command[None]):
    """Its athletes stay coached."""

    group_id: UUID
    expected_revision: int | None = None


class DeleteGroupHandler:
    """Deletes the trainer's own groups."""

    def __init__(self, groups: GroupRepository, clock: Clock) -> None:
        self._groups, self._clock = groups, clock

    async def handle(self, command: DeleteGroup, actor: Actor) -> None:
        """Delete it."""
        group = await self._groups.of_trainer(actor.trainer_id, command.group_id)
        expect_revision(group, command.expected_revision)
        group.delete(at=self._clock.now())
