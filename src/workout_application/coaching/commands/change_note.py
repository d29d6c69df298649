"""A coach changes what a note says, or who reads it."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.coaching.members import Members
from workout_application.coaching.views import NoteView
from workout_application.messaging.actor import Actor
from workout_application.messaging.concurrency import expect_revision
from workout_application.messaging.messages import Command, requires, trainer
from workout_domain.coaching.note import NoteVisibility
from workout_domain.coaching.relation import Side
from workout_domain.coaching.repositories import NoteRepository
from workout_shared.clock import Clock


@requires(trainer)
@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeNote(Command[NoteView]):
    """Answers with the note; ``visibility`` None leaves that as it is."""

    relation_id: UUID
    note_id: UUID
    text: str
    visibility: NoteVisibility | None = None
    expected_revision: int | None = None


class ChangeNoteHandler:
    """Changes notes of the caller's own relations."""

    def __init__(self, members: Members, notes: NoteRepository, clock: Clock) -> None:
        self._members, self._notes, self._clock = members, notes, clock

    async def handle(self, command: ChangeNote, actor: Actor) -> NoteView:
        """Change it."""
        relation = await self._members.join_as(Side.TRAINER, command.relation_id, actor)
        note = await self._notes.of_relation(relation.id, command.note_id)
        expect_revision(note, command.expected_revision)
        note.change(
            relation, text=command.text, visibility=command.visibility, at=self._clock.now()
        )
        return NoteView.of(note)
