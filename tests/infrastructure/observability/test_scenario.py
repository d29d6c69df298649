"""What a whole product process writes to its log while people use it."""

import asyncio
import json
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.builders.gym import a_workout_body
from tests.builders.people import People
from tests.conftest import free_port

PASSWORD = "a password nobody else in this run has"
SECRET = "the secret of this one process, long enough"
PATIENCE_SECONDS = 40


@dataclass
class Scenario:
    """What was done, and what was written meanwhile."""

    secrets: list[str] = field(default_factory=list)
    workout: dict[str, Any] = field(default_factory=dict)
    session: dict[str, Any] = field(default_factory=dict)
    trainer_id: str = ""
    athlete_id: str = ""
    metrics: str = ""
    console: bytes = b""
    file: bytes = b""

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The console's lines; it fails where one is no JSON object."""
        return [json.loads(line) for line in self.console.splitlines()]

    def line(self, event: str) -> dict[str, Any]:
        """Return the one line of an event."""
        (found,) = [line for line in self.lines if line["event"] == event]
        return found


async def act(api: httpx2.AsyncClient) -> Scenario:
    """Let a trainer and an athlete use the product."""
    scenario, people = Scenario(), People(api)
    trainer = await people.register("trainer", password=PASSWORD)
    athlete = await people.register("athlete", password=PASSWORD)
    tokens = [trainer.tokens, athlete.tokens]
    for person in (trainer, athlete):
        body = {"refresh_token": person.tokens["refresh_token"]}
        person.tokens = (await api.post("/auth/refresh", json=body)).json()["data"]
        tokens.append(person.tokens)
    code = (await trainer.post("/coaching/invitations")).json()["data"]["code"]
    await athlete.post("/coaching/invitations/accept", {"code": code})
    wrong = {"username": athlete.user["username"], "password": PASSWORD[::-1]}
    await api.post("/auth/login", json=wrong)
    await api.post("/auth/register", json={"password": PASSWORD, "token": "x"})
    await api.get("/me", headers={"Authorization": f"Bearer {trainer.tokens['access_token']}x"})
    named = {"X-Correlation-ID": "the-planning"}
    scenario.workout = (await trainer.post("/workouts", a_workout_body(), headers=named)).json()[
        "data"
    ]
    scenario.session = (
        await athlete.post("/sessions", {"name": "Mine", "session_date": "2026-03-02T12:00:00Z"})
    ).json()["data"]
    await api.post("/auth/logout", json={"refresh_token": athlete.tokens["refresh_token"]})
    scenario.trainer_id, scenario.athlete_id = trainer.trainer_id, athlete.athlete_id
    scenario.secrets = [PASSWORD, PASSWORD[::-1], SECRET, code]
    for pair in tokens:
        scenario.secrets += [pair["access_token"], pair["refresh_token"]]
    return scenario


async def until_it_answers(url: str) -> None:
    """Wait until a process listens."""
    async with httpx2.AsyncClient() as client, asyncio.timeout(PATIENCE_SECONDS):
        while True:
            try:
                await client.get(f"{url}/health/live")
            except httpx2.ConnectError:
                await asyncio.sleep(0.05)
            else:
                return


@pytest.fixture(scope="module")
async def scenario(
    database_url: str, redis_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Scenario:
    """Run the product's own command, use it, stop it, and return what it wrote."""
    port, file = free_port(), tmp_path_factory.mktemp("log") / "workout.log"
    environment = {
        "WORKOUT_ENVIRONMENT": "test",
        "WORKOUT_DATABASE_URL": database_url,
        "WORKOUT_REDIS_URL": redis_url,
        "WORKOUT_PORT": str(port),
        "WORKOUT_JWT_SECRET": SECRET,
        "WORKOUT_LOG_LEVEL": "DEBUG",
        "WORKOUT_LOG_FILE": str(file),
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "workout_presentation.cli.main", "serve"),
        env={**os.environ, "PYTHONPATH": "src", **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    reading = asyncio.create_task(process.communicate())
    try:
        await until_it_answers(f"http://127.0.0.1:{port}")
        base = f"http://127.0.0.1:{port}"
        async with httpx2.AsyncClient(base_url=f"{base}/api/v1", timeout=20) as api:
            done = await act(api)
            done.metrics = (await api.get(f"{base}/metrics")).text
    finally:
        process.terminate()
        done_writing = await reading
    done.console, done.file = done_writing[0], await asyncio.to_thread(Path.read_bytes, file)
    return done


@pytest.mark.requirement("OBS-01", "OBS-05")
def test_every_line_of_a_process_is_an_object_with_the_common_fields(scenario: Scenario) -> None:
    common = {"time", "level", "event", "correlation_id"}

    assert len(scenario.lines) > 30
    assert [line for line in scenario.lines if not common <= set(line)] == []


@pytest.mark.requirement("OBS-01")
def test_the_file_holds_what_the_console_shows(scenario: Scenario) -> None:
    assert scenario.file == scenario.console


def test_lines_of_libraries_are_among_them(scenario: Scenario) -> None:
    assert [line for line in scenario.lines if line.get("logger", "").startswith("uvicorn")]


@pytest.mark.requirement("OBS-02")
def test_a_new_workout_is_logged_by_its_ids_only(scenario: Scenario) -> None:
    line = scenario.line("workout created")

    assert line == {
        "event": "workout created",
        "level": "info",
        "time": line["time"],
        "correlation_id": "the-planning",
        "workout_id": scenario.workout["id"],
        "trainer_id": scenario.trainer_id,
    }


@pytest.mark.requirement("OBS-03")
def test_a_started_session_is_logged_by_its_ids_only(scenario: Scenario) -> None:
    line = scenario.line("workout session started")

    assert line == {
        "event": "workout session started",
        "level": "info",
        "time": line["time"],
        "correlation_id": line["correlation_id"],
        "session_id": scenario.session["id"],
        "athlete_id": scenario.athlete_id,
    }


@pytest.mark.requirement("OBS-04")
def test_quick_operations_are_debug_lines(scenario: Scenario) -> None:
    quick = [line for line in scenario.lines if line["event"] == "Operation completed"]

    assert {line["level"] for line in quick} == {"debug"}
    assert {"RegisterUser", "LogIn", "RefreshTokens", "LogOut"} <= {
        line["operation"] for line in quick
    }


@pytest.mark.requirement("SEC-04")
def test_no_password_token_code_or_secret_is_ever_written(scenario: Scenario) -> None:
    written = scenario.console + scenario.file

    assert len(scenario.secrets) == 12
    assert [secret for secret in scenario.secrets if secret.encode() in written] == []


def test_the_metrics_count_what_was_done_by_route_and_outcome(scenario: Scenario) -> None:
    assert 'workout_messages_total{message="LogIn",outcome="invalid_credentials"} 1.0' in (
        scenario.metrics
    )
    assert (
        'workout_http_requests_total{method="POST",route="/api/v1/auth/register",status="201"} 2.0'
        in scenario.metrics
    )
    assert [secret for secret in scenario.secrets if secret in scenario.metrics] == []
