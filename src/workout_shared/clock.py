"""Where the time comes from: injected, so that rules can be tested at any moment."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the present instant."""

    def now(self) -> datetime:
        """Return the present instant, aware and in UTC."""
        ...
