"""Lists of records equal what going through all sets finds, folded or not."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders.histories import Log, Performed
from tests.infrastructure.reporting import naive
from tests.infrastructure.reporting.conftest import Ledger
from tests.infrastructure.reporting.stories import Story, story
from tests.infrastructure.reporting.test_folding import rounded
from workout_application.reporting.questions import Window
from workout_application.reporting.records import HeldRecord, RecordSearch
from workout_domain.kernel.formulas.one_rep_max import Formula, factor
from workout_domain.reporting.records import MEDIAN, RecordKind
from workout_infrastructure.persistence.reporting.records import SqlRecordReader
from workout_shared.pages import PageRequest

FIRST, LAST = date(2026, 2, 25), date(2026, 3, 7)
EVERYTHING = PageRequest(page_size=1_000)


def search(**fields: Any) -> RecordSearch:
    """Ask for all records there are, unless fields say else."""
    asked: dict[str, Any] = {
        "window": Window(),
        "exercise_id": None,
        "kinds": None,
        "is_current": True,
        "formula": MEDIAN,
        "unit": "kilograms",
    }
    return RecordSearch(**{**asked, **fields})


async def check(ledger: Ledger, log: Log) -> None:
    """Compare records of all kinds, of one exercise, of one kind and of a period."""
    expected = [
        (lift, one)
        for lift in ledger.lifts
        for one in naive.records(naive.counting(log.sessions), lift)
    ]
    sets = {one.id: one for session in log.sessions for one in session.sets}
    for asked in (
        search(),
        search(is_current=False),
        search(exercise_id=ledger.lifts[0], is_current=False),
        search(kinds=(RecordKind.E1RM,), window=Window(from_day=FIRST, to_day=LAST)),
        search(is_current=False, window=Window(from_day=FIRST, to_day=LAST)),
    ):
        found = await SqlRecordReader(ledger.pool).records(log.user_id, asked, EVERYTHING)
        wanted = [(lift, one) for lift, one in expected if _fits(lift, one, asked)]

        assert found.total == len(found.items) == len(wanted)
        assert {_said(one) for one in found.items} == {_told(lift, one) for lift, one in wanted}
        for one in found.items:
            _check_estimate(one, sets)


def _fits(lift: UUID, one: naive.Found, asked: RecordSearch) -> bool:
    return (
        (asked.exercise_id is None or asked.exercise_id == lift)
        and (asked.kinds is None or one.kind in asked.kinds)
        and (one.is_current or not asked.is_current)
        and asked.window.from_day <= one.day <= asked.window.to_day
    )


def _said(one: HeldRecord) -> tuple[Any, ...]:
    return (
        UUID(one.exercise_id),
        *(str(one.kind), one.reps, rounded(one.value), rounded(one.previous), one.is_current),
        *(one.set_id and UUID(one.set_id), UUID(one.session_id), one.local_date),
    )


def _told(lift: UUID, one: naive.Found) -> tuple[Any, ...]:
    return (
        lift,
        *(one.kind, one.reps, rounded(one.value), rounded(one.previous), one.is_current),
        *(one.set_id, one.session_id, one.day),
    )


def _check_estimate(one: HeldRecord, sets: dict[UUID, Performed]) -> None:
    if one.kind is not RecordKind.E1RM:
        assert one.load_kg is one.load_reps is one.previous_load_kg is None
        return
    assert one.set_id is not None
    moved = naive.loads(sets[UUID(one.set_id)])
    assert (one.load_kg, one.load_reps) == (min(moved), len(moved))
    if one.previous is None:
        assert one.previous_load_kg is None
    else:
        assert one.previous_load_kg is not None
        assert one.previous_load_reps is not None
        estimate = one.previous_load_kg * naive.median_factor(one.previous_load_reps)
        assert rounded(estimate) == rounded(one.previous)


async def check_orders(ledger: Ledger, log: Log) -> None:
    """Compare pages with the whole, and the whole with its order."""
    reader, asked = SqlRecordReader(ledger.pool), search(formula="lombardi", unit="pounds")
    sets = {one.id: one for session in log.sessions for one in session.sets}
    for order in ("date", "-date", "value", "-value", "exercise_name", "-exercise_name"):
        whole = await reader.records(log.user_id, asked, PageRequest(page_size=1_000, sort=order))
        pages = [
            await reader.records(
                log.user_id, asked, PageRequest(page=number, page_size=7, sort=order)
            )
            for number in range(1, whole.total // 7 + 2)
        ]

        assert [one for page in pages for one in page.items] == list(whole.items)
        if order.endswith("value"):
            values = [_lombardi_in_pounds(one, sets) for one in whole.items]
            assert values == sorted(values, reverse=order.startswith("-"))


def _lombardi_in_pounds(one: HeldRecord, sets: dict[UUID, Performed]) -> Decimal:
    if one.kind in {RecordKind.MOST_REPS, RecordKind.DURATION, RecordKind.DISTANCE}:
        return one.value.quantize(Decimal("1e-6"))
    value = one.value
    if one.kind is RecordKind.E1RM:
        moved = naive.loads(sets[UUID(str(one.set_id))])
        value = min(moved) * factor(Formula.LOMBARDI, len(moved))
    return (value / Decimal("0.45359237")).quantize(Decimal("1e-6"))


@pytest.mark.requirement("REP-05", "REP-08", "BEY-09", "BEY-10")
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 2**32), length=st.integers(0, 20))
async def test_records_are_those_all_sets_give(ledger: Ledger, seed: int, length: int) -> None:
    play = Story(ledger, await ledger.account())
    for step in story(seed, length):
        await play.play(step)
        await check(ledger, play.log)

    await ledger.fold(play.log)

    await check(ledger, play.log)
    await check_orders(ledger, play.log)
