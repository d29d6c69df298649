"""The progression of an exercise equals what going through all sets finds, folded or not."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders.histories import NOON, Log, Performed, Training, lifted
from tests.infrastructure.reporting import naive
from tests.infrastructure.reporting.conftest import Ledger
from tests.infrastructure.reporting.stories import Story, story
from tests.infrastructure.reporting.test_folding import rounded, shown
from workout_application.reporting.figures import Best
from workout_application.reporting.progression import Grouping, ProgressionSearch, ProgressPoint
from workout_application.reporting.questions import Window
from workout_infrastructure.persistence.reporting.progression import SqlProgressionReader
from workout_shared.pages import PageRequest

EVERYTHING = PageRequest(page_size=1_000)
SOME = Window(from_day=date(2026, 2, 25), to_day=date(2026, 3, 7))


async def check(ledger: Ledger, log: Log, grouping: Grouping, window: Window) -> None:
    """Compare the points of one exercise with those worked out from its sets."""
    lift, reader = ledger.lifts[0], SqlProgressionReader(ledger.pool)
    search = ProgressionSearch(exercise_id=lift, window=window, grouping=grouping)

    found = await reader.points(log.user_id, search, EVERYTHING)

    ever = naive.counting(log.sessions)
    groups = _grouped(naive.within(ever, window.from_day, window.to_day), lift, grouping)
    assert found.total == len(found.items) == len(groups)
    for one, (day, sessions) in zip(found.items, groups, strict=True):
        _check_point(one, day, sessions, lift)
        _check_standing(one, ever, sessions[-1], lift)
    line = await reader.line(log.user_id, search, 1_000)
    assert [_without_lifts(one) for one in found.items] == [_without_lifts(one) for one in line]
    newest = await reader.points(log.user_id, search, PageRequest(page_size=1_000, sort="-date"))
    assert newest.items[::-1] == found.items
    pages = [
        await reader.points(log.user_id, search, PageRequest(page=number, page_size=3))
        for number in range(1, found.total // 3 + 2)
    ]
    assert [one for page in pages for one in page.items] == list(found.items)


def _grouped(
    sessions: Iterable[Training], lift: UUID, grouping: Grouping
) -> list[tuple[date, list[Training]]]:
    done = [one for one in sessions if _sets([one], lift)]
    if grouping is Grouping.SESSION:
        return [(one.day, [one]) for one in done]
    groups: dict[date, list[Training]] = {}
    for one in done:
        first = one.day.replace(day=1)
        if grouping is Grouping.WEEK:
            first = one.day - timedelta(days=one.day.weekday())
        groups.setdefault(first, []).append(one)
    return sorted(groups.items())


def _sets(sessions: Iterable[Training], lift: UUID) -> list[Performed]:
    return [one for session in sessions for one in session.counted if one.exercise_id == lift]


def _check_point(one: ProgressPoint, day: date, sessions: list[Training], lift: UUID) -> None:
    sets = _sets(sessions, lift)
    bests = _bests(sessions, lift)
    assert (one.day, one.sessions) == (day, len(sessions))
    assert shown(one.figures) == naive.figures(sets)
    assert _said(one.best_weight) == _told(bests.get("weight"))
    assert _said(one.best_e1rm) == _told(bests.get("e1rm"))
    if one.session_id is not None:
        assert (UUID(one.session_id), one.session_date) == (sessions[0].id, sessions[0].at)
        moved = sorted(kg for two in sets if naive.is_working(two) for kg in naive.loads(two))
        assert sorted(kg for kg, reps in one.lifts for _ in range(reps)) == moved


def _bests(sessions: list[Training], lift: UUID) -> dict[str, naive.Found]:
    """Return the best of some sessions in each kind; of equal ones the earliest."""
    found: dict[str, naive.Found] = {}
    for session in sessions:
        for one in naive.candidates(session, lift):
            if one.kind not in found or one.value > found[one.kind].value:
                found[one.kind] = one
    return found


def _said(best: Best | None) -> Any:
    if best is None:
        return None
    return rounded(best.value), UUID(str(best.set_id)), UUID(best.session_id), best.local_date


def _told(best: naive.Found | None) -> Any:
    return None if best is None else (rounded(best.value), best.set_id, best.session_id, best.day)


def _check_standing(one: ProgressPoint, ever: list[Training], last: Training, lift: UUID) -> None:
    bests = _bests(ever[: ever.index(last) + 1], lift)
    weight, estimate = bests.get("weight"), bests.get("e1rm")
    assert one.record_weight == (None if weight is None else weight.value)
    if estimate is None:
        assert one.record_e1rm is None
    else:
        assert one.record_e1rm is not None
        load, reps = one.record_e1rm
        assert rounded(load * naive.median_factor(reps)) == rounded(estimate.value)


def _without_lifts(one: ProgressPoint) -> dict[str, Any]:
    return {**shown(one), "lifts": ()}


@pytest.mark.requirement("REP-04", "REP-08", "BEY-09", "BEY-10")
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    seed=st.integers(0, 2**32),
    length=st.integers(0, 20),
    grouping=st.sampled_from(Grouping),
    window=st.sampled_from([Window(), SOME]),
)
async def test_points_are_what_all_sets_give(
    ledger: Ledger, seed: int, length: int, grouping: Grouping, window: Window
) -> None:
    play = Story(ledger, await ledger.account())
    for step in story(seed, length):
        await play.play(step)
        await check(ledger, play.log, grouping, window)

    await ledger.fold(play.log)

    for each in Grouping:
        await check(ledger, play.log, each, window)


async def test_estimates_stand_though_a_period_leaves_them_out(ledger: Ledger) -> None:
    log = await ledger.account()
    for day, kg in ((1, 100), (2, 80)):
        sets = [lifted(ledger.lifts[0], kg, 5)]
        await log.save(Training(NOON + timedelta(days=day), sets=sets))
    search = ProgressionSearch(
        exercise_id=ledger.lifts[0], window=Window(from_day=(NOON + timedelta(days=2)).date())
    )

    found = await SqlProgressionReader(ledger.pool).points(log.user_id, search, EVERYTHING)

    [point] = found.items
    assert point.best_weight is not None
    assert (point.best_weight.value, point.record_weight) == (80, 100)
