"""A coach notes something about an athlete."""

from dataclasses import dataclass
from uuid import UUID

from workout_application.coaching.members import Members
from workout_application.coaching.views import NoteView
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, trainer
from workout_domain.coaching.note import CoachingNote, NoteVisibility
from workout_domain.coaching.relation import Side
from workout_domain.coaching.repositories import NoteRepository
from workout_shared.clock import Clock
from workout_shared.identifiers import Identifiers


@requires(trainer)
@dataclass(frozen=True, slots=True, kw_only=True)
class WriteNote(Command[NoteView]):
    """Answers with the note; unless shared it is the coach's alone."""

    relation_id: UUID
    text: str
    visibility: NoteVisibility = NoteVisibility.COACH_ONLY


class WriteNoteHandler:
    """Holds the relation, so that it does not end meanwhile."""

    def __init__(
        self, members: Members, notes: NoteRepository, identifiers: Identifiers, clock: Clock
    ) -> None:
        self._members, self._notes = members, notes
        self._identifiers, self._clock = identifiers, clock

    async def handle(self, command: WriteNote, actor: Actor) -> NoteView:
        """Write it."""
        relation = await self._members.join_as(Side.TRAINER, command.relation_id, actor)
        note = CoachingNote.write(
            note_id=self._identifiers.new(),
            relation=relation,
            text=command.text,
            visibility=command.visibility,
            at=self._clock.now(),
        )
        self._notes.add(note)
        return NoteView.of(note)
