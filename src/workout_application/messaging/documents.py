"""What readers of single things answer with."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """One thing as JSON, ready to send, and the revision it shows."""

    data: bytes
    revision: int
