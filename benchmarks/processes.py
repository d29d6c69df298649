"""Servers as separate processes of this machine, and what they cost it."""

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self

ROOT: Final = Path(__file__).parents[1]
HOST: Final = "127.0.0.1"
_STARTS_WITHIN: Final = 60.0
_STOPS_WITHIN: Final = 15.0
_TICKS: Final = os.sysconf("SC_CLK_TCK")
_USER, _SYSTEM = 11, 12
_PAUSE: Final = 0.2
_LOOK: Final = 0.25
_QUIET_WITHIN: Final = 3.0
_QUIET_SHARE: Final = 0.8
_IDLE: Final = 3


def free_port() -> int:
    """Return a port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True, slots=True)
class Sample:
    """Where a process stood at one moment."""

    cpu_seconds: float
    resident_bytes: int


class ServerProcess:
    """One server under test: its port, its log and its processor time."""

    def __init__(
        self, name: str, command: list[str], *, port: int, probe: str, environment: dict[str, str]
    ) -> None:
        self.name, self.port = name, port
        self._command, self._probe, self._environment = command, probe, environment
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Start it and wait until it answers."""
        self._process = subprocess.Popen(
            self._command,
            cwd=ROOT,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )
        try:
            self._wait()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop it."""
        self._end()

    @property
    def process_id(self) -> int:
        """The pid."""
        if self._process is None:
            raise RuntimeError(f"{self.name} does not run.")
        return self._process.pid

    def sample(self) -> Sample:
        """Read processor time (all threads, user and system) and memory."""
        folder = Path("/proc") / str(self.process_id)
        fields = (folder / "stat").read_text(encoding="ascii").rpartition(")")[2].split()
        pages = int((folder / "statm").read_text(encoding="ascii").split()[1])
        spent = (int(fields[_USER]) + int(fields[_SYSTEM])) / _TICKS
        return Sample(spent, pages * os.sysconf("SC_PAGE_SIZE"))

    def last_lines(self, size: int = 4000) -> str:
        """Return the end of its log."""
        length = self._log.seek(0, os.SEEK_END)
        self._log.seek(max(0, length - size))
        return self._log.read().decode(errors="replace")

    def _wait(self) -> None:
        url = f"http://{HOST}:{self.port}{self._probe}"
        given_up = time.monotonic() + _STARTS_WITHIN
        while time.monotonic() < given_up:
            if self._process is None or self._process.poll() is not None:
                break
            with suppress(urllib.error.URLError, OSError), urllib.request.urlopen(url, timeout=2):
                return
            # A server of its own says nothing when it is ready, so it is asked.
            time.sleep(0.05)
        raise RuntimeError(f"{self.name} did not start.\n{self.last_lines()}")

    def _end(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(_STOPS_WITHIN)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._log.close()


def product(settings: dict[str, str], *, port: int) -> ServerProcess:
    """Make one API process as production runs it."""
    return ServerProcess(
        "product",
        [sys.executable, "-m", "workout_presentation.cli.main", "serve"],
        port=port,
        probe="/health/ready",
        environment={**_surroundings(), **settings, "WORKOUT_PORT": str(port)},
    )


def bare(name: str, application: str, environment: dict[str, str], *, port: int) -> ServerProcess:
    """Make a comparison server on the same uvicorn, without an access log."""
    options = "--loop uvloop --http httptools --no-access-log --timeout-keep-alive 75"
    sockets = "--ws websockets-sansio --ws-per-message-deflate false --log-level warning"
    return ServerProcess(
        name,
        [
            *(sys.executable, "-m", "uvicorn", application, "--host", HOST, "--port", str(port)),
            *options.split(),
            *sockets.split(),
        ],
        port=port,
        probe="/ping",
        environment={**_surroundings(), **environment},
    )


def _surroundings() -> dict[str, str]:
    # Settings of whoever runs this must not reach the product under test.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WORKOUT_")}
    return {**kept, "PYTHONUNBUFFERED": "1"}


async def settle() -> None:
    """
    Let the servers finish what the last round left, and wait for a quiet moment of the machine.

    Others may work on it; after some seconds of waiting the round begins all the same.
    """
    await asyncio.sleep(_PAUSE)
    for _ in range(int(_QUIET_WITHIN / _LOOK)):
        before = _times()
        await asyncio.sleep(_LOOK)
        spent = [after - earlier for after, earlier in zip(_times(), before, strict=True)]
        if spent[_IDLE] >= _QUIET_SHARE * max(1, sum(spent)):
            return


def _times() -> list[int]:
    first = Path("/proc/stat").read_text(encoding="ascii").partition("\n")[0]
    return [int(one) for one in first.split()[1:9]]
