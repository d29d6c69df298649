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
    is_warning: bool = False


LINES: Final = {
    "workout.created": Line("workout created", ("workout_id", "trainer_id")),
    "workout.started": Line("workout session started", ("session_id", "athlete_id")),
    "auth.sign_in.locked_out": Line(
        "suspicious sign-ins locked out", ("user_id", "ip_address"), is_warning=True
    ),
}


class EventLog:
    """Writes them under the correlation id of the request; what is suspicious is a warning."""

    def __init__(self) -> None:
        self._log: Any = structlog.get_logger()

    def committed(self, event: DomainEvent, *, correlation_id: str) -> None:
        """Write the line of an event that has one."""
        line = LINES.get(event.kind)
        if line is not None:
            ids = {field: _text(getattr(event, field)) for field in line.fields}
            write = self._log.warning if line.is_warning else self._log.info
            write(line.text, correlation_id=correlation_id, **ids)


def _text(identifier: object) -> str | None:
    return None if identifier is None else str(identifier)
