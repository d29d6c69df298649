"""A coach takes a note away."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.coaching.members import Members
from workout_application.messaging.actor import Actor
from workout_application.messaging.concurrency import expect_revision
from workout_application.messaging.messages import Command, requires, trainer
from workout_domain.coaching.relation import Side
from workout_domain.coaching.repositories import NoteRepository
from workout_shared.clock import Clock


@requires(trainer)
@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveNote(Command[None]):
    """Gone for both sides."""

    relation_id: UUID
    note_id: UUID
    expected_revision: int | None = None


class RemoveNoteHandler:
    """Removes notes of the caller's own relations."""

    def __init__(self, members: Members, notes: NoteRepository, clock: Clock) -> None:
        self._members, self._notes, self._clock = members, notes, clock

    async def handle(self, command: RemoveNote, actor: Actor) -> None:
        """Remove it."""
        relation = await self._members.join_as(Side.TRAINER, command.relation_id, actor)
        note = await self._notes.of_relation(relation.id, command.note_id)
        expect_revision(note, command.expected_revision)
        note.remove(relation, at=self._clock.now())
