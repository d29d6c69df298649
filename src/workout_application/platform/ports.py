"""What upkeep needs: stores that can drop what has expired."""

from datetime import datetime
from typing import Protocol


class ExpiringStore(Protocol):
    """Something that keeps rows for a time."""

    async def delete_expired(self, *, at: datetime, limit: int) -> int:
        """Delete at most ``limit`` rows that have expired; return how many."""
        ...
