"""What is done by the clock: by one worker of all, again and again."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.builders.people import People
from tests.fakes.clock import AdjustableClock
from tests.worker.conftest import Workers
from workout_application.identity.commands.forget_expired_tokens import ForgetExpiredTokens
from workout_application.messaging.actor import SYSTEM
from workout_application.platform.commands.forget_old_answers import ForgetOldAnswers
from workout_infrastructure.jobs.leadership import AdvisoryLeadership
from workout_presentation.composition.container import Container
from workout_presentation.worker.schedules import SCHEDULES, Schedule, Scheduler


class Recorder:
    """A mediator that notes what it is sent."""

    def __init__(self, *answers: Any) -> None:
        self.sent: list[Any] = []
        self._answers = iter(answers)

    async def send(self, command: Any, **_: Any) -> Any:
        """Note it."""
        self.sent.append(command)
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
    scheduler = Scheduler(recorder, Alone(), [every_minute()])

    ran = [await scheduler.run_due(now) for now in (0, 1, 59, 60, 61, 120)]

    assert ran == [["one"], [], [], ["one"], [], ["one"]]


async def test_batches_are_repeated_until_nothing_is_left() -> None:
    recorder: Any = Recorder(5_000, 5_000, 12, 0)

    await Scheduler(recorder, Alone(), [every_minute()]).run_due(0)

    assert len(recorder.sent) == 4


async def test_one_failing_schedule_does_not_stop_the_others() -> None:
    recorder: Any = Recorder(RuntimeError("a bug"))
    schedules = [every_minute("one"), every_minute("two")]

    ran = await Scheduler(recorder, Alone(), schedules).run_due(0)

    assert ran == ["one", "two"]
    assert recorder.sent == ["one", "two"]


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

    assert forgotten == 1
    left = "SELECT count(*) FROM refresh_tokens WHERE expires_at <= $1"
    assert await database.fetchval(left, clock.now()) == 0
