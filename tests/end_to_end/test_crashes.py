"""API, worker, Redis and PostgreSQL are killed at work; nothing acknowledged is lost or doubled."""

import asyncio
import os
import signal
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
import redis.asyncio as redis

from tests.builders.live import Training, a_client_id, assigned_workout, planned_session, squat
from tests.builders.people import People, Person
from tests.end_to_end.conftest import Site
from tests.end_to_end.visitors import StubbornDevice, StubbornWatcher, insist
from tests.waiting import until


async def told(person: Person) -> Counter[str]:
    """Return how often somebody was told of each workout."""
    ids: list[str] = []
    cursor = ""
    while cursor is not None:
        answer = (await insist(person, "GET", f"/notifications?limit=100&cursor={cursor}")).json()
        ids += [one["data"]["workout_id"] for one in answer["data"]]
        cursor = answer["pagination"]["next_cursor"]
    return Counter(ids)


async def assign(trainer: Person, athlete: Person, count: int) -> set[str]:
    """Assign so many workouts at once; return their ids."""
    exercise = await squat(trainer)
    made = await asyncio.gather(
        *(assigned_workout(trainer, athlete, exercise) for _ in range(count))
    )
    return {workout["id"] for workout in made}


async def everything_handled(database: Any) -> bool:
    """Tell whether no event waits for anybody."""
    waiting: int = await database.fetchval(
        """SELECT (SELECT count(*) FROM outbox_messages WHERE relayed_at IS NULL)
        + (SELECT count(*) FROM inbox_entries WHERE status <> 'done')"""
    )
    return waiting == 0


async def as_if_leases_had_run_out(database: Any) -> None:
    """Let the half minute pass that a killed worker's events stay reserved for it."""
    await database.execute(
        "UPDATE inbox_entries SET available_at = now(), not_before = NULL WHERE status = 'pending'"
    )


class Logbook:
    """What is logged into one session by both roads, and how often each set was acknowledged."""

    def __init__(self, site: Site, training: Training) -> None:
        self._site, self._training = site, training
        self.acknowledged: dict[str, list[dict[str, Any]]] = {}
        self.statuses: set[int] = set()
        self._more = asyncio.Event()

    async def holds(self, count: int) -> None:
        """Wait until so many sets were acknowledged."""
        while len(self.acknowledged) < count:
            self._more.clear()
            await self._more.wait()

    async def write(self, *, by_hub: bool, until_over: Callable[[int], bool]) -> None:
        """Log set after set; every third is said twice, as an impatient phone does."""
        device = StubbornDevice(self._site.url, self._training.athlete)
        written = 0
        while not until_over(written):
            key, written = a_client_id(), written + 1
            for _ in range(2 if written % 3 == 0 else 1):
                logged = await (self._by_hub(device, key) if by_hub else self._by_http(key))
                self.acknowledged.setdefault(key, []).append(logged)
                self._more.set()
        await device.close()

    def refuse_unless_stored_once(self, session: dict[str, Any]) -> None:
        """Insist that the session holds every acknowledged set, as it was acknowledged, once."""
        stored = {one["client_generated_id"]: one for one in session["sets"]}
        assert len(session["sets"]) == len(stored) == len(self.acknowledged)
        for key, answers in self.acknowledged.items():
            assert all(answer == stored[key] for answer in answers)

    async def _by_hub(self, device: StubbornDevice, key: str) -> dict[str, Any]:
        message = self._training.message(client_event_id=key)
        logged: dict[str, Any] = (await device.ask("LogSet", **message))["set"]
        return logged

    async def _by_http(self, key: str) -> dict[str, Any]:
        body = self._training.a_set(client_generated_id=key)
        path = f"/sessions/{self._training.id}/sets"
        answer = await insist(self._training.athlete, "POST", path, self.statuses, json=body)
        logged: dict[str, Any] = answer.json()["data"]
        return logged


async def knows_everything(watcher: StubbornWatcher, sequence: int) -> bool:
    """Let a watcher catch up; tell whether it knows all events up to the sequence."""
    watcher.take_in()
    if watcher.unbroken < sequence:
        await watcher.catch_up()
    return watcher.unbroken >= sequence


@pytest.mark.requirement("BEY-02", "TRN-25", "EVT-07", "EVT-19")
async def test_a_session_survives_the_api_being_killed_again_and_again(
    site: Site, people: People
) -> None:
    writers, sets_each, kills = 4, 30, 3
    trainer, athlete = await people.coached_pair()
    training = await planned_session(trainer, athlete)
    logbook, watcher = Logbook(site, training), StubbornWatcher(site.url, trainer, training)
    watching = asyncio.create_task(watcher.watch())

    async def kill() -> None:
        for number in range(1, kills + 1):
            await logbook.holds(number * writers * sets_each // (kills + 2))
            await site.api.kill()
            await site.api.start()

    async with asyncio.timeout(90), asyncio.TaskGroup() as tasks:
        tasks.create_task(kill())
        for number in range(writers):
            is_over = sets_each.__le__
            tasks.create_task(logbook.write(by_hub=number % 2 == 0, until_over=is_over))
    await site.serves()
    shown = await training.shown()
    await until(
        lambda: knows_everything(watcher, shown["sequence"]), what="the watcher to catch up"
    )
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)
    await watcher.close()

    assert len(logbook.acknowledged) == writers * sets_each
    logbook.refuse_unless_stored_once(shown)
    journal = await training.events()
    assert [event["sequence"] for event in journal] == list(range(1, shown["sequence"] + 1))
    assert [watcher.seen[number] for number in sorted(watcher.seen)] == journal
    assert [event["set"] for event in journal[1:]] == sorted(
        shown["sets"], key=lambda one: one["sequence"]
    )
    assert watcher.connections > 1
    assert logbook.statuses <= {200, 201, 503}


