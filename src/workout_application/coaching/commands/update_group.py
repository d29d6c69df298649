"""A trainer calls a group otherwise, or puts others into it."""

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
class UpdateGroup(Command[GroupView]):
    """Answers with the group; ``athlete_ids`` replaces all of them, None leaves them."""

    group_id: UUID
    name: str
    description: str | None = None
    athlete_ids: tuple[UUID, ...] | None = None
    expected_revision: int | None = None


class UpdateGroupHandler:
    """Changes the trainer's own groups."""

    def __init__(
        self, groups: GroupRepository, relations: RelationRepository, clock: Clock
    ) -> None:
        self._groups, self._relations, self._clock = groups, relations, clock

    async def handle(self, command: UpdateGroup, actor: Actor) -> GroupView:
        """Change it."""
        members = None
        if command.athlete_ids is not None:
            # Relations before groups, as whoever ends one locks them.
            members = await members_of(self._relations, actor.trainer_id, command.athlete_ids)
        group = await self._groups.of_trainer(actor.trainer_id, command.group_id)
        expect_revision(group, command.expected_revision)
        group.revise(
            name=command.name,
            description=command.description,
            members=members,
            at=self._clock.now(),
        )
        return GroupView.of(group)
