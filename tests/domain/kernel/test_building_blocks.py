"""Aggregates, guards and value objects."""

from dataclasses import FrozenInstanceError
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders.accounts import NOON, a_user
from workout_domain.kernel.errors import Invalid
from workout_domain.kernel.guards import at_least, required_text
from workout_domain.kernel.load import (
    LARGEST_LOAD,
    Load,
    LoadNotAllowed,
    MeasurementUnit,
    UnitsNotConvertible,
)

amounts = st.decimals(0, LARGEST_LOAD, places=3)
blanks = st.text(st.sampled_from(" \t\n\r\u00a0\u200b\u2028\ufeff"), max_size=20)


@pytest.mark.requirement("ARC-13")
def test_an_aggregate_queues_its_event_and_taking_empties_the_list() -> None:
    user = a_user()

    assert [event.kind for event in user.take_events()] == ["user.registered"]
    assert user.take_events() == ()


@pytest.mark.requirement("ARC-13")
def test_an_aggregate_has_id_instants_and_a_deletion_mark() -> None:
    user = a_user()

    assert user.created_at.tzinfo is not None
    assert user.updated_at == user.created_at
    assert not user.is_deleted
    assert isinstance(user.id, UUID)


@pytest.mark.requirement("ARC-13")
def test_every_event_raises_the_revision_and_stamps_the_aggregate() -> None:
    user = a_user()
    before = user.revision

    user.grant("trainer", at=NOON + timedelta(hours=1))

    assert user.revision == before + 1
    assert user.updated_at == NOON + timedelta(hours=1)


@pytest.mark.requirement("ARC-14")
@given(blanks)
def test_no_blank_text_passes_the_guard(blank: str) -> None:
    with pytest.raises(Invalid) as refused:
        required_text(blank, field="name", longest=50)

    assert [(error.pointer, error.code) for error in refused.value.errors] == [("/name", "blank")]


@pytest.mark.requirement("ARC-14")
@given(st.text(min_size=1, max_size=60))
def test_text_that_passes_the_guard_is_stripped_and_within_bounds(text: str) -> None:
    try:
        passed = required_text(text, field="name", longest=50)
    except Invalid:
        return

    assert passed == text.strip()
    assert 1 <= len(passed) <= 50


@pytest.mark.requirement("ARC-14")
@given(st.integers(max_value=0))
def test_what_must_be_positive_is_refused_at_zero_and_below(value: int) -> None:
    with pytest.raises(Invalid) as refused:
        at_least(value, 1, field="sets")

    assert refused.value.errors[0].pointer == "/sets"


@pytest.mark.requirement("ARC-14")
@pytest.mark.parametrize("amount", ["-0.001", "10000", "NaN", "Infinity", "-Infinity"])
def test_a_weight_that_is_negative_too_large_or_no_number_is_refused(amount: str) -> None:
    with pytest.raises(LoadNotAllowed) as refused:
        Load(Decimal(amount))

    assert refused.value.errors[0].pointer == "/weight"


@pytest.mark.requirement("ARC-15")
@given(amounts, st.sampled_from(MeasurementUnit))
def test_weights_of_equal_amount_and_unit_are_equal_and_hash_equal(
    amount: Decimal, unit: MeasurementUnit
) -> None:
    one, other = Load(amount, unit), Load(Decimal(str(amount)), unit)

    assert one == other
    assert hash(one) == hash(other)


@pytest.mark.requirement("ARC-15")
def test_a_value_object_cannot_be_changed() -> None:
    load = Load(Decimal(100))

    with pytest.raises(FrozenInstanceError):
        load.amount = Decimal(0)  # type: ignore[misc]  # that is the point


@given(st.decimals(0, 4000, places=3))
def test_a_weight_converted_there_and_back_is_within_a_gram(amount: Decimal) -> None:
    load = Load(amount)

    back = load.to("pounds").to("kilograms")

    assert abs(back.amount - load.amount) <= Decimal("0.001")


def test_a_weight_converts_to_no_other_unit() -> None:
    with pytest.raises(UnitsNotConvertible):
        Load(Decimal(1)).to("stone")
