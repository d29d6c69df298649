"""Answers about the service itself."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntryView:
    """
    One security event: who did what, to what, from where.

    ``actor_id`` is null for strangers and the product itself; ``details`` are the event's fields.
    """

    id: UUID
    occurred_at: datetime
    action: str
    actor_id: UUID | None
    actor_name: str | None
    subject_id: UUID
    ip_address: str | None
    correlation_id: str
    details: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminSectionView:
    """One part of the admin area."""

    name: str
    path: str
    description: str
