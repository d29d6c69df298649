"""Roll-ups equal what all sets add up to, whatever was changed, folded and repeated in between."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders.histories import NOON, Log, Training, lifted
from tests.infrastructure.reporting import naive
from tests.infrastructure.reporting.conftest import Ledger
from tests.infrastructure.reporting.stories import Story, story
from workout_application.reporting.questions import Window
from workout_shared.pages import PageRequest

LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('reports:' || $1::text, 0))"
TRY_LOCK = LOCK.replace("pg_advisory", "pg_try_advisory")
WAITING = """
SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
               AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
"""


async def check_overall(ledger: Ledger, log: Log) -> None:
    """Compare the overall figures, of all time, of a period and of one exercise."""
    counted = naive.counting(log.sessions)
    first, last = date(2026, 2, 25), date(2026, 3, 7)
    some = naive.within(counted, first, last)
    lift = ledger.lifts[0]
    for window, exercise_id, of in (
        (Window(), None, counted),
        (Window(from_day=first, to_day=last), None, some),
        (Window(from_day=first, to_day=last), lift, some),
        (Window(), lift, counted),
    ):
        chosen = [
            one
            for one in of
            if exercise_id is None or any(s.exercise_id == exercise_id for s in one.counted)
        ]
        sets_of = [
            s
            for one in chosen
            for s in one.counted
            if exercise_id is None or s.exercise_id == exercise_id
        ]
        found = await ledger.figures.overall(log.user_id, window, exercise_id)

        assert shown(found.figures) == naive.figures(sets_of)
        assert found.sessions == len(chosen)
        assert found.completed_sessions == sum(one.status == "completed" for one in chosen)
        assert found.minutes == sum(one.minutes or 0 for one in chosen)


async def check_exercises(ledger: Ledger, log: Log) -> None:
    """Compare the figures of each exercise, of all time and of a period."""
    counted = naive.counting(log.sessions)
    first, last = date(2026, 2, 25), date(2026, 3, 7)
    everything = PageRequest(page_size=100)
    for window, of in (
        (Window(), counted),
        (Window(from_day=first, to_day=last), naive.within(counted, first, last)),
    ):
        found = await ledger.figures.exercises(log.user_id, window, None, everything)
        expected = naive.exercises_of(of)

        assert found.total == len(expected)
        assert {UUID(one.exercise_id) for one in found.items} == set(expected)
        for one in found.items:
            done = expected[UUID(one.exercise_id)]
            bests = {
                two.kind: two
                for two in naive.records(of, UUID(one.exercise_id))
                if two.is_current and two.kind in {"weight", "e1rm"}
            }
            assert shown(one.figures) == naive.figures(s for _, s in done)
            assert one.sessions == len({session.id for session, _ in done})
            assert one.last_date == naive.last_of(done)
            assert_best(one.best_weight, bests.get("weight"))
            assert_best(one.best_e1rm, bests.get("e1rm"))


def assert_best(found: Any, expected: naive.Found | None) -> None:
    """Compare a best with a record."""
    if expected is None:
        assert found is None
        return
    assert (rounded(found.value), UUID(found.set_id), UUID(found.session_id), found.local_date) == (
        rounded(expected.value),
        expected.set_id,
        expected.session_id,
        expected.day,
    )


async def check_records(ledger: Ledger, log: Log, lifts: Sequence[UUID] = ()) -> None:
    """Compare the records kept with those found by going through everything."""
    rows = await ledger.database.fetch(
        "SELECT * FROM personal_records WHERE user_id = $1", log.user_id
    )
    ended = [one for one in log.sessions if one.status != "in_progress"]
    kept = {
        (row["exercise_id"], row["kind"], row["reps"], row["session_id"]): (
            rounded(row["value"]),
            row["set_id"],
            row["local_date"],
            rounded(row["previous_value"]),
            row["is_current"],
        )
        for row in rows
    }
    expected = {
        (UUID(str(lift)), one.kind, one.reps, one.session_id): (
            rounded(one.value),
            one.set_id,
            one.day,
            rounded(one.previous),
            one.is_current,
        )
        for lift in lifts or ledger.lifts
        for one in naive.records(ended, lift)
    }
    assert kept == expected


def shown(figures: Any) -> dict[str, Any]:
    """Return figures by name."""
    return {name: getattr(figures, name) for name in figures.__dataclass_fields__}


def rounded(value: Decimal | None) -> Decimal | None:
    """Return a figure to nine decimals: estimates are irrational."""
    return None if value is None else value.quantize(Decimal("1e-9"))


@pytest.mark.requirement("REP-01", "REP-02", "REP-05", "BEY-09", "BEY-10")
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 2**32), length=st.integers(0, 25))
async def test_reports_equal_what_all_sets_add_up_to(
    ledger: Ledger, seed: int, length: int
) -> None:
    play = Story(ledger, await ledger.account())
    for step in story(seed, length):
        await play.play(step)
        await check_overall(ledger, play.log)
        await check_exercises(ledger, play.log)

    await ledger.fold(play.log)

    await check_overall(ledger, play.log)
    await check_exercises(ledger, play.log)
    await check_records(ledger, play.log)
    kept = await ledger.kept(play.log)
    assert await ledger.differences(play.log) == []
    await ledger.rebuild(play.log)
    assert await ledger.kept(play.log) == kept


TAMPERED = {
    "session_rollups": "UPDATE session_rollups SET minutes = minutes + 1",
    "exercise_rollups": "UPDATE exercise_rollups SET best_kg = 1",
    "exercise_totals": "UPDATE exercise_totals SET hard_sets = 99",
    "training_totals": "UPDATE training_totals SET sessions = sessions + 1",
    "personal_records": "DELETE FROM personal_records",
}


@pytest.mark.parametrize("table", TAMPERED)
async def test_a_check_finds_what_is_wrong_and_a_rebuild_mends_it(
    ledger: Ledger, table: str
) -> None:
    log = await ledger.account()
    for day in range(3):
        sets_of = [lifted(ledger.lifts[0], 100 + day, 5)]
        await log.save(Training(NOON + timedelta(days=day), sets=sets_of))
    await ledger.fold(log, at=datetime.now(UTC) + timedelta(hours=1))
    assert await ledger.differences(log) == []
    await ledger.database.execute(f"{TAMPERED[table]} WHERE user_id = $1", log.user_id)

    assert table in {one.table for one in await ledger.differences(log)}

    await ledger.rebuild(log)
    assert await ledger.differences(log) == []


async def test_a_change_that_was_missed_is_found(ledger: Ledger) -> None:
    log = await ledger.account()
    session = await log.save(Training(sets=[lifted(ledger.lifts[0], 100, 5)]))
    await ledger.fold(log, at=datetime.now(UTC) + timedelta(hours=1))
    session.sets.append(lifted(ledger.lifts[0], 100, 5))

    await log.save(session)

    assert {one.table for one in await ledger.differences(log)} >= {"session_rollups"}
    assert await ledger.fold(log) == 0
    assert await ledger.fold(log, session.id) == 1
    assert await ledger.differences(log) == []


async def test_what_is_not_folded_yet_is_no_difference(ledger: Ledger) -> None:
    log = await ledger.account()
    await log.save(Training(sets=[lifted(ledger.lifts[0], 100, 5)]))

    assert await ledger.differences(log) == []


@pytest.mark.requirement("REP-05")
async def test_of_equal_sets_the_earliest_holds_the_record(ledger: Ledger) -> None:
    log = await ledger.account()
    lift = ledger.lifts[0]
    for day in range(2):
        same = [lifted(lift, 100, 5) for _ in range(4)]
        await log.save(Training(NOON + timedelta(days=day), sets=same))

    await ledger.fold(log)

    await check_records(ledger, log)
    rows = await ledger.database.fetch(
        "SELECT DISTINCT set_id FROM personal_records WHERE user_id = $1 AND set_id IS NOT NULL",
        log.user_id,
    )
    assert [row["set_id"] for row in rows] == [log.sessions[0].sets[0].id]


async def test_folds_at_once_of_one_account_count_everything_once(ledger: Ledger) -> None:
    log = await ledger.account()
    for day in range(5):
        sets_of = [lifted(ledger.lifts[0], 100, 5)]
        await log.save(Training(NOON + timedelta(days=day), sets=sets_of))

    folded = await asyncio.gather(*(ledger.fold(log) for _ in range(4)))

    assert sorted(folded) == [0, 0, 0, 5]
    assert await ledger.differences(log) == []


@pytest.mark.requirement("REP-05", "BEY-10")
async def test_a_record_corrected_away_gives_the_one_before_it_back_at_once(
    ledger: Ledger,
) -> None:
    log = await ledger.account()
    for day, kg in enumerate((100, 110)):
        sets_of = [lifted(ledger.lifts[0], kg, 5)]
        await log.save(Training(NOON + timedelta(days=day), sets=sets_of))
    await ledger.fold(log)
    log.sessions[1].sets[0] = lifted(ledger.lifts[0], 90, 5)

    await log.save(log.sessions[1])

    await check_exercises(ledger, log)
    await ledger.fold(log)
    await check_exercises(ledger, log)
    await check_records(ledger, log)


async def test_who_settles_accounts_waits_for_them_in_the_order_of_all_others(
    ledger: Ledger, database_url: str
) -> None:
    logs = sorted([await ledger.account(), await ledger.account()], key=lambda log: log.user_id)
    first, last = logs
    ages = dict(
        zip((last.user_id, first.user_id), (timedelta(hours=2), timedelta(hours=1)), strict=True)
    )
    now = datetime.now(UTC)
    for log in logs:
        await log.save(Training(sets=[lifted(ledger.lifts[0], 100, 5)]))
        await ledger.fold(log, at=now - ages[log.user_id])
    other = await asyncpg.connect(database_url)
    try:
        async with other.transaction():
            await other.execute(LOCK, str(first.user_id))
            settling = asyncio.create_task(ledger.run(lambda one: one.settle(at=now, most=100)))
            while not await ledger.database.fetchval(WAITING):
                assert not settling.done(), settling.result()
            is_free = await other.fetchval(TRY_LOCK, str(last.user_id))
    finally:
        await other.close()

    assert is_free
    assert await settling >= 2
