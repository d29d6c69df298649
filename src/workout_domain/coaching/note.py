"""A coach's note about an athlete: for the coach alone, or shared with the athlete."""

from datetime import datetime
from enum import StrEnum
from typing import Final, TypeVar
from uuid import UUID

from workout_domain.coaching.events import NoteChanged, NoteEvent, NoteRemoved, NoteWritten
from workout_domain.coaching.relation import CoachingRelation
from workout_domain.kernel.aggregate import Aggregate
from workout_domain.kernel.guards import required_text

LONGEST_NOTE: Final = 5000
E = TypeVar("E", bound=NoteEvent)


class NoteVisibility(StrEnum):
    """Who reads a note beside the coach who wrote it."""

    COACH_ONLY = "coach_only"
    SHARED = "shared"


class CoachingNote(Aggregate):
    """Belongs to one relation; written, changed and removed while that is active."""

    def __init__(
        self,
        *,
        note_id: UUID,
        relation_id: UUID,
        text: str,
        visibility: NoteVisibility,
        at: datetime,
    ) -> None:
        super().__init__(at=at)
        self.id = note_id
        self.relation_id = relation_id
        self.text = required_text(text, field="text", longest=LONGEST_NOTE)
        self.visibility = visibility

    @classmethod
    def write(
        cls,
        *,
        note_id: UUID,
        relation: CoachingRelation,
        text: str,
        visibility: NoteVisibility,
        at: datetime,
    ) -> "CoachingNote":
        """
        Note something about the athlete of a relation.

        Raises:
            RelationNotActive: the relation is paused or has ended.
            Invalid: the text is blank or too long.
        """
        relation.refuse_unless_active()
        note = cls(
            note_id=note_id, relation_id=relation.id, text=text, visibility=visibility, at=at
        )
        note._record(note._told(NoteWritten, relation, at=at))
        return note

    @property
    def is_shared(self) -> bool:
        """Whether the athlete reads it."""
        return self.visibility is NoteVisibility.SHARED

    def change(
        self,
        relation: CoachingRelation,
        *,
        text: str,
        visibility: NoteVisibility | None,
        at: datetime,
    ) -> None:
        """
        Say something else, perhaps to others; ``visibility`` None leaves that as it is.

        Raises:
            RelationNotActive: the relation is paused or has ended.
            Invalid: the text is blank or too long.
        """
        relation.refuse_unless_active()
        was_shared = self.is_shared
        self.text = required_text(text, field="text", longest=LONGEST_NOTE)
        self.visibility = visibility or self.visibility
        self._record(
            NoteChanged(
                occurred_at=at,
                note_id=self.id,
                relation_id=self.relation_id,
                trainer_user_id=relation.trainer_user_id,
                athlete_user_id=relation.athlete_user_id,
                visibility=self.visibility.value,
                was_shared=was_shared,
            )
        )

    def remove(self, relation: CoachingRelation, *, at: datetime) -> None:
        """
        Take the note away.

        Raises:
            RelationNotActive: the relation is paused or has ended.
        """
        relation.refuse_unless_active()
        self.deleted_at = at
        self._record(self._told(NoteRemoved, relation, at=at))

    def _told(self, kind: type[E], relation: CoachingRelation, *, at: datetime) -> E:
        return kind(
            occurred_at=at,
            note_id=self.id,
            relation_id=self.relation_id,
            trainer_user_id=relation.trainer_user_id,
            athlete_user_id=relation.athlete_user_id,
            visibility=self.visibility.value,
        )
