"""The few events that leave a line in the log, written once they are committed: ids only."""

from dataclasses import dataclass
from typing import Any, Final

import structlog

from workout_domain.kernel.events import DomainEvent


@dataclass(frozen=True, slots=True)
class Line:
    """What the line says, and the fields of the event that go with it."""

    text: str
    fields: tuple[str, ...]


LINES: Final = {
    "workout.created": Line("workout created", ("workout_id", "trainer_id")),
    "workout.started": Line("workout session started", ("session_id", "athlete_id")),
}


class EventLog:
    """Writes them at information level, under the correlation id of the request."""

    def __init__(self) -> None:
        self._log: Any = structlog.get_logger()

    def committed(self, event: DomainEvent, *, correlation_id: str) -> None:
        """Write the line of an event that has one."""
        line = LINES.get(event.kind)
        if line is not None:
            ids = {field: _text(getattr(event, field)) for field in line.fields}
            self._log.info(line.text, correlation_id=correlation_id, **ids)


def _text(identifier: object) -> str | None:
    return None if identifier is None else str(identifier)