@pytest.mark.requirement("EVT-06", "EVT-08", "EVT-11", "COA-03")
async def test_a_worker_killed_in_the_middle_loses_and_doubles_nothing(
    site: Site, people: People, site_database: Any
) -> None:
    trainer, athlete = await people.coached_pair()
    workouts = await assign(trainer, athlete, 25)
    locked = site_database.transaction()
    await locked.start()
    await site_database.execute("LOCK TABLE notifications IN SHARE MODE")
    await site.worker.start()

    async def stuck() -> bool:
        waiting: int = await site_database.fetchval(
            """SELECT count(*) FROM pg_locks
            WHERE NOT granted AND relation = 'notifications'::regclass"""
        )
        return waiting > 0

    await until(stuck, within=30, what="the worker to write a notification")
    await site.worker.kill()
    await locked.rollback()
    assert await told(athlete) == {}

    await as_if_leases_had_run_out(site_database)
    await site.worker.start()
    await until(lambda: everything_handled(site_database), within=30, what="all events")
    assert await told(athlete) == dict.fromkeys(workouts, 1)
    await site.worker.stop()


@pytest.mark.requirement("BEY-02", "EVT-03", "CAC-34")
async def test_redis_may_be_emptied_killed_and_restarted(
    site: Site, people: People, site_database: Any
) -> None:
    trainer, athlete = await people.coached_pair()
    gone = await people.athlete()
    await gone.post("/auth/logout", gone.tokens_to_refresh())
    training = await planned_session(trainer, athlete)
    watcher = StubbornDevice(site.url, trainer)
    await watcher.ask("JoinWorkoutSession", session_id=training.id)
    workouts = await assign(trainer, athlete, 10)
    await site.worker.start()
    await until(lambda: told(athlete), within=30, what="the first notification")
    await _flush(site)
    workouts |= await assign(trainer, athlete, 5)
    await training.log()
    assert site.redis.process_id is not None
    os.kill(site.redis.process_id, signal.SIGKILL)
    await until(lambda: not site.redis.is_running(), what="Redis to be gone")
    workouts |= await assign(trainer, athlete, 5)
    await training.log()
    assert watcher.device is not None
    await watcher.device.hears(2, "SetLogged")
    site.redis.start()
    await _flush(site)
    workouts |= await assign(trainer, athlete, 5)
    await as_if_leases_had_run_out(site_database)
    await until(lambda: everything_handled(site_database), within=40, what="all events")

    workouts.add(training.session["workout_id"])
    assert await told(athlete) == dict.fromkeys(workouts, 1)
    assert watcher.device.sequences() == [2, 3]
    assert not watcher.device.ended.is_set()
    assert (await athlete.get("/me")).status_code == 200
    refreshed = await athlete.api.post(
        "/auth/refresh", json={"refresh_token": athlete.tokens["refresh_token"]}
    )
    assert refreshed.status_code == 200
    assert (await gone.get("/me")).status_code == 401
    readmitted = await gone.api.post("/auth/refresh", json=gone.tokens_to_refresh())
    assert readmitted.status_code == 401
    await watcher.close()
    await site.worker.stop()


@pytest.mark.requirement("BEY-02")
async def test_postgresql_may_restart_under_load(site: Site, people: People) -> None:
    trainer, athlete = await people.coached_pair()
    training = await planned_session(trainer, athlete)
    logbook, over = Logbook(site, training), asyncio.Event()

    async def read(person: Person, path: str) -> None:
        while not over.is_set():
            await insist(person, "GET", path, logbook.statuses)

    async def restart() -> None:
        for number in (signal.SIGINT, signal.SIGQUIT):
            await logbook.holds(len(logbook.acknowledged) + 20)
            assert site.postgres.process_id is not None
            os.kill(site.postgres.process_id, number)
            await until(lambda: not site.postgres.is_running(), what="PostgreSQL to stop")
            await asyncio.to_thread(site.postgres.start)
        await logbook.holds(len(logbook.acknowledged) + 20)
        over.set()

    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
        tasks.create_task(restart())
        for by_hub in (False, False, True):
            tasks.create_task(logbook.write(by_hub=by_hub, until_over=lambda _: over.is_set()))
        for path in ("/workouts", f"/sessions/{training.id}", "/exercises?search=squat", "/me"):
            tasks.create_task(read(trainer, path))

    assert logbook.statuses <= {200, 201, 503}
    logbook.refuse_unless_stored_once(await training.shown())


async def _flush(site: Site) -> None:
    connection: Any = redis.from_url(str(site.settings["redis_url"]))
    await connection.flushall()
    await connection.aclose()
