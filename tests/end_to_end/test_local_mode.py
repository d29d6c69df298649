"""`workout local`: one command, nothing installed, and it gets up again whatever was killed."""

import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from tests.builders.live import Training, ad_hoc_session
from tests.builders.mails import Mailbox
from tests.builders.people import People, Person
from tests.conftest import free_port
from tests.end_to_end.processes import Running, below, command_of, is_alive
from tests.end_to_end.visitors import StubbornDevice, client, is_ready
from tests.waiting import until

PASSWORD = "training-demo"


class Machine:
    """A folder with a `workout local` in it."""

    def __init__(self, folder: Path) -> None:
        port = free_port()
        self.folder = folder
        self.url = f"http://127.0.0.1:{port}"
        settings = {"port": port, "worker_port": free_port(), "rate_limits": "off"}
        self.local = Running("local", settings=settings, folder=folder)
        self.seen: set[int] = set()

    async def start(self) -> None:
        """Start, and wait until it serves and everything was seen that belongs to it."""
        await self.local.start()
        await self.serves()

    async def serves(self) -> None:
        """Wait until the API serves."""
        await until(lambda: is_ready(self.url), within=60, what="local mode")
        self.seen |= {self.local.pid, *below(self.local.pid)}

    def child(self, name: str) -> int:
        """Return the process of one of its children."""
        found = [
            pid
            for pid in below(self.local.pid)
            if f"workout_presentation.cli.main {name}" in command_of(pid)
        ]
        assert len(found) == 1, [command_of(pid) for pid in below(self.local.pid)]
        return found[0]

    async def all_gone(self) -> None:
        """Wait until no process ever seen is left."""
        await until(
            lambda: not any(map(is_alive, self.seen)), within=20, what="every process to end"
        )


@pytest.fixture
async def machine(tmp_path: Path) -> AsyncIterator[Machine]:
    """Return a started local mode in a fresh folder."""
    machine = Machine(tmp_path)
    await machine.start()
    yield machine
    await machine.local.stop()
    for pid in machine.seen:
        if is_alive(pid):
            os.kill(pid, signal.SIGKILL)


async def signed_in(api: httpx2.AsyncClient, username: str) -> Person:
    answer = await api.post("/auth/login", json={"username": username, "password": PASSWORD})
    assert answer.status_code == 200, answer.text
    tokens = answer.json()["data"]
    me = await api.get("/me", headers={"Authorization": f"Bearer {tokens['access_token']}"})
    return Person(api, me.json()["data"], tokens)


@pytest.mark.requirement("BEY-02", "IAM-07")
async def test_local_mode_comes_up_heals_recovers_and_stops(machine: Machine) -> None:
    async with client(machine.url) as api:
        coach, athlete = [await signed_in(api, name) for name in ("coach", "athlete")]
        assert (coach.user["roles"], athlete.user["roles"]) == (["trainer"], ["athlete"])
        assert (await athlete.get("/workouts")).json()["pagination"]["total_items"] == 1
        await an_address_is_confirmed_by_a_mail(machine, api)
        training = await ad_hoc_session(athlete)
        logged = [await training.log()]

        await the_api_is_started_again(machine)
        logged.append(await training.log())
        assert (await training.shown())["sets"] == logged

        await everything_is_started_again(machine)
        assert (await athlete.get("/me")).status_code == 200
        again = Training(await signed_in(api, "athlete"), training.exercise_id, training.session)
        assert (await again.shown())["sets"] == logged
        logged.append(await training.log())
        device = StubbornDevice(machine.url, coach)
        joined = await device.ask("JoinWorkoutSession", session_id=training.id)
        await device.close()
        assert joined["session"]["sets"] == logged

    machine.seen |= set(below(machine.local.pid))
    assert await machine.local.stop(signal.SIGTERM) == 0
    await machine.all_gone()
    assert "Traceback" not in machine.local.said


async def an_address_is_confirmed_by_a_mail(machine: Machine, api: httpx2.AsyncClient) -> None:
    """Register, find the mail where local mode says it is, and use its token."""
    body = People(api).registration(password=PASSWORD)
    assert (await api.post("/auth/register", json=body)).status_code == 201
    folder = machine.folder / ".workout" / "mail"
    assert f"Mails are written into {folder}." in machine.local.said
    mailbox = Mailbox(folder)
    await until(lambda: mailbox.of(body["email"]), within=20, what="the mail")

    token = {"token": mailbox.token(body["email"])}
    assert (await api.post("/auth/confirm-email", json=token)).status_code == 200
    assert (await signed_in(api, body["username"])).user["email_confirmed"] is True


async def the_api_is_started_again(machine: Machine) -> None:
    """Kill the API's process and wait for its successor."""
    before = machine.child("serve")
    os.kill(before, signal.SIGKILL)
    await until(lambda: not is_alive(before), what="the API to be gone")
    await machine.serves()
    assert machine.child("serve") != before


async def everything_is_started_again(machine: Machine) -> None:
    """Kill the whole process group, with everything unsaved, and start once more."""
    machine.seen |= set(below(machine.local.pid))
    await machine.local.kill()
    await machine.start()
