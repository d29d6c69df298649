"""The machine's clock and the maker of identifiers."""

from datetime import UTC, datetime
from uuid import UUID

from uuid_utils.compat import uuid7


class SystemClock:
    """Tells the machine's time in UTC."""

    def now(self) -> datetime:
        """Return the present instant."""
        return datetime.now(UTC)


class Uuid7Identifiers:
    """Makes UUIDs of version 7, growing within one process."""

    def new(self) -> UUID:
        """Return a fresh identifier."""
        return uuid7()
