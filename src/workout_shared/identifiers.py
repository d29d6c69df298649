"""Where new identifiers come from: injected, never made by the database."""

from typing import Protocol
from uuid import UUID


class Identifiers(Protocol):
    """Makes identifiers that sort by the time they were made."""

    def new(self) -> UUID:
        """Return a fresh UUID of version 7."""
        ...
