"""What happens after a commit: each subscriber reacts to the events it asked for, exactly once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Final, Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedEvent:
    """
    An event as its contract writes it: JSON values under a kind and version.

    Subscribers read the payload, not the event's class, so no context imports another; ``uuid``
    spares them the conversion.
    """

    id: UUID
    kind: str
    version: int
    payload: dict[str, Any]
    occurred_at: datetime
    actor_id: UUID | None
    correlation_id: str

    def uuid(self, field: str) -> UUID:
        """Return an identifier of the payload."""
        return UUID(self.payload[field])

    def optional_uuid(self, field: str) -> UUID | None:
        """Return an identifier of the payload, or None where it names nothing."""
        text = self.payload.get(field)
        return None if text is None else UUID(text)


QUEUES: Final = ("critical", "default", "low")


class Reaction(Protocol):
    """
    One subscriber.

    ``name`` is stored with what it has done, so it never changes. It runs inside a unit of work
    on the bare driver, shared with other events: repositories work, sessions do not. Repeats are
    kept away by the inbox; events may arrive in another order than they happened. ``queue`` is
    ``critical``, ``default`` or ``low``: a worker may be told to serve only some. One that does
    what no rollback undoes, such as sending a mail, says ``one_by_one = True``: each of its events
    then has a transaction of its own, and none is repeated because another failed.
    """

    name: ClassVar[str]
    subscribes_to: ClassVar[tuple[str, ...]]
    queue: ClassVar[str]

    async def react(self, message: ReceivedEvent, /) -> None:
        """Do what follows from the event; raising means it is delivered again later."""
        ...


def is_one_by_one(reaction: Reaction) -> bool:
    """Tell whether a reaction wants a transaction for each event."""
    return bool(getattr(reaction, "one_by_one", False))
