"""The admin area: what it holds, and who did what."""

from fastapi import Request
from starlette.responses import Response

from workout_application.platform.queries.list_admin_sections import ListAdminSections
from workout_application.platform.queries.list_audit_entries import ListAuditEntries
from workout_application.platform.views import AdminSectionView, AuditEntryView
from workout_presentation.api.door import FromDoor, sends
from workout_presentation.api.envelope import Envelope, PageEnvelope, envelope, page_envelope
from workout_presentation.api.operations import answers, router
from workout_presentation.api.queries import read_query
from workout_presentation.api.v1.platform.models import AuditLogQuery

admin_area = router("/admin", tag="Admin")


@admin_area.get("", **answers(200, Envelope[list[AdminSectionView]], 401, 403))
@sends(ListAdminSections)
async def list_admin_sections(door: FromDoor) -> Response:
    """List the parts of the admin area."""
    sections = await door.ask(ListAdminSections())
    return envelope(sections)


@admin_area.get(
    "/audit-log", **answers(200, PageEnvelope[AuditEntryView], 401, 403, query=AuditLogQuery)
)
@sends(ListAuditEntries)
async def list_audit_entries(request: Request, door: FromDoor) -> Response:
    """List what bears on who may do what, newest first."""
    query = read_query(AuditLogQuery, request)
    entries = await door.ask(query.to_query(door.actor))
    return page_envelope(request, entries)
