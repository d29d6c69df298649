"""Domain events: what happened, in the past tense, as a public contract."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainEvent:
    """
    Something that happened to one aggregate.

    ``kind`` and ``version`` name the contract under which it is published; the identifier is
    given when the event is stored, so the domain needs no source of identifiers. An ``audited``
    event bears on who may do what, and also goes into the audit log.
    """

    kind: ClassVar[str]
    version: ClassVar[int] = 1
    audited: ClassVar[bool] = False

    occurred_at: datetime

    @property
    def aggregate_id(self) -> UUID:
        """The aggregate the event belongs to: each kind of event says which of its ids that is."""
        raise NotImplementedError
