"""Background jobs: each has its effect once, whatever fails, dies or is emptied on the way."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import redis.asyncio as redis

from tests.builders.people import People
from tests.fakes.clock import AdjustableClock
from tests.waiting import until
from tests.worker.test_process import PATIENCE_SECONDS, working
from tests.worker.workshop import Perform, Workshop, worked
from workout_application.messaging.actor import SYSTEM
from workout_application.messaging.correlation import causation_id, correlation_id
from workout_application.messaging.jobs import JobProgress, JobRun, NewJob
from workout_application.platform.commands.forget_old_jobs import ForgetOldJobs
from workout_domain.kernel.errors import Conflict, Unavailable
from workout_infrastructure.persistence.job_runs import LEASE
from workout_infrastructure.persistence.jobs import JobTypes, JobTypeTwice, JobTypeUnknown


async def fail(_command: Perform) -> None:
    raise ValueError("out of order")


class Lost:
    """A queue that loses every ticket."""

    def __init__(self) -> None:
        self.tickets: list[Any] = []

    async def put(self, tickets: Any) -> None:
        """Lose them."""
        self.tickets.extend(tickets)


@pytest.mark.requirement("JOB-01")
async def test_a_job_is_carried_out_by_a_worker_through_redis(workshop: Workshop) -> None:
    container = workshop.worker()
    async with working(container):
        job = await workshop.ask(container, times=3)
        await until(lambda: is_in(workshop, job, "succeeded"), within=PATIENCE_SECONDS)

    row = await workshop.row(job)
    assert await workshop.effects(job) == 1
    assert (row["attempts"], row["percent_complete"]) == (1, 100)
    assert row["result"] == '{"played": 3}'
    assert row["created_at"] <= row["started_at"] <= row["finished_at"]
    assert (row["type"], row["queue"], row["error_code"]) == (workshop.name, "default", None)


async def is_in(workshop: Workshop, job: Any, state: str) -> bool:
    return bool((await workshop.row(job))["state"] == state)


@pytest.mark.requirement("JOB-01")
async def test_redis_emptied_before_a_worker_took_the_job_loses_nothing(
    workshop: Workshop, clock: AdjustableClock, redis_url: str
) -> None:
    container = workshop.worker()
    done = await workshop.ask(container)
    async with working(container):
        await until(lambda: is_in(workshop, done, "succeeded"), within=PATIENCE_SECONDS)
    container = workshop.worker()
    job = await workshop.ask(container)
    assert await container.jobs.dispatcher().dispatch() == 1
    client: Any = redis.from_url(redis_url)
    assert await client.dbsize() > 0
    await client.flushdb()
    await client.aclose()

    assert [row["state"] for row in await workshop.rows()] == ["succeeded", "queued"]
    async with working(container):
        clock.advance(LEASE)
        await until(lambda: is_in(workshop, job, "succeeded"), within=PATIENCE_SECONDS)

    assert await workshop.effects(job) == 1
    assert (await workshop.row(done))["attempts"] == 1


async def test_a_ticket_that_still_waits_in_redis_is_not_enqueued_twice(
    workshop: Workshop, clock: AdjustableClock, redis_url: str
) -> None:
    container = workshop.worker()
    await workshop.ask(container)
    client: Any = redis.from_url(redis_url)
    await client.flushdb()

    sizes = []
    for _ in range(3):
        assert await container.jobs.dispatcher().dispatch() == 1
        sizes.append(await container.jobs.tickets().depth())
        clock.advance(LEASE)

    await client.flushdb()
    await client.aclose()
    assert sizes == [1, 1, 1]


async def test_without_redis_the_worker_does_the_job_itself(workshop: Workshop) -> None:
    container = workshop.worker(redis="redis://127.0.0.1:1/0")
    job = await workshop.ask(container)

    await worked(container)

    assert await workshop.effects(job) == 1
    assert (await workshop.row(job))["state"] == "succeeded"


@pytest.mark.requirement("JOB-02", "JOB-03")
async def test_a_job_that_fails_once_is_tried_again(
    workshop: Workshop, clock: AdjustableClock
) -> None:
    failures = iter([True])

    async def fail_once(command: Perform) -> None:
        if next(failures, False):
            await fail(command)

    container = workshop.worker(fail_once, redis="")
    job = await workshop.ask(container)

    await worked(container)
    first = await workshop.row(job)
    await worked(container)
    assert (await workshop.row(job))["attempts"] == 1
    clock.advance(timedelta(seconds=13))
    await worked(container)

    assert (first["state"], first["error_code"]) == ("retrying", "internal_error")
    assert first["error_message"] == "Something went wrong on our side."
    assert "out of order" in first["error_trace"]
    last = await workshop.row(job)
    assert (last["state"], last["attempts"], last["error_trace"]) == ("succeeded", 2, None)
    assert await workshop.effects(job) == 1


@pytest.mark.requirement("JOB-03")
async def test_pauses_grow_and_after_the_last_attempt_the_job_has_failed(
    workshop: Workshop, clock: AdjustableClock
) -> None:
    container = workshop.worker(fail, redis="", max_attempts=4)
    job = await workshop.ask(container)
    pauses, states = [], []

    for _ in range(4):
        await worked(container)
        row = await workshop.row(job)
        states.append(row["state"])
        pauses.append((row["available_at"] - row["updated_at"]).total_seconds())
        clock.advance(timedelta(seconds=pauses[-1] + 1))
    await worked(container)

    assert states == ["retrying", "retrying", "retrying", "failed"]
    for pause, expected in zip(pauses, (10, 20, 40), strict=False):
        assert expected <= pause <= expected * 1.2
    row = await workshop.row(job)
    assert (row["attempts"], row["finished_at"] is not None) == (4, True)
    assert await workshop.effects(job) == 0


class Closed(Conflict):
    """The thing the job is about does not allow it."""

    code = "test_closed"


async def test_a_refusal_ends_a_job_at_once_and_an_outage_does_not(workshop: Workshop) -> None:
    async def refuse(command: Perform) -> None:
        raise Closed("It is closed.") if command.times == 1 else Unavailable("It is down.")

    container = workshop.worker(refuse, redis="")
    refused = await workshop.ask(container)
    unlucky = await workshop.ask(container, times=2)

    await worked(container)

    row = await workshop.row(refused)
    assert (row["state"], row["error_code"]) == ("failed", "test_closed")
    assert row["error_message"] == "It is closed."
    assert (await workshop.row(unlucky))["state"] == "retrying"


async def test_a_job_that_takes_too_long_is_stopped(workshop: Workshop) -> None:
    async def hang(_command: Perform) -> None:
        await asyncio.Event().wait()

    container = workshop.worker(hang, redis="", timeout_seconds=0.05)
    job = await workshop.ask(container)

    await worked(container)

    row = await workshop.row(job)
    assert (row["state"], row["error_code"]) == ("retrying", "job_timed_out")
    assert await workshop.effects(job) == 0


@pytest.mark.requirement("JOB-04")
async def test_two_workers_and_one_key_have_one_run(workshop: Workshop) -> None:
    one, other = workshop.worker(redis=""), workshop.worker(redis="")

    asked = await asyncio.gather(*(workshop.ask(one, key="k") for _ in range(5)))
    await asyncio.gather(*(worked(container) for container in (one, other)))
    after = await workshop.ask(other, key="k")

    assert len({job.id for job in asked}) == 1
    assert await workshop.effects(asked[0]) == 1
    assert sum(performer.calls for performer in workshop.performers) == 1
    assert after.id != asked[0].id


@pytest.mark.requirement("JOB-04")
async def test_a_ticket_that_comes_twice_finds_the_job_begun(workshop: Workshop) -> None:
    one, other = workshop.worker(redis=""), workshop.worker(redis="")
    lost = Lost()
    one.jobs.work_queue.override(lost)
    job = await workshop.ask(one)
    await one.jobs.dispatcher().dispatch()
    (ticket,) = lost.tickets

    runners = [container.jobs.runner() for container in (one, other)]
    await asyncio.gather(*(runner.run(ticket) for runner in runners * 3))

    assert await workshop.effects(job) == 1
    assert (await workshop.row(job))["attempts"] == 1


async def test_a_key_given_up_at_the_start_lets_one_more_be_asked_for(workshop: Workshop) -> None:
    started, go_on = asyncio.Event(), asyncio.Event()

    async def wait(_command: Perform) -> None:
        started.set()
        await go_on.wait()

    container = workshop.worker(wait, redis="", frees_key=True)
    first = await workshop.ask(container, key="k")
    waiting = await workshop.ask(container, key="k")
    await container.jobs.dispatcher().dispatch()
    await asyncio.wait_for(started.wait(), PATIENCE_SECONDS)
    second = await workshop.ask(container, key="k")
    again = await workshop.ask(container, key="k")
    go_on.set()
    await worked(container)

    assert waiting.id == first.id
    assert second.id == again.id != first.id
    assert [row["state"] for row in await workshop.rows()] == ["succeeded", "succeeded"]


@pytest.mark.requirement("JOB-01")
async def test_the_job_of_a_worker_that_died_is_taken_up_again(
    workshop: Workshop, clock: AdjustableClock
) -> None:
    started = asyncio.Event()

    async def hang(_command: Perform) -> None:
        started.set()
        await asyncio.Event().wait()

    dead, alive = workshop.worker(hang, redis=""), workshop.worker(redis="")
    job = await workshop.ask(dead)
    run = await begun(dead, started)

    await worked(alive)
    assert (await workshop.row(job))["state"] == "running"
    clock.advance(LEASE)
    await worked(alive)

    assert await workshop.effects(job) == 1
    row = await workshop.row(job)
    assert (row["state"], row["attempts"]) == ("succeeded", 2)
    run.cancel()
    with suppress(asyncio.CancelledError):
        await run
    assert (await workshop.row(job))["state"] == "succeeded"


async def begun(container: Any, started: asyncio.Event) -> asyncio.Task[None]:
    """Let a worker begin the one due job; return the task that is at it."""
    lost = Lost()
    container.jobs.work_queue.override(lost)
    await container.jobs.dispatcher().dispatch()
    run = asyncio.create_task(container.jobs.runner().run(lost.tickets[0]))
    await asyncio.wait_for(started.wait(), PATIENCE_SECONDS)
    return run


async def test_a_worker_that_lost_its_job_keeps_none_of_its_effects(
    workshop: Workshop, clock: AdjustableClock
) -> None:
    started, go_on = asyncio.Event(), asyncio.Event()

    async def dawdle(_command: Perform) -> None:
        started.set()
        await go_on.wait()

    slow, quick = workshop.worker(dawdle, redis=""), workshop.worker(redis="")
    job = await workshop.ask(slow)
    run = await begun(slow, started)
    clock.advance(LEASE)
    await worked(quick)
    go_on.set()
    await run

    assert workshop.performers[0].calls == workshop.performers[1].calls == 1
    assert await workshop.effects(job) == 1
    assert (await workshop.row(job))["attempts"] == 2


async def test_a_lease_is_renewed_while_the_worker_lives(workshop: Workshop) -> None:
    started = asyncio.Event()

    async def hang(_command: Perform) -> None:
        started.set()
        await asyncio.Event().wait()

    container = workshop.worker(hang, redis="")
    job = await workshop.ask(container)
    run = await begun(container, started)
    before = await workshop.row(job)
    attempt = await attempt_of(container, job)

    assert await container.job_runs().renew(attempt)
    after = await workshop.row(job)
    run.cancel()
    with suppress(asyncio.CancelledError):
        await run

    assert after["available_at"] > before["available_at"]
    assert after["heartbeat_at"] > before["heartbeat_at"]
    assert not await container.job_runs().renew(attempt)


async def attempt_of(container: Any, job: Any) -> Any:
    """Return what the runner knows of the first attempt at a job."""
    return JobRun(
        job_id=job.id,
        type=container.job_types().all[0],
        arguments={},
        attempt=1,
        correlation_id="-",
    )


async def test_a_job_that_kills_its_workers_is_given_up(
    workshop: Workshop, clock: AdjustableClock
) -> None:
    started = asyncio.Event()

    async def hang(_command: Perform) -> None:
        started.set()
        await asyncio.Event().wait()

    container = workshop.worker(hang, redis="", max_attempts=1)
    job = await workshop.ask(container)
    run = await begun(container, started)
    clock.advance(LEASE)

    await workshop.worker(redis="", max_attempts=1).jobs.dispatcher().dispatch()

    row = await workshop.row(job)
    assert (row["state"], row["error_code"], row["attempts"]) == ("failed", "worker_lost", 1)
    run.cancel()
    with suppress(asyncio.CancelledError):
        await run


async def test_a_worker_told_to_stop_hands_its_job_back_unharmed(workshop: Workshop) -> None:
    started = asyncio.Event()

    async def hang(_command: Perform) -> None:
        started.set()
        await asyncio.Event().wait()

    container = workshop.worker(hang, redis="", max_attempts=1)
    job = await workshop.ask(container)
    run = await begun(container, started)
    run.cancel()
    with suppress(asyncio.CancelledError):
        await run

    row = await workshop.row(job)
    assert (row["state"], row["attempts"]) == ("queued", 0)
    await worked(workshop.worker(redis="", max_attempts=1))
    assert await workshop.effects(job) == 1


async def test_a_job_for_later_waits_until_it_is_due(
    workshop: Workshop, clock: AdjustableClock
) -> None:
    container = workshop.worker(redis="")
    job = await workshop.ask(container, at=clock.now() + timedelta(hours=2))

    await worked(container)
    before = await workshop.row(job)
    clock.advance(timedelta(hours=2))
    await worked(container)

    assert (before["state"], before["attempts"]) == ("scheduled", 0)
    assert (await workshop.row(job))["state"] == "succeeded"


async def test_a_waiting_job_can_be_moved_and_called_off(
    workshop: Workshop, clock: AdjustableClock
) -> None:
    container = workshop.worker(redis="", frees_key=True)
    at = clock.now() + timedelta(hours=2)
    job = await workshop.ask(container, at=at, key="k")

    async def moved(hours: int) -> dict[str, Any]:
        wanted = NewJob(
            type=workshop.name,
            arguments={"piece": str(uuid4())},
            unique_key="k",
            scheduled_at=at + timedelta(hours=hours),
        )
        async with container.units_of_work().transaction(SYSTEM, appends=True):
            await container.background().reschedule(wanted)
        return await workshop.row(job)

    later = await moved(1)
    async with container.units_of_work().transaction(SYSTEM, appends=True):
        await container.background().cancel(workshop.name, "k")
    clock.advance(timedelta(hours=4))
    await worked(container)
    await moved(5)

    assert later["scheduled_at"] == later["available_at"] == at + timedelta(hours=1)
    assert [row["state"] for row in await workshop.rows()] == ["cancelled", "scheduled"]
    assert await workshop.effects(job) == 0


async def test_a_job_asked_for_in_a_transaction_that_fails_does_not_exist(
    workshop: Workshop,
) -> None:
    container = workshop.worker(redis="")

    async def ask_and_fail() -> None:
        async with container.units_of_work().transaction(SYSTEM, appends=True):
            await container.background().add(
                NewJob(type=workshop.name, arguments={"piece": str(uuid4())})
            )
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await ask_and_fail()

    assert await workshop.rows() == []


@pytest.mark.requirement("JOB-17")
async def test_progress_is_seen_while_the_job_runs_and_never_falls(workshop: Workshop) -> None:
    seen: list[dict[str, Any]] = []

    async def tell(_command: Perform) -> None:
        for stage, percent in (("read", 40), ("write", 20), ("write", 30), ("tidy", 150)):
            await container.progress().publish(
                JobProgress(
                    percent_complete=percent,
                    stage=stage,
                    message=f"{stage}\x00 it",
                    current_item=f"item {percent}",
                    processed_items=percent,
                    total_items=150,
                    details={"files": 1},
                )
            )
            seen.append(await workshop.row(job))

    container = workshop.worker(tell, redis="")
    job = await workshop.ask(container)

    await worked(container)

    assert [row["percent_complete"] for row in seen] == [40, 40, 40, 100]
    # The second word about one stage came too soon after the first.
    assert [row["processed_items"] for row in seen] == [40, 20, 20, 150]
    assert {row["state"] for row in seen} == {"running"}
    assert (seen[0]["message"], seen[0]["current_item"]) == ("read it", "item 40")
    assert (seen[0]["total_items"], seen[0]["details"]) == (150, '{"files": 1}')
    assert len({row["revision"] for row in seen}) == 3


async def test_progress_told_outside_a_job_is_heard_by_nobody(workshop: Workshop) -> None:
    await workshop.worker(redis="").progress().publish(JobProgress(percent_complete=1))

    assert await workshop.rows() == []


async def test_a_job_that_was_deleted_stops_at_its_next_word(
    workshop: Workshop, database: Any
) -> None:
    async def tell(_command: Perform) -> None:
        await database.execute("DELETE FROM jobs WHERE id = $1", job.id)
        await container.progress().publish(JobProgress(percent_complete=1))
        raise AssertionError("went on")

    container = workshop.worker(tell, redis="")
    job = await workshop.ask(container, piece=(piece := str(uuid4())))

    await worked(container)

    left = "SELECT count(*) FROM test_effects WHERE message_id = $1::uuid"
    assert await database.fetchval(left, piece) == 0
    assert await workshop.rows() == []


@pytest.mark.requirement("OBS-05")
async def test_a_correlation_id_goes_from_the_request_to_the_job(workshop: Workshop) -> None:
    heard: list[tuple[str, str | None]] = []

    async def listen(_command: Perform) -> None:
        heard.append((correlation_id.get(), causation_id.get()))

    container = workshop.worker(listen, redis="")
    token = correlation_id.set("request 7")
    job = await workshop.ask(container)
    correlation_id.reset(token)

    await worked(container)

    assert heard == [("request 7", str(job.id))]


async def test_a_job_of_another_release_waits(workshop: Workshop) -> None:
    container = workshop.worker(redis="")
    job = await workshop.ask(container)
    other = workshop.worker(redis="", types=[])
    lost = Lost()
    container.jobs.work_queue.override(lost)

    await worked(other)
    await container.jobs.dispatcher().dispatch()
    await other.jobs.runner().run(lost.tickets[0])

    assert (await workshop.row(job))["state"] == "queued"


async def test_attempts_are_counted_by_type_and_outcome(workshop: Workshop) -> None:
    container = workshop.worker(redis="")
    await workshop.ask(container)
    await worked(container)

    text = container.metrics().text().decode()
    assert f'workout_jobs_total{{outcome="succeeded",type="{workshop.name}"}} 1.0' in text


async def test_jobs_that_ended_a_month_ago_are_forgotten_and_failed_ones_later(
    workshop: Workshop, clock: AdjustableClock
) -> None:
    async def fail_twos(command: Perform) -> None:
        if command.times == 2:
            await fail(command)

    container = workshop.worker(fail_twos, redis="", max_attempts=1)
    product = workshop._workers(redis="")
    await workshop.ask(container)
    failed = await workshop.ask(container, times=2)
    await worked(container)
    waiting = await workshop.ask(container, at=clock.now() + timedelta(days=365))

    async def kept_after(days: int) -> list[Any]:
        clock.advance(timedelta(days=days))
        while await product.mediator().send(ForgetOldJobs(), actor=SYSTEM):
            pass
        return [row["id"] for row in await workshop.rows()]

    assert len(await kept_after(29)) == 3
    assert await kept_after(2) == [failed.id, waiting.id]
    assert await kept_after(60) == [waiting.id]


async def test_the_jobs_of_a_deleted_account_go_with_it(workshop: Workshop, people: People) -> None:
    container = workshop.worker(redis="")
    person, other = await people.athlete(), await people.athlete()
    mine = await workshop.ask(container, owner=person.user["id"])
    await workshop.ask(container, owner=other.user["id"])
    copied = (await person.get("/me/export")).json()["data"]

    await person.delete("/me")
    product = workshop._workers(redis="")
    await product.jobs.relay().drain()
    await product.jobs.direct().finish()

    assert [one["id"] for one in copied["jobs"]] == [str(mine.id)]
    assert [str(row["owner_user_id"]) for row in await workshop.rows()] == [other.user["id"]]


def test_a_type_of_jobs_is_declared_once_and_must_be(workshop: Workshop) -> None:
    type_ = workshop.type()

    with pytest.raises(JobTypeTwice):
        JobTypes([type_], [type_])
    with pytest.raises(JobTypeUnknown):
        JobTypes([type_]).find("another")
