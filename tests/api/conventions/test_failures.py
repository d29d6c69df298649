"""What happens when a request takes too long, or meets a bug."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
import structlog
from dependency_injector import providers

from tests.builders.people import People
from tests.conftest import RunningServer, running, settings_for
from workout_infrastructure.observability.logs import configure_logs
from workout_presentation.composition.container import build_container


class BrokenReader:
    """Has a bug."""

    async def user(self, _user_id: object) -> object:
        """Divide by zero, with something in the message nobody should see."""
        raise ZeroDivisionError("SELECT secret FROM inside")


@pytest.fixture
def log_file(tmp_path: Path) -> Iterator[Path]:
    """Send the log to a file for the length of a test."""
    handlers, level = logging.root.handlers[:], logging.root.level
    configure_logs("INFO", file=tmp_path / "log" / "workout.log")
    yield tmp_path / "log" / "workout.log"
    structlog.reset_defaults()
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)


@pytest.fixture
async def broken(
    database_url: str,
    redis_url: str,
    log_file: Path,  # noqa: ARG001 - what is built later logs there
) -> AsyncIterator[RunningServer]:
    """Serve the product with a bug in the reader of accounts."""
    container = build_container(settings_for(database_url, redis_url))
    container.identity.accounts.override(providers.Object(BrokenReader()))
    async with running(container) as server:
        yield server


def lines_of(file: Path) -> list[dict[str, Any]]:
    """Read a log."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


@pytest.mark.requirement("OBS-05", "OBS-16")
async def test_a_bug_is_answered_with_a_correlation_id_and_nothing_else_and_is_logged_whole(
    broken: RunningServer, people: People, log_file: Path
) -> None:
    registration = people.registration()
    async with httpx2.AsyncClient(base_url=f"{broken.url}/api/v1") as api:
        await api.post("/auth/register", json=registration)
        credentials = {key: registration[key] for key in ("username", "password")}
        tokens = (await api.post("/auth/login", json=credentials)).json()["data"]
        bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
        answer = await api.get("/me", headers={**bearer, "X-Correlation-ID": "the-bug"})

    body, lines = answer.json(), lines_of(log_file)
    (line,) = [line for line in lines if line["event"] == "request failed"]
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-correlation-id"] == body["correlation_id"] == "the-bug"
    assert answer.headers["api-supported-versions"] == "1.0"
    assert (body["code"], body["errors"]) == ("internal_error", [])
    assert "ZeroDivision" not in answer.text
    assert "SELECT" not in answer.text
    assert (line["level"], line["correlation_id"]) == ("error", "the-bug")
    assert "Traceback" in line["exception"]
    assert "ZeroDivisionError: SELECT secret" in line["exception"]
    assert any(line["event"] == "request" and line["status"] == 500 for line in lines)


@pytest.fixture
async def impatient(database_url: str, redis_url: str) -> AsyncIterator[RunningServer]:
    """Serve the product with little time for each request."""
    settings = settings_for(database_url, redis_url, request_timeout_seconds=0.2)
    async with running(build_container(settings)) as server:
        yield server


async def drip(server: RunningServer, head: str, *, body: bytes) -> tuple[bytes, dict[str, Any]]:
    """Announce a body and send only its beginning; return head and body of the answer."""
    port = server.container.settings().port
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(head.encode() + b"\r\n" + body)
    async with asyncio.timeout(10):
        answered = await reader.readuntil(b"\r\n\r\n")
        length = int(answered.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        problem: dict[str, Any] = json.loads(await reader.readexactly(length))
    writer.close()
    return answered, problem


async def test_a_body_that_never_ends_is_given_up(impatient: RunningServer) -> None:
    head = (
        "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        "Content-Length: 1000\r\nX-Correlation-ID: dripping\r\n"
    )

    answered, problem = await drip(impatient, head, body=b'{"username": ')

    assert answered.startswith(b"HTTP/1.1 503")
    assert b"retry-after: 1" in answered.lower()
    assert b"x-correlation-id: dripping" in answered.lower()
    assert (problem["code"], problem["retryable"]) == ("request_timeout", True)


async def test_a_request_in_time_is_not_given_up(impatient: RunningServer) -> None:
    async with httpx2.AsyncClient(base_url=impatient.url) as site:
        answers = [await site.get("/health/live") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
