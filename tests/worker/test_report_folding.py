"""The worker keeps roll-ups; whether it has or not, reports say the same."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.builders.catalogue import an_exercise_of
from tests.builders.gym import Gym
from tests.builders.people import People
from tests.fakes.clock import AdjustableClock
from tests.worker.conftest import Workers
from tests.worker.test_delivery import delivered
from workout_application.messaging.actor import SYSTEM
from workout_application.reporting.commands.settle_reports import SettleReports
from workout_application.reporting.queries.check_reports import CheckReports
from workout_presentation.cli.rebuilding import Rebuilding
from workout_presentation.composition.container import Container

KEPT = "SELECT count(*) FROM session_rollups WHERE user_id = $1::uuid"
STATE = "SELECT * FROM training_totals WHERE user_id = $1::uuid"


@pytest.fixture
async def gym(people: People, catalogue: dict[str, list[str]]) -> Gym:
    """Return a pair of their own, with lifts."""
    return Gym(*await people.coached_pair(), catalogue["weight_reps"], {})


async def overall(gym: Gym) -> Any:
    return await gym.seen("/reports/overall-status")


async def kept(database: Any, gym: Gym) -> int:
    count: int = await database.fetchval(KEPT, gym.athlete.user["id"])
    return count


@pytest.mark.requirement("REP-01", "REP-06")
async def test_an_ended_session_is_folded_and_the_report_stays_the_same(
    gym: Gym, workers: Workers, database: Any
) -> None:
    session = await gym.begun()
    await gym.logged(session)
    await gym.completed(session)
    before = await overall(gym)
    assert await kept(database, gym) == 0

    await delivered(workers(redis=""))

    assert await kept(database, gym) == 1
    assert await overall(gym) == before


@pytest.mark.requirement("BEY-10")
async def test_reopened_and_deleted_sessions_leave_the_roll_ups(
    gym: Gym, workers: Workers, database: Any
) -> None:
    worker = workers(redis="")
    first, second = await gym.begun(), None
    await gym.logged(first, number_reps=2)
    await gym.completed(first)
    second = await gym.begun()
    await gym.logged(second, number_reps=3)
    await gym.completed(second)
    await delivered(worker)
    assert await kept(database, gym) == 2

    await gym.athlete.post(f"/sessions/{first['id']}/reopen")
    await gym.athlete.delete(f"/sessions/{second['id']}")
    unfolded = await overall(gym)
    await delivered(worker)

    assert await kept(database, gym) == 0
    assert unfolded == await overall(gym)
    assert unfolded["successful_reps"] == 2


async def test_a_running_session_is_not_folded(gym: Gym, workers: Workers, database: Any) -> None:
    session = await gym.begun()
    await gym.logged(session)

    await delivered(workers(redis=""))

    assert await kept(database, gym) == 0


@pytest.mark.requirement("STR-11", "REP-01")
async def test_a_saved_estimate_is_no_training(
    gym: Gym, workers: Workers, database: Any, container: Container
) -> None:
    body = {"exercise_id": gym.lifts[0], "weight": 100, "unit": "kilograms", "reps": 5}
    estimate = await gym.athlete.post("/tools/one-rep-max/save", json={**body, "formula": "epley"})
    assert estimate.status_code == 201, estimate.text
    before = await overall(gym)

    await delivered(workers(redis=""))

    assert await kept(database, gym) == 0
    assert (before["sessions"], before) == (0, await overall(gym))
    checked = await container.mediator().send(
        CheckReports(user_id=UUID(gym.athlete.user["id"])), actor=SYSTEM
    )
    assert checked.differences == []


@pytest.mark.requirement("BEY-14")
async def test_roll_ups_follow_a_merged_exercise(gym: Gym, workers: Workers, database: Any) -> None:
    worker = workers(redis="")
    source, target = await an_exercise_of(gym.trainer), await an_exercise_of(gym.trainer)
    session = await gym.begun()
    await gym.logged(session, exercise_id=source["id"])
    await gym.completed(session)
    await delivered(worker)

    await gym.trainer.post(f"/exercises/{source['id']}/merge", json={"into_id": target["id"]})
    await delivered(worker)
    await delivered(worker)

    exercises = "SELECT exercise_id::text FROM exercise_rollups WHERE user_id = $1::uuid"
    rows = await database.fetch(exercises, gym.athlete.user["id"])
    assert [row["exercise_id"] for row in rows] == [target["id"]]


async def test_accounts_are_settled_once_their_changes_have_aged(
    gym: Gym, workers: Workers, database: Any, clock: AdjustableClock
) -> None:
    worker = workers(redis="")
    session = await gym.begun()
    await gym.completed(session)
    await delivered(worker)
    fresh = await database.fetchrow(STATE, gym.athlete.user["id"])
    clock.advance(timedelta(minutes=6))

    while await worker.mediator().send(SettleReports(), actor=SYSTEM):
        pass

    settled = await database.fetchrow(STATE, gym.athlete.user["id"])
    assert fresh["newest_settled_at"] > fresh["settled_to"]
    assert settled["newest_settled_at"] <= settled["settled_to"]


async def test_a_deleted_account_leaves_no_figures(
    gym: Gym, workers: Workers, database: Any
) -> None:
    worker = workers(redis="")
    session = await gym.begun()
    await gym.logged(session)
    await gym.completed(session)
    await delivered(worker)
    user_id = gym.athlete.user["id"]
    deleted = await gym.athlete.delete("/me")
    assert deleted.status_code == 204, deleted.text

    await delivered(worker)

    for table in (
        *("session_rollups", "exercise_rollups", "exercise_totals"),
        *("training_totals", "personal_records"),
    ):
        left = f"SELECT count(*) FROM {table} WHERE user_id = $1::uuid"
        assert await database.fetchval(left, user_id) == 0, table


async def test_a_rebuild_goes_through_all_accounts_in_batches(
    gym: Gym, container: Container, database: Any
) -> None:
    session = await gym.begun()
    await gym.completed(session)
    mediator = container.mediator()
    everybody, alone = Rebuilding(mediator, sessions_at_once=1), Rebuilding(mediator)
    trained = "SELECT count(DISTINCT user_id) FROM workout_sessions WHERE deleted_at IS NULL"
    ended = """SELECT count(*) FROM workout_sessions
        WHERE deleted_at IS NULL AND status <> 'in_progress'"""

    await everybody.of_all()
    await alone.of((UUID(gym.athlete.user["id"]),))

    assert everybody.accounts == await database.fetchval(trained) >= 1
    assert everybody.sessions == await database.fetchval(ended)
    assert (alone.accounts, alone.sessions) == (1, 1)
    assert await kept(database, gym) == 1
