"""Days, weeks and muscles equal what all sets add up to, rolled up or not."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders.histories import Log, Training
from tests.infrastructure.reporting import naive
from tests.infrastructure.reporting.conftest import Ledger
from tests.infrastructure.reporting.stories import Story, story
from workout_application.reporting.figures import DayFigures
from workout_application.reporting.periods import monday_of
from workout_application.reporting.questions import Window

FIRST, LAST = date(2026, 2, 20), date(2026, 3, 10)
WINDOW = Window(from_day=FIRST, to_day=LAST)


async def check_days(ledger: Ledger, log: Log, exercise_id: UUID | None) -> None:
    """Compare every day of a period, and the first day ever."""
    counted = naive.counting(log.sessions)
    chosen = [one for one in counted if exercise_id is None or _sets(one, exercise_id)]
    by_day: dict[date, list[Training]] = defaultdict(list)
    for session in naive.within(chosen, FIRST, LAST):
        by_day[session.day].append(session)

    found = await ledger.days.days(log.user_id, WINDOW, exercise_id)

    assert found.first_ever == min((one.day for one in counted), default=None)
    assert [one.day for one in found.days] == sorted(by_day)
    for one in found.days:
        assert_day(one, by_day[one.day], exercise_id)


def assert_day(found: DayFigures, sessions: list[Training], exercise_id: UUID | None) -> None:
    """Compare one day with its sessions."""
    loads = [one.session_rpe * one.minutes for one in sessions if one.session_rpe and one.minutes]
    assert found.sessions == len(sessions)
    assert found.completed_sessions == sum(one.status == "completed" for one in sessions)
    assert found.minutes == sum(one.minutes or 0 for one in sessions)
    assert found.session_load == sum(loads)
    assert found.unrated_sessions == len(sessions) - len(loads)
    sets = [one for session in sessions for one in _sets(session, exercise_id)]
    assert {
        name: getattr(found.figures, name) for name in found.figures.__dataclass_fields__
    } == naive.figures(sets)


async def check_muscles(ledger: Ledger, log: Log) -> None:
    """Compare the sets and the tonnage of every muscle and week."""
    muscles = await _muscles(ledger)
    expected: dict[tuple[date, str], list[Decimal]] = defaultdict(lambda: [Decimal()] * 3)
    for session in naive.within(naive.counting(log.sessions), FIRST, LAST):
        for one in session.counted:
            sets = Decimal(naive.is_hard(one)) * (Decimal("0.5") if one.side else 1)
            kg = sum(naive.loads(one), Decimal()) if naive.is_working(one) else Decimal()
            primary, secondary = muscles[one.exercise_id]
            for muscle in primary:
                _add(expected[monday_of(session.day), muscle], [sets, Decimal(), kg])
            for muscle in secondary:
                _add(expected[monday_of(session.day), muscle], [Decimal(), sets, Decimal()])

    found = await ledger.days.muscles(log.user_id, WINDOW, None)

    assert [(one.week, one.muscle) for one in found] == sorted(expected)
    assert {
        (one.week, one.muscle): [one.primary_sets, one.secondary_sets, one.tonnage_kg]
        for one in found
    } == expected


def _sets(session: Training, exercise_id: UUID | None) -> list[Any]:
    return [one for one in session.counted if exercise_id in {None, one.exercise_id}]


def _add(sums: list[Decimal], more: list[Decimal]) -> None:
    sums[:] = [old + new for old, new in zip(sums, more, strict=True)]


async def _muscles(ledger: Ledger) -> dict[UUID, tuple[list[str], list[str]]]:
    rows = await ledger.database.fetch(
        "SELECT id, primary_muscles, secondary_muscles FROM exercises WHERE id = ANY ($1)",
        ledger.lifts,
    )
    return {row["id"]: (row["primary_muscles"], row["secondary_muscles"]) for row in rows}


@pytest.mark.requirement("REP-03", "BEY-09", "BEY-10")
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 2**32), length=st.integers(0, 20))
async def test_days_and_muscles_equal_what_all_sets_add_up_to(
    ledger: Ledger, seed: int, length: int
) -> None:
    play = Story(ledger, await ledger.account())
    for step in story(seed, length):
        await play.play(step)
        await check_days(ledger, play.log, None)
        await check_muscles(ledger, play.log)

    await ledger.fold(play.log)

    for exercise_id in (None, ledger.lifts[0]):
        await check_days(ledger, play.log, exercise_id)
    await check_muscles(ledger, play.log)
