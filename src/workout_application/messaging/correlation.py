"""One identifier that ties a request to its log lines, events, jobs and pushes."""

from contextvars import ContextVar

correlation_id: ContextVar[str] = ContextVar("correlation_id", default="-")
causation_id: ContextVar[str | None] = ContextVar("causation_id", default=None)
