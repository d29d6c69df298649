"""Runs the product's processes: API, worker, and the one-off tasks of an operator."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Awaitable, Callable
from types import FrameType
from typing import TypeVar

import uvicorn
import uvloop
from dependency_injector import providers

from workout_infrastructure.local import Supervisor
from workout_infrastructure.observability.logs import configure_logs
from workout_infrastructure.persistence.catalogue.seeding import SeedingReport, seed_catalogue
from workout_infrastructure.persistence.migrations import migrate
from workout_presentation.composition.application import build_application
from workout_presentation.composition.container import Container, build_container
from workout_presentation.composition.jobs import Narrowing
from workout_presentation.composition.serving import server_config
from workout_presentation.composition.settings import Settings
from workout_presentation.worker.main import run_worker

T = TypeVar("T")


def serve(settings: Settings, *, listening_on: int | None = None) -> int:
    """Serve API and hub until told to stop; several processes share one listening socket."""
    if settings.processes > 1 and listening_on is None:
        return _serve_in_processes(settings)
    flush = configure_logs(settings.log_level, file=settings.log_file, url=settings.log_url)
    if settings.log_url:
        _flush_before_dying(flush)
    config = server_config(build_application(build_container(settings)), settings)
    server = uvicorn.Server(config)
    sockets = None if listening_on is None else [socket.socket(fileno=listening_on)]
    server.run(sockets)
    return 0 if server.started else 1


def _flush_before_dying(flush: Callable[[], None]) -> None:
    # uvicorn, once it has shut down, raises the signal anew, and nothing runs after that.
    def die(number: int, _frame: FrameType | None) -> None:
        flush()
        signal.signal(number, signal.SIG_DFL)
        signal.raise_signal(number)

    signal.signal(signal.SIGTERM, die)


def work(settings: Settings, narrowing: Narrowing) -> int:
    """Run relay and schedules, and the jobs of the lanes served, until told to stop."""
    configure_logs(settings.log_level, file=settings.log_file, url=settings.log_url)
    container = build_container(settings)
    container.jobs.narrowing.override(providers.Object(narrowing))
    run(run_worker(container, settings))
    return 0


def bring_schema_to_head(settings: Settings) -> None:
    """Migrate the configured database."""
    migrate(settings.database_url)


def seed(settings: Settings) -> SeedingReport:
    """Write catalogue and set types; doing it again changes nothing."""
    return run(seed_catalogue(settings.database_url))


def with_container(settings: Settings, task: Callable[[Container], Awaitable[T]]) -> T:
    """Run a task of an operator with the product wired, and close everything after it."""
    configure_logs("WARNING")

    async def run_task() -> T:
        container = build_container(settings)
        try:
            return await task(container)
        finally:
            await container.query_cache().close()
            await container.cache().close()
            await container.pool().close()
            await container.read_pool().close()
            await container.engine().dispose()

    return run(run_task())


def run(task: Awaitable[T]) -> T:
    """Run a coroutine on the loop the product uses."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(task)  # type: ignore[arg-type]  # any awaitable is a coroutine here


def command_line(*arguments: str) -> list[str]:
    """Return how this product's own command is started from this very environment."""
    return [sys.executable, "-m", "workout_presentation.cli.main", *arguments]


def listening_socket(settings: Settings) -> socket.socket:
    """
    Open the API's port before anything is started for it.

    Raises:
        OSError: the address cannot be had; somebody else may listen there.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((settings.host, settings.port))
    listener.listen(2048)
    listener.set_inheritable(True)
    return listener


def _serve_in_processes(settings: Settings) -> int:
    with listening_socket(settings) as listener, Supervisor() as supervisor:
        start_api(supervisor, listener, count=settings.processes, environment=dict(os.environ))
        return supervisor.run()


def start_api(
    supervisor: Supervisor, listener: socket.socket, *, count: int, environment: dict[str, str]
) -> None:
    """Start that many API processes on one listening socket."""
    for number in range(1, count + 1):
        supervisor.start_child(
            f"api {number}",
            command_line("serve", "--listening-on", str(listener.fileno())),
            environment=environment,
            pass_fds=(listener.fileno(),),
        )
