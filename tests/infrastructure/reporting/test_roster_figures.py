"""The figures of a roster equal what all sets of each athlete add up to, rolled up or not."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders.histories import Log
from tests.infrastructure.reporting import naive
from tests.infrastructure.reporting.conftest import Ledger
from tests.infrastructure.reporting.stories import Story, story
from workout_application.reporting.periods import monday_of
from workout_application.reporting.roster import RosterFigures, RosterMember
from workout_infrastructure.persistence.reporting.roster import SqlRosterReader

TODAY = date(2026, 3, 8)
TRAINER = uuid4()


def expected(ledger: Ledger, log: Log, muscles: dict[UUID, Any]) -> dict[str, Any]:
    """Work an athlete's figures out from everything at once."""
    counted = naive.counting(log.sessions)
    lately = naive.within(counted, TODAY - timedelta(days=27), TODAY)
    week = naive.within(counted, monday_of(TODAY), TODAY)
    before = naive.within(counted, *(monday_of(TODAY) - timedelta(days=n) for n in (7, 1)))
    acute = naive.within(counted, TODAY - timedelta(days=6), TODAY)
    days = [one.day for one in counted]
    return {
        "is_training_now": any(one.status == "in_progress" for one in counted),
        "first_session": min(days, default=None),
        "last_session": max(days, default=None),
        "sessions_7_days": len(acute),
        "sessions_28_days": len(lately),
        "tonnage_kg_this_week": _figures(week)["tonnage_kg"],
        "tonnage_kg_last_week": _figures(before)["tonnage_kg"],
        "hard_sets_this_week": _figures(week)["hard_sets"],
        "acute_load": sum(map(_load, acute)) / Decimal(7),
        "chronic_load": sum(map(_load, lately)) / Decimal(28),
        "unrated_sessions": sum(not _load(one) for one in lately),
        "new_records": sum(_is_better(log, lift) for lift in ledger.lifts),
        "muscles": _muscles(week, muscles),
    }


def _figures(sessions: list[Any]) -> dict[str, Any]:
    return naive.figures(one for session in sessions for one in session.counted)


def _load(session: Any) -> Decimal:
    return (session.session_rpe or Decimal()) * (session.minutes or Decimal())


def _is_better(log: Log, lift: UUID) -> bool:
    first = TODAY - timedelta(days=27)
    return any(
        one.kind in {"weight", "e1rm"} and one.is_current and one.previous is not None
        for one in naive.records(log.sessions, lift)
        if first <= one.day <= TODAY
    )


def _muscles(week: list[Any], muscles: dict[UUID, Any]) -> dict[str, Decimal]:
    sets: dict[str, Decimal] = defaultdict(Decimal)
    for one in (one for session in week for one in session.counted if naive.is_hard(one)):
        share = Decimal("0.5") if one.side else Decimal(1)
        for muscle in muscles[one.exercise_id]["primary_muscles"]:
            sets[muscle] += share
        for muscle in muscles[one.exercise_id]["secondary_muscles"]:
            sets[muscle] += share / 2
    return dict(sets)


def shown(found: RosterFigures) -> dict[str, Any]:
    """Return what does not come from plans; loads to a few decimals, for they are divided."""
    plans = {"due", "completed", "missed", "missed_lately", "upcoming", "next_planned"}
    fields = (name for name in found.__dataclass_fields__ if name not in plans)
    return rounded({name: getattr(found, name) for name in fields})


def rounded(fields: dict[str, Any]) -> dict[str, Any]:
    """Round what is divided."""
    loads = {name: round(fields[name], 9) for name in ("acute_load", "chronic_load")}
    return {**fields, **loads}


@pytest.mark.requirement("BEY-13", "BEY-09", "BEY-10")
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seeds=st.lists(st.integers(0, 2**32), min_size=1, max_size=3), length=st.integers(0, 12))
async def test_a_roster_equals_what_all_sets_add_up_to(
    ledger: Ledger, seeds: list[int], length: int
) -> None:
    reader = SqlRosterReader(ledger.pool)
    rows = await ledger.database.fetch(
        "SELECT id, primary_muscles, secondary_muscles FROM exercises WHERE id = ANY ($1)",
        ledger.lifts,
    )
    muscles = {row["id"]: row for row in rows}
    plays = [Story(ledger, await ledger.account()) for _ in seeds]
    for play, seed in zip(plays, seeds, strict=True):
        for step in story(seed, length):
            await play.play(step)
    members = [
        RosterMember(
            athlete_id=uuid4(),
            user_id=play.log.user_id,
            username="",
            name="",
            time_zone="UTC",
            today=TODAY,
        )
        for play in plays
    ]
    for is_folded in (False, True):
        if is_folded:
            await ledger.fold(plays[0].log)
        found = await reader.figures(TRAINER, members)

        for member, play in zip(members, plays, strict=True):
            assert shown(found[member.athlete_id]) == rounded(expected(ledger, play.log, muscles))
