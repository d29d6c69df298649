"""Aggregates and guards: revisions, events, instants, refusals by field."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workout_domain.kernel.aggregate import Aggregate
from workout_domain.kernel.errors import Invalid
from workout_domain.kernel.events import DomainEvent
from workout_domain.kernel.guards import at_least, optional_text, required_text

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung(DomainEvent):
    """A bell rang."""

    kind: ClassVar[str] = "bell.rung"

    @property
    def aggregate_id(self) -> UUID:
        """The bell."""
        return UUID(int=1)


class Bell(Aggregate):
    """The smallest aggregate."""

    def ring(self, *, at: datetime) -> None:
        """Ring it."""
        self._record(Rung(occurred_at=at))


@pytest.mark.requirement("DBR-03")
def test_a_new_aggregate_was_never_changed() -> None:
    bell = Bell(at=NOON)

    assert (bell.revision, bell.created_at, bell.updated_at) == (0, NOON, NOON)
    assert not bell.is_deleted
    assert bell.take_events() == ()


@pytest.mark.requirement("DBR-03")
@given(st.lists(st.integers(min_value=0, max_value=10_000), max_size=30))
def test_every_event_raises_the_revision_and_stamps_the_change(minutes: list[int]) -> None:
    bell = Bell(at=NOON)

    for number in minutes:
        bell.ring(at=NOON + timedelta(minutes=number))

    assert bell.revision == len(minutes)
    assert bell.created_at == NOON
    assert bell.updated_at == NOON + timedelta(minutes=minutes[-1] if minutes else 0)
    assert [event.occurred_at for event in bell.take_events()] == [
        NOON + timedelta(minutes=number) for number in minutes
    ]


@pytest.mark.requirement("DBR-05")
def test_events_are_handed_over_once() -> None:
    bell = Bell(at=NOON)
    bell.ring(at=NOON)

    assert len(bell.take_events()) == 1
    assert bell.take_events() == ()


@pytest.mark.parametrize("value", ["", "  \t\n", "a\x00b", "xxxxx"])
def test_a_required_text_is_refused_by_field(value: str) -> None:
    with pytest.raises(Invalid) as refused:
        required_text(value, field="name", longest=4)

    assert refused.value.errors[0].pointer == "/name"


def test_a_required_text_is_stripped() -> None:
    assert required_text("  ab ", field="name", longest=2) == "ab"


@pytest.mark.parametrize("value", ["a\x00", "xxxxx"])
def test_an_optional_text_is_refused_by_field(value: str) -> None:
    with pytest.raises(Invalid) as refused:
        optional_text(value, field="notes", longest=4)

    assert refused.value.errors[0].pointer == "/notes"


@pytest.mark.parametrize("value", [None, "", "  ab"])
def test_an_optional_text_is_kept_as_it_is(value: str | None) -> None:
    assert optional_text(value, field="notes", longest=4) == value


@pytest.mark.parametrize("value", [0, 11])
def test_a_figure_out_of_range_is_refused_by_field(value: int) -> None:
    with pytest.raises(Invalid) as refused:
        at_least(value, 1, field="sets", largest=10)

    assert refused.value.errors[0].pointer == "/sets"
