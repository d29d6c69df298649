"""What is done by the clock: by one worker of all, again and again."""

from datetime import timedelta
from typing import Any, cast
from uuid import UUID, uuid4

import pytest
from dependency_injector import providers

from tests.builders.live import ad_hoc_session
from tests.builders.people import People
from tests.fakes.clock import AdjustableClock
from tests.worker.conftest import Workers
from workout_application.identity.commands.forget_expired_tokens import ForgetExpiredTokens
from workout_application.messaging.actor import SYSTEM
from workout_application.messaging.correlation import correlation_id
from workout_application.platform.commands.forget_old_answers import ForgetOldAnswers
from workout_infrastructure.clock import Uuid7Identifiers
from workout_infrastructure.jobs.leadership import AdvisoryLeadership
from workout_presentation.composition.container import Container
from workout_presentation.composition.worker import build_worker
from workout_presentation.worker.schedules import SCHEDULES, Schedule, Scheduler


class Recorder:
    """A mediator that notes what it is sent."""

    def __init__(self, *answers: Any) -> None:
        self.sent: list[Any] = []
        self.correlations: list[str] = []
        self._answers = iter(answers)

    async def send(self, command: Any, **_: Any) -> Any:
        """Note it."""
        self.sent.append(command)
        self.correlations.append(correlation_id.get())
        answer = next(self._answers, 0)
        if isinstance(answer, Exception):
            raise answer
        return answer


class Alone:
    """Nobody else is there to lead."""

    async def holds(self) -> bool:
        """Lead."""
        return True

    async def close(self) -> None:
        """Do nothing."""


def every_minute(name: str = "one") -> Schedule:
    return Schedule(name=name, seconds=60, command=lambda: name, until_nothing_left=True)  # type: ignore[arg-type,return-value]


async def test_a_schedule_comes_round_when_it_is_due() -> None:
    recorder: Any = Recorder()
    scheduler = Scheduler(recorder, Alone(), [every_minute()], Uuid7Identifiers())

    ran = [await scheduler.run_due(now) for now in (0, 1, 59, 60, 61, 120)]

    assert ran == [["one"], [], [], ["one"], [], ["one"]]


async def test_batches_are_repeated_until_nothing_is_left() -> None:
    recorder: Any = Recorder(5_000, 5_000, 12, 0)

    await Scheduler(recorder, Alone(), [every_minute()], Uuid7Identifiers()).run_due(0)

    assert len(recorder.sent) == 4


async def test_one_failing_schedule_does_not_stop_the_others() -> None:
    recorder: Any = Recorder(RuntimeError("a bug"))
    schedules = [every_minute("one"), every_minute("two")]

    ran = await Scheduler(recorder, Alone(), schedules, Uuid7Identifiers()).run_due(0)

    assert ran == ["one", "two"]
    assert recorder.sent == ["one", "two"]


@pytest.mark.requirement("OBS-05")
async def test_each_run_of_a_schedule_has_a_correlation_id_of_its_own() -> None:
    recorder: Any = Recorder(5_000, 0, RuntimeError("a bug"), 0)
    schedules = [every_minute("one"), every_minute("two")]
    scheduler = Scheduler(recorder, Alone(), schedules, Uuid7Identifiers())
    before = correlation_id.get()

    await scheduler.run_due(0)
    await scheduler.run_due(60)

    first, again, second, third, fourth = recorder.correlations
    assert first == again
    assert len({before, first, second, third, fourth}) == 5
    assert correlation_id.get() == before


@pytest.mark.requirement("EVT-11")
async def test_of_two_workers_one_leads_and_the_other_takes_over(database_url: str) -> None:
    lock = uuid4().int % 2**62
    first = AdvisoryLeadership(database_url, lock=lock)
    second = AdvisoryLeadership(database_url, lock=lock)

    before = [await first.holds(), await second.holds(), await first.holds()]
    await first.close()
    while not await second.holds():
        pass
    after = await first.holds()
    await first.close()
    await second.close()

    assert before == [True, False, True]
    assert not after


async def test_without_a_database_nobody_leads() -> None:
    assert not await AdvisoryLeadership("postgresql://nobody@127.0.0.1:1/none").holds()


async def test_every_schedule_has_a_handler(workers: Workers) -> None:
    handlers = workers().handlers()

    assert {type(schedule.command()) for schedule in SCHEDULES} <= set(handlers)
    assert len({schedule.name for schedule in SCHEDULES}) == len(SCHEDULES)


@pytest.mark.requirement("OBS-05")
async def test_the_worker_gives_up_sessions_idle_for_as_long_as_the_setting_says(
    people: People, workers: Workers, database: Any
) -> None:
    athlete, active = await people.athlete(), await people.athlete()
    idle, running = await ad_hoc_session(athlete), await ad_hoc_session(active)
    await database.execute(
        """UPDATE workout_sessions SET last_activity_at = now() - interval '61 minutes'
        WHERE id = $1::uuid""",
        idle.id,
    )
    container = workers(redis="", session_idle_hours=1)
    container.jobs.leadership.override(providers.Object(Alone()))
    worker = build_worker(container, container.settings())
    scheduler = cast("Scheduler", worker._endless[1])

    ran = await scheduler.run_due(0)

    assert "abandon_idle_sessions" in ran
    assert (await idle.shown())["status"] == "abandoned"
    assert (await running.shown())["status"] == "in_progress"
    correlation = await database.fetchval(
        """SELECT correlation_id FROM outbox_messages
        WHERE aggregate_id = $1::uuid AND kind = 'workout.session.abandoned'""",
        idle.id,
    )
    assert UUID(correlation).version == 7


async def test_old_answers_are_forgotten_after_their_day(
    people: People, container: Container, clock: AdjustableClock, database: Any
) -> None:
    trainer = await people.trainer()
    await trainer.post("/coaching/invitations", headers={"Idempotency-Key": "day"})
    kept = "SELECT count(*) FROM idempotency_keys WHERE user_id = $1::uuid"

    await container.mediator().send(ForgetOldAnswers(), actor=SYSTEM)
    before = await database.fetchval(kept, trainer.user["id"])
    clock.advance(timedelta(hours=24, minutes=1))
    forgotten = await container.mediator().send(ForgetOldAnswers(), actor=SYSTEM)

    assert before == 1
    assert forgotten >= 1
    assert await database.fetchval(kept, trainer.user["id"]) == 0


async def test_expired_refresh_tokens_are_forgotten(
    people: People, container: Container, clock: AdjustableClock, database: Any
) -> None:
    await people.athlete()
    clock.advance(timedelta(days=8))

    forgotten = await container.mediator().send(ForgetExpiredTokens(limit=1), actor=SYSTEM)
    while await container.mediator().send(ForgetExpiredTokens(), actor=SYSTEM):
        pass

    # One of each kind at most: refresh tokens, and those sent by mail.
    assert forgotten in {1, 2}
    left = "SELECT count(*) FROM refresh_tokens WHERE expires_at <= $1"
    assert await database.fetchval(left, clock.now()) == 0
