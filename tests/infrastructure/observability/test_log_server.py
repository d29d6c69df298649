"""Lines posted to a log server: in batches, never at the expense of whoever writes them."""

import json
import logging
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
import structlog

from tests.conftest import free_port
from tests.waiting import until
from workout_application.messaging.correlation import correlation_id
from workout_infrastructure.observability.log_server import LogServer
from workout_infrastructure.observability.logs import configure_logs
from workout_presentation.composition.settings import SettingsWrong, load_settings

Said = list[tuple[str, dict[str, Any]]]


@dataclass
class Received:
    """A log server that keeps what it gets; it can refuse, or hang, as a test wants."""

    port: int
    statuses: list[int] = field(default_factory=list)
    is_open: threading.Event = field(default_factory=threading.Event)
    asked: threading.Event = field(default_factory=threading.Event)
    bodies: list[bytes] = field(default_factory=list)
    types: list[str | None] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where it takes lines."""
        return f"http://127.0.0.1:{self.port}/api/events/raw?clef"

    @property
    def lines(self) -> list[Any]:
        """All lines, in the order they came."""
        return [json.loads(line) for body in self.bodies for line in body.splitlines()]

    def answer(self, body: bytes, type_: str | None) -> int:
        """Keep a request, unless it is refused."""
        self.asked.set()
        self.is_open.wait()
        status = self.statuses.pop(0) if self.statuses else 201
        if status < 300:
            self.bodies.append(body)
            self.types.append(type_)
        return status


def listen(received: Received) -> ThreadingHTTPServer:
    """Serve on the port of ``received``."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = received.answer(body, self.headers["Content-Type"])
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: Any) -> None:
            """Clients that gave up are what is tested."""

    server = Server(("127.0.0.1", received.port), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    return server


@pytest.fixture
def cleanup() -> Iterator[ExitStack]:
    """Return what puts everything away after the test."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def received(cleanup: ExitStack) -> Received:
    """Return a log server that is there."""
    received = Received(free_port())
    received.is_open.set()
    serve(received, cleanup)
    return received


def serve(received: Received, cleanup: ExitStack) -> None:
    server = listen(received)
    cleanup.callback(server.server_close)
    cleanup.callback(server.shutdown)
    cleanup.callback(received.is_open.set)


@pytest.fixture
def said() -> Said:
    """Return what was told to the other places."""
    return []


@pytest.fixture
def sink_to(cleanup: ExitStack, said: Said) -> Callable[..., LogServer]:
    """Return a maker of impatient sinks."""

    def make(url: str, **options: Any) -> LogServer:
        sink = LogServer(
            url,
            tell=lambda text, **fields: said.append((text, fields)),
            **{"timeout_seconds": 0.2, "first_pause_seconds": 0.02, **options},
        )
        cleanup.callback(sink.close)
        return sink

    return make


def a_line(number: int) -> bytes:
    return b'{"number":%d}\n' % number


@pytest.mark.requirement("OBS-01")
async def test_lines_are_posted_as_they_are_written_and_in_order(
    received: Received, tmp_path: Path, capfdbinary: Any
) -> None:
    handlers, level = logging.root.handlers[:], logging.root.level
    token = correlation_id.set("the-request")
    flush = configure_logs("INFO", file=tmp_path / "log", url=received.url)
    for number in range(1_200):
        structlog.get_logger().info("counted", number=number)
    logging.getLogger("some.library").warning("its own")
    flush()
    correlation_id.reset(token)
    structlog.reset_defaults()
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)

    written = [json.loads(line) for line in (tmp_path / "log").read_bytes().splitlines()]
    assert received.lines == written
    assert received.lines == [
        json.loads(line) for line in capfdbinary.readouterr().out.splitlines()
    ]
    assert [line.get("number") for line in written] == [*range(1_200), None]
    assert all(line.keys() >= {"time", "level", "event", "correlation_id"} for line in written)
    assert len(received.bodies) < 10
    assert set(received.types) == {"application/x-ndjson"}


@pytest.mark.requirement("OBS-01")
async def test_a_line_does_not_wait_for_others_or_for_the_end(
    received: Received, sink_to: Callable[..., LogServer]
) -> None:
    sink_to(received.url).put(a_line(1))

    assert await until(lambda: received.lines) == [{"number": 1}]


@pytest.mark.requirement("OBS-01")
async def test_a_server_that_was_away_gets_what_waited_and_the_rest_is_counted_once(
    sink_to: Callable[..., LogServer], said: Said, cleanup: ExitStack
) -> None:
    received = Received(free_port())
    received.is_open.set()
    sink = sink_to(received.url, most_waiting=600)
    for number in range(700):
        sink.put(a_line(number))
    await until(lambda: said, what="a warning")
    serve(received, cleanup)
    await until(lambda: len(said) > 1, what="the second warning")
    sink.put(a_line(700))
    await until(lambda: len(received.lines) > 600, what="all lines")

    assert [line["number"] for line in received.lines] == [*range(600), 700]
    assert said == [
        ("log server does not take lines", {"problem": "ConnectionRefusedError"}),
        ("log server takes lines again", {"dropped": 100}),
    ]


@pytest.mark.requirement("OBS-01")
async def test_a_server_that_hangs_delays_nobody(
    received: Received, sink_to: Callable[..., LogServer], said: Said
) -> None:
    received.is_open.clear()
    sink = sink_to(received.url, most_waiting=1_000)
    sink.put(a_line(0))
    await until(received.asked.is_set)

    started = perf_counter()
    for number in range(1, 100_000):
        sink.put(a_line(number))
    taken = perf_counter() - started
    await until(lambda: said, what="a warning")

    assert taken < 1
    assert said == [("log server does not take lines", {"problem": "TimeoutError"})]


@pytest.mark.requirement("OBS-01")
@pytest.mark.parametrize("status", [401, 429, 500, 503])
async def test_a_server_that_refuses_for_now_is_asked_again(
    received: Received, sink_to: Callable[..., LogServer], said: Said, status: int
) -> None:
    received.statuses = [status, status]
    sink_to(received.url).put(a_line(1))

    assert await until(lambda: received.lines) == [{"number": 1}]
    await until(lambda: len(said) > 1)
    assert said == [
        ("log server does not take lines", {"problem": status}),
        ("log server takes lines again", {"dropped": 0}),
    ]


@pytest.mark.requirement("OBS-01")
@pytest.mark.parametrize("status", [400, 413])
async def test_a_batch_that_is_never_accepted_holds_up_nothing(
    received: Received, sink_to: Callable[..., LogServer], said: Said, status: int
) -> None:
    received.statuses = [status]
    sink = sink_to(received.url)
    sink.put(a_line(1))
    await until(received.asked.is_set)
    await until(lambda: not received.statuses)
    sink.put(a_line(2))

    assert await until(lambda: received.lines) == [{"number": 2}]
    await until(lambda: said)
    assert said == [("log server takes lines again", {"dropped": 1})]


@pytest.mark.requirement("OBS-01")
async def test_pauses_grow_up_to_a_minute(sink_to: Callable[..., LogServer]) -> None:
    sink = sink_to("http://127.0.0.1:1", first_pause_seconds=1)
    sink.close()
    pauses = []
    for failures in (1, 2, 3, 7, 1_000_000):
        sink._failures = failures
        pauses.append(sink._pause())

    assert pauses == [1, 2, 4, 60, 60]


@pytest.mark.requirement("OBS-01")
@pytest.mark.parametrize("url", ["http://127.0.0.1:port/", "http://[", "http://no.such.invalid/"])
async def test_an_address_that_leads_nowhere_is_told_and_nothing_else(
    sink_to: Callable[..., LogServer], said: Said, url: str
) -> None:
    sink_to(url).put(a_line(1))

    await until(lambda: said, what="a warning")
    assert [text for text, _ in said] == ["log server does not take lines"]


WRITER = """
import os, signal, sys, structlog
from workout_infrastructure.observability.logs import configure_logs
from workout_presentation.composition.running import _flush_before_dying
flush = configure_logs("INFO", url=sys.argv[1])
_flush_before_dying(flush)
structlog.get_logger().info("the last words")
if sys.argv[2] == "killed":
    os.kill(os.getpid(), signal.SIGTERM)
"""


def a_process(url: str, end: str) -> int:
    """Write a line and end; return the exit code."""
    command = [sys.executable, "-c", WRITER, url, end]
    return subprocess.run(command, check=False, stdout=subprocess.DEVNULL, timeout=60).returncode


@pytest.mark.requirement("OBS-01")
@pytest.mark.parametrize(("end", "code"), [("returns", 0), ("killed", -signal.SIGTERM)])
def test_the_last_lines_are_posted_before_a_process_ends(
    received: Received, end: str, code: int
) -> None:
    assert a_process(received.url, end) == code
    assert [line["event"] for line in received.lines] == ["the last words"]


@pytest.mark.requirement("OBS-01")
def test_a_server_that_hangs_does_not_keep_a_process_from_ending(
    received: Received, sink_to: Callable[..., LogServer]
) -> None:
    received.is_open.clear()
    sink = sink_to(received.url, timeout_seconds=60)
    sink.put(a_line(1))

    started = perf_counter()
    sink.close()

    assert perf_counter() - started < 4
    assert sink._thread.daemon


@pytest.mark.requirement("OBS-01")
@pytest.mark.parametrize("url", ["logs", "ftp://logs", "http://", "file:///etc/passwd"])
def test_an_address_that_is_none_stops_the_start(monkeypatch: Any, url: str) -> None:
    monkeypatch.setenv("WORKOUT_ENVIRONMENT", "local")
    monkeypatch.setenv("WORKOUT_LOG_URL", url)

    with pytest.raises(SettingsWrong, match=r"^WORKOUT_LOG_URL: "):
        load_settings()
