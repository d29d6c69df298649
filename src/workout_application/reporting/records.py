"""Personal records as they are searched and found: exact, loads in kilograms, ids as text."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from workout_application.reporting.figures import Listed
from workout_application.reporting.questions import Window
from workout_domain.reporting.records import RecordKind
from workout_shared.pages import PageRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSearch:
    """
    Which records are looked for; ``window`` is when they were set, not what they are held against.

    ``is_current`` leaves out those that were beaten. Where they are sorted by value, estimates are
    told by ``formula`` and loads in ``unit``.
    """

    window: Window
    exercise_id: UUID | None
    kinds: tuple[RecordKind, ...] | None
    is_current: bool
    formula: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRecord:
    """
    One record and the set it was; ``reps`` is 0 where the kind has none.

    ``previous`` is what it beat. Estimates have the load and the repetitions they were made of,
    and those of the estimate before.
    """

    exercise_id: str
    exercise_name: str
    kind: RecordKind
    reps: int
    value: Decimal
    previous: Decimal | None
    is_current: bool
    set_id: str | None
    session_id: str
    local_date: date
    load_kg: Decimal | None
    load_reps: int | None
    previous_load_kg: Decimal | None
    previous_load_reps: int | None


class RecordReader(Protocol):
    """Knows personal records; whatever was logged a moment ago is in."""

    async def records(
        self, user_id: UUID, search: RecordSearch, page: PageRequest, /
    ) -> Listed[HeldRecord]:
        """Return a page of records, the newest first unless sorted otherwise."""
        ...
