"""What administrators ask of the audit log."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from workout_application.messaging.actor import Actor
from workout_application.platform.ports import AuditFilter
from workout_application.platform.queries.list_audit_entries import ListAuditEntries
from workout_presentation.api.lists import CursorQuery, Moment, ending, starting


class AuditLogQuery(CursorQuery):
    """Which entries are asked for, and where to go on."""

    actor_id: UUID | None = Field(None, description="Only what this account did.")
    subject_id: UUID | None = Field(None, description="Only what was done to this one.")
    action: Annotated[str, StringConstraints(max_length=100)] | None = Field(
        None, description="Only entries of this action."
    )
    from_date: Moment | None = None
    to_date: Moment | None = None

    def to_query(self, actor: Actor) -> ListAuditEntries:
        """Make the query; days are those of the caller."""
        where = AuditFilter(
            actor_id=self.actor_id,
            subject_id=self.subject_id,
            action=self.action,
            from_date=starting(self.from_date, actor),
            to_date=ending(self.to_date, actor),
        )
        return ListAuditEntries(page=self.cursor_request(), where=where)
