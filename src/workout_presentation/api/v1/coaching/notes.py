"""Notes of coaches about athletes."""

from uuid import UUID

from fastapi import Request
from starlette.responses import Response

from workout_application.coaching.commands.change_note import ChangeNote
from workout_application.coaching.commands.remove_note import RemoveNote
from workout_application.coaching.commands.write_note import WriteNote
from workout_application.coaching.queries.get_note import GetNote
from workout_application.coaching.views import NoteView
from workout_presentation.api.door import FromDoor, sends
from workout_presentation.api.envelope import (
    Envelope,
    PageEnvelope,
    envelope,
    nothing,
    page_envelope,
    unless_unchanged,
)
from workout_presentation.api.operations import BASE, answers, router
from workout_presentation.api.queries import read_query
from workout_presentation.api.v1.coaching.models import (
    ChangeNoteBody,
    NoteListQuery,
    WriteNoteBody,
)

notes = router("/coaching/relations/{relation_id}/notes", tag="Coaching")


@notes.post("", **answers(201, Envelope[NoteView], 401, 403, 404, 409, 422))
@sends(WriteNote)
async def write_note(relation_id: UUID, body: WriteNoteBody, door: FromDoor) -> Response:
    """Note something about an athlete you coach, for yourself or shared with them."""
    return await door.tell(
        body.to_command(relation_id),
        lambda note: envelope(
            note,
            status=201,
            etag=note.revision,
            location=f"{BASE}/coaching/relations/{note.relation_id}/notes/{note.id}",
        ),
    )


@notes.get("", **answers(200, PageEnvelope[NoteView], 401, 404, query=NoteListQuery))
async def list_notes(relation_id: UUID, request: Request, door: FromDoor) -> Response:
    """List the notes of a relation, newest first: the coach all, the athlete the shared ones."""
    query = read_query(NoteListQuery, request)
    page = await door.ask(query.to_query(relation_id))
    return page_envelope(request, page)


@notes.get("/{note_id}", **answers(200, Envelope[NoteView], 401, 404))
async def get_note(relation_id: UUID, note_id: UUID, request: Request, door: FromDoor) -> Response:
    """Show one note."""
    note = await door.ask(GetNote(relation_id=relation_id, note_id=note_id))
    return unless_unchanged(request, note.data, note.revision)


@notes.put("/{note_id}", **answers(200, Envelope[NoteView], 401, 403, 404, 409, 412))
@sends(ChangeNote)
async def change_note(
    relation_id: UUID, note_id: UUID, body: ChangeNoteBody, door: FromDoor
) -> Response:
    """Change what a note says, or whether the athlete reads it."""
    command = body.to_command(relation_id, note_id, door.expected_revision())
    return await door.tell(command, lambda note: envelope(note, etag=note.revision))


@notes.delete("/{note_id}", **answers(204, None, 401, 403, 404, 409, 412))
async def remove_note(relation_id: UUID, note_id: UUID, door: FromDoor) -> Response:
    """Take a note away."""
    command = RemoveNote(
        relation_id=relation_id, note_id=note_id, expected_revision=door.expected_revision()
    )
    return await door.tell(command, lambda _: nothing())
