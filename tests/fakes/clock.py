"""A clock that runs with real time and can be moved on."""

from datetime import UTC, datetime, timedelta


class AdjustableClock:
    """Real time plus whatever a test adds."""

    def __init__(self) -> None:
        self._added = timedelta()

    def now(self) -> datetime:
        """Return the shifted instant."""
        return datetime.now(UTC) + self._added

    def advance(self, by: timedelta) -> None:
        """Move on."""
        self._added += by

    def reset(self) -> None:
        """Go back to real time."""
        self._added = timedelta()
