"""What workers compute of athletes equals what all sets add up to, folded yet or not."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders.histories import NOON, Log, Performed, Training, lifted
from tests.infrastructure.reporting import naive
from tests.infrastructure.reporting.conftest import Ledger
from tests.infrastructure.reporting.stories import ZONES, Story, story
from tests.infrastructure.reporting.test_folding import rounded
from workout_application.messaging.actor import SYSTEM
from workout_application.reporting.analytics import AthleteAnalytics
from workout_application.reporting.monthly import AthleteMonth
from workout_domain.reporting.month import Month
from workout_infrastructure.persistence.reporting.athlete_analytics import SqlAthleteFigures
from workout_infrastructure.persistence.reporting.roster_figures import SqlRosterFigures
from workout_infrastructure.persistence.unit_of_work import current_work

MARCH = Month(2026, 3)
# Windows of 28 and of 90 days: the first cuts what they did lately, the second their maxima.
MOMENTS = (NOON + timedelta(days=12), NOON + timedelta(days=80))


@dataclass
class Coached:
    """Athletes of one trainer."""

    ledger: Ledger
    trainer_id: UUID

    @classmethod
    async def by_a_trainer(cls, ledger: Ledger) -> "Coached":
        """Make a trainer."""
        account = await ledger.account()
        coached = cls(ledger, uuid4())
        await coached._profile("trainers", coached.trainer_id, account)
        return coached

    async def athlete(self, **fields: Any) -> Log:
        """Make an athlete who lets the trainer see reports."""
        log = await self.ledger.account(**fields)
        log.athlete_id = uuid4()
        await self._profile("athletes", log.athlete_id, log)
        await self.ledger.database.execute(
            """INSERT INTO coaching_relations (id, revision, created_at, updated_at, trainer_id,
                trainer_user_id, athlete_id, athlete_user_id, scopes, status, accepted_at)
            SELECT $1, 1, $2, $2, t.id, t.user_id, $3, $4, '{view_reports}', 'active', $2
            FROM trainers t WHERE t.id = $5""",
            *(uuid4(), datetime.now(UTC), log.athlete_id, log.user_id, self.trainer_id),
        )
        return log

    async def month(self) -> list[AthleteMonth]:
        """Return March of the athletes."""
        async with self.ledger.container.units_of_work().transaction(SYSTEM, appends=True):
            return await SqlRosterFigures(current_work).of_month(self.trainer_id, MARCH)

    async def lately(self, log: Log, at: datetime) -> AthleteAnalytics:
        """Return the figures of an athlete up to an instant."""
        assert log.athlete_id is not None
        async with self.ledger.container.units_of_work().transaction(SYSTEM, appends=True):
            found = await SqlAthleteFigures(current_work).of_athlete(log.athlete_id, at=at)
        assert found is not None
        return found

    async def _profile(self, table: str, profile_id: UUID, log: Log) -> None:
        await self.ledger.database.execute(
            f"""INSERT INTO {table} (id, revision, created_at, updated_at, user_id)
            VALUES ($1, 1, $2, $2, $3)""",
            *(profile_id, datetime.now(UTC), log.user_id),
        )


def ended(sessions: Iterable[Training]) -> list[Training]:
    """Return the sessions that ended, in the order of their days."""
    done = [one for one in naive.counting(sessions) if one.status != "in_progress"]
    return sorted(done, key=lambda one: one.day)


def working(sessions: Iterable[Training]) -> Iterator[tuple[Training, Performed]]:
    """Go through the sets that do not warm up, in order."""
    return ((one, two) for one in sessions for two in one.counted if naive.is_working(two))


def added_up(sessions: list[Training]) -> tuple[Any, ...]:
    """Add sessions up."""
    figures = naive.figures(two for one in sessions for two in one.counted)
    return (
        len(sessions),
        sum(one.status == "completed" for one in sessions),
        sum((one.minutes or 0 for one in sessions), Decimal()),
        figures["working_sets"],
        figures["working_reps"],
        figures["tonnage_kg"],
    )


def most(sessions: Iterable[Training]) -> dict[UUID, Decimal]:
    """Return the most that was lifted once, of each exercise of which any load is known."""
    found: dict[UUID, Decimal] = {}
    for _, one in working(sessions):
        for kg in naive.loads(one):
            found[one.exercise_id] = max(kg, found.get(one.exercise_id, kg))
    return found


def maxima(sessions: Iterable[Training]) -> dict[UUID, tuple[Any, ...]]:
    """Return the highest estimate of each exercise, of equal ones the earliest."""
    found: dict[UUID, tuple[Any, ...]] = {}
    for session, one in working(sessions):
        kg, best = naive.estimate(one), found.get(one.exercise_id)
        if kg is not None and (best is None or kg > best[0]):
            loads = naive.loads(one)
            found[one.exercise_id] = (kg, min(loads), len(loads), one.id, session.day)
    return {lift: (rounded(best[0]), *best[1:]) for lift, best in found.items()}


async def check_month(coached: Coached, log: Log) -> None:
    """Compare March of the only athlete."""
    (one,) = await coached.month()
    done = ended(log.sessions)
    march = naive.within(done, date(2026, 3, 1), date(2026, 3, 31))
    before, then = most(naive.within(done, date.min, date(2026, 2, 28))), most(march)

    found = one.figures
    assert one.athlete_id == log.athlete_id
    assert (
        found.sessions,
        found.completed_sessions,
        found.minutes,
        found.working_sets,
        found.repetitions,
        found.volume_kg,
    ) == added_up(march)
    assert found.personal_records == sum(then[lift] > before[lift] for lift in {*then} & {*before})


async def check_lately(coached: Coached, log: Log, zone: str) -> None:
    """Compare what an athlete did up to some instants."""
    for at in MOMENTS:
        found = await coached.lately(log, at)
        today, done = at.astimezone(ZoneInfo(zone)).date(), ended(log.sessions)

        assert (found.from_date, found.to_date) == (today - timedelta(days=27), today)
        assert (
            found.sessions,
            found.completed_sessions,
            found.minutes,
            found.working_sets,
            found.repetitions,
            found.volume_kg,
        ) == added_up(naive.within(done, found.from_date, today))
        expected = maxima(naive.within(done, today - timedelta(days=89), today))
        assert {
            one.exercise_id: (
                rounded(one.e1rm_kg),
                one.load_kg,
                one.repetitions,
                one.set_id,
                one.local_date,
            )
            for one in found.estimated_maxima
        } == expected
        kilograms = [one.e1rm_kg for one in found.estimated_maxima]
        assert kilograms == sorted(kilograms, reverse=True)


@pytest.mark.requirement("REP-09", "REP-10", "COA-08")
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 2**32), length=st.integers(0, 25), zone=st.sampled_from(ZONES))
async def test_figures_of_workers_equal_what_all_sets_add_up_to(
    ledger: Ledger, seed: int, length: int, zone: str
) -> None:
    coached = await Coached.by_a_trainer(ledger)
    log = await coached.athlete(time_zone=zone)
    play = Story(ledger, log)
    for step in story(seed, length):
        await play.play(step)
        await check_month(coached, log)
        await check_lately(coached, log, zone)

    await ledger.fold(log)

    await check_month(coached, log)
    await check_lately(coached, log, zone)


@pytest.mark.requirement("REP-10", "COA-08")
async def test_athletes_of_a_month_do_not_mix(ledger: Ledger) -> None:
    coached = await Coached.by_a_trainer(ledger)
    first, second, idle = [await coached.athlete() for _ in range(3)]
    lift = ledger.lifts[0]
    await first.save(Training(NOON - timedelta(days=20), sets=[lifted(lift, 100, 5)]))
    await ledger.fold(first)
    await first.save(Training(NOON, sets=[lifted(lift, 90, 5)]))
    await second.save(Training(NOON - timedelta(days=20), sets=[lifted(lift, 50, 5)]))
    await second.save(Training(NOON, sets=[lifted(lift, 60, 2)]))

    found = {one.athlete_id: one.figures for one in await coached.month()}

    assert {
        athlete_id: (one.sessions, one.volume_kg, one.personal_records)
        for athlete_id, one in found.items()
    } == {
        first.athlete_id: (1, 450, 0),
        second.athlete_id: (1, 120, 1),
        idle.athlete_id: (0, 0, 0),
    }


@pytest.mark.requirement("REP-10", "COA-08")
async def test_a_record_is_no_more_when_what_came_before_is_corrected(ledger: Ledger) -> None:
    coached = await Coached.by_a_trainer(ledger)
    log = await coached.athlete()
    lift = ledger.lifts[0]
    before = Training(NOON - timedelta(days=20), sets=[lifted(lift, 100, 5)])
    await log.save(before)
    await log.save(Training(NOON, sets=[lifted(lift, 110, 1)]))
    await ledger.fold(log)
    (one,) = await coached.month()
    assert one.figures.personal_records == 1

    before.sets[0] = lifted(lift, 120, 5)
    await log.save(before)

    (one,) = await coached.month()
    assert one.figures.personal_records == 0


@pytest.mark.requirement("REP-10", "COA-08")
@pytest.mark.parametrize(
    ("before", "status", "records"),
    [("0", "completed", 1), ("100", "completed", 1), ("100", "in_progress", 0)],
)
async def test_records_are_of_sessions_that_ended_and_of_what_was_lifted_before(
    ledger: Ledger, before: str, status: str, records: int
) -> None:
    coached = await Coached.by_a_trainer(ledger)
    log = await coached.athlete()
    lift = ledger.lifts[0]
    await log.save(Training(NOON - timedelta(days=20), sets=[lifted(lift, before, 5)]))
    await log.save(Training(NOON, status=status, sets=[lifted(lift, 110, 1)]))

    unfolded = await coached.month()
    await ledger.fold(log)

    folded = await coached.month()
    assert unfolded == folded
    assert folded[0].figures.personal_records == records
