"""A coach's client whose connection breaks comes back and misses nothing."""

from contextlib import AsyncExitStack
from typing import Any

import httpx2

from tests.conftest import RunningServer
from workout_presentation.composition.demo import fresh_credentials
from workout_presentation.demo.hub import HubClient
from workout_presentation.demo.people import Person, coach_and_athlete
from workout_presentation.demo.watching import Watcher


async def a_running_session(athlete: Person) -> dict[str, Any]:
    """Let an athlete start to train without a plan."""
    body = {"name": "Evening squats", "session_date": "2026-01-05T18:00:00Z"}
    session: dict[str, Any] = await athlete.post("/sessions", body)
    return session


async def cut_off(server: RunningServer, person: Person) -> int:
    """Break the connections of somebody; says how many there were."""
    user_id = (await person.get("/me"))["data"]["id"]
    clients = server.container.clients().all()
    theirs = [client for client in clients if str(client.user_id) == user_id]
    for client in theirs:
        await client.connection.cut()
    return len(theirs)


async def test_a_broken_connection_costs_the_coach_nothing(
    server: RunningServer, api: httpx2.AsyncClient
) -> None:
    coach, athlete = await coach_and_athlete(api, **fresh_credentials()._asdict())
    session = await a_running_session(athlete)
    exercise = (await coach.get("/exercises", search="squat"))["data"][0]
    a_set = {"exercise_id": exercise["id"], "set_type": "normal", "number_reps": 5}
    async with AsyncExitStack() as stack:
        hub = HubClient(coach, "websocket")
        stack.push_async_callback(hub.close)
        watch = await Watcher(await hub.connected(server.url)).join(session["id"])

        assert await cut_off(server, coach) == 1
        logged = [await athlete.post(f"/sessions/{session['id']}/sets", a_set) for _ in range(3)]

        assert await watch.has_seen(logged[-1]["sequence"])
    assert list(watch.events) == [one["sequence"] for one in logged]
    assert watch.gaps_resumed
