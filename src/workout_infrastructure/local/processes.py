"""The foreground supervisor of local mode: servers and child processes, kept alive, then ended.

SIGINT, SIGTERM and SIGHUP reach only this process, since everything it starts has a session of
its own; it ends the children first and the servers after them. Killed with -9 it takes its
children along (Linux); the servers stay, and their next start recovers.
"""

import contextlib
import logging
import os
import select
import signal
import socket
import subprocess
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType, TracebackType
from typing import Any, Protocol, Self

from workout_infrastructure.local.deaths import die_with_parent
from workout_infrastructure.local.failures import LocalServerFailed
from workout_infrastructure.local.home import Say

_STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_SECONDS_BETWEEN_STARTS = 1.0
_LOOK_AGAIN_SECONDS = 1.0
_SHORT_LIFE_SECONDS = 5.0
_FAILURES_BEFORE_GIVING_UP = 5


class EmbeddedServer(Protocol):
    """What the supervisor needs of a server: `EmbeddedPostgres` and `EmbeddedRedis` have it."""

    @property
    def name(self) -> str:
        """Its name for messages."""
        ...

    def start(self) -> str:
        """Start it, or recover it, and return its address."""
        ...

    def is_running(self) -> bool:
        """Tell whether it is alive."""
        ...

    def stop(self) -> None:
        """Stop it; idempotent."""
        ...


@dataclass(slots=True)
class _Attempts:
    """When something was last started again, and how often in a row that failed."""

    started: float = field(default_factory=time.monotonic)
    due: float = 0.0
    failures: int = 0

    def are_due(self) -> bool:
        return time.monotonic() >= self.due

    def note(self, *, failed: bool) -> None:
        self.failures = self.failures + 1 if failed else 0
        self.started = time.monotonic()
        self.due = self.started + _SECONDS_BETWEEN_STARTS

    def are_too_many(self) -> bool:
        return self.failures >= _FAILURES_BEFORE_GIVING_UP


@dataclass(slots=True)
class _Child:
    name: str
    argv: Sequence[str]
    environment: Mapping[str, str]
    pass_fds: Collection[int]
    process: subprocess.Popen[bytes] | None = None
    attempts: _Attempts = field(default_factory=_Attempts)

    def start(self) -> None:
        self.process = subprocess.Popen(  # noqa: S603 - our own program
            self.argv,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=tuple(self.pass_fds),
            preexec_fn=die_with_parent(),  # noqa: PLW1509 - calls nothing but prctl
        )

    def signal_session(self, number: signal.Signals) -> None:
        """Signal the child and everything it started itself."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)


class Supervisor:
    """Runs servers and children until it is told to stop; use it in a `with` of the main thread.

        with Supervisor(say=print) as supervisor:
            dsn = supervisor.start_server(EmbeddedPostgres(folder))
            supervisor.start_child("api", ["workout", "serve"], environment=…)
            code = supervisor.run()

    A stop signal before `run` raises SystemExit(0) out of the `with`; leaving the `with`, for
    whatever reason, stops everything in reverse order. A second stop signal shortens the grace.
    """

    def __init__(self, *, say: Say | None = None, grace_seconds: float = 10.0) -> None:
        """Set the time children get between SIGTERM and SIGKILL, and where messages go."""
        self._say = say or logging.getLogger(__name__).info
        self._grace_seconds = grace_seconds
        self._servers: list[tuple[EmbeddedServer, _Attempts]] = []
        self._children: list[_Child] = []
        self._may_exit = True
        self._stop_signals = 0
        self._before: dict[signal.Signals, Any] = {}
        self._woken, self._waker = socket.socketpair()

    def __enter__(self) -> Self:
        """Take over the stop signals."""
        for socket_end in (self._woken, self._waker):
            socket_end.settimeout(0)  # what set_wakeup_fd asks for
        for number in _STOPPING:
            ignored = signal.getsignal(number) == signal.SIG_IGN
            if not (number == signal.SIGHUP and ignored):  # started by nohup
                self._before[number] = signal.signal(number, self._on_stop_signal)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the children, then the servers, and give the signals back."""
        self._may_exit = False
        self._stop_children()
        for server, _ in reversed(self._servers):
            server.stop()
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._woken.close()
        self._waker.close()

    def start_server(self, server: EmbeddedServer) -> str:
        """Start a server, watch it from now on, and return its address.

        Raises: LocalServerFailed when it does not start.
        """
        self._servers.append((server, _Attempts()))  # first, so that an interrupt stops it too
        return server.start()

    def start_child(
        self,
        name: str,
        argv: Sequence[str],
        *,
        environment: Mapping[str, str] | None = None,
        pass_fds: Collection[int] = (),
    ) -> None:
        """Start a child with our standard output and error, and watch it from now on.

        `environment` replaces ours when given; `pass_fds` are kept open, for listening sockets
        that several children share.

        Raises: OSError when the program cannot be started at all.
        """
        child = _Child(name, argv, os.environ if environment is None else environment, pass_fds)
        self._children.append(child)
        child.start()

    def run(self) -> int:
        """Keep everything alive until a stop signal; return the exit code, 0 for that.

        A died server or child is started again, at most once a second. Returns 1 when one fails
        five times in a row: a server that does not start, or a child that exits with an error
        within seconds. Death by a signal never counts as failing.
        """
        self._may_exit = False
        before = signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
        wakeup = signal.set_wakeup_fd(self._waker.fileno(), warn_on_full_buffer=False)
        try:
            while not self._stop_signals:
                if not all([self._heal_servers(), self._heal_children()]):
                    return 1
                self._wait(_LOOK_AGAIN_SECONDS)
        finally:
            signal.set_wakeup_fd(wakeup)
            signal.signal(signal.SIGCHLD, before)
        return 0

    def _on_stop_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._stop_signals += 1
        if self._may_exit:
            raise SystemExit(0)

    def _wait(self, seconds: float) -> None:
        if self._stop_signals:
            return
        if select.select([self._woken], [], [], seconds)[0]:
            with contextlib.suppress(BlockingIOError):
                self._woken.recv(4096)

    def _heal_servers(self) -> bool:
        for server, attempts in self._servers:
            if server.is_running() or not attempts.are_due():
                continue
            self._say(f"{server.name} ended unexpectedly and is started again.")
            try:
                server.start()
            except LocalServerFailed as failure:
                self._say(str(failure))
                attempts.note(failed=True)
            else:
                attempts.note(failed=False)
            if attempts.are_too_many():
                return False
        return True

    def _heal_children(self) -> bool:
        for child in self._children:
            code = None if child.process is None else child.process.poll()
            if code is None or not child.attempts.are_due():
                continue
            lived = time.monotonic() - child.attempts.started
            child.signal_session(signal.SIGKILL)  # what it started itself, with its open ports
            child.attempts.note(failed=code > 0 and lived < _SHORT_LIFE_SECONDS)
            if child.attempts.are_too_many():
                self._say(f"{child.name} failed again and again; giving up.")
                return False
            self._say(f"{child.name} ended ({code}) and is started again.")
            child.start()
        return True

    def _stop_children(self) -> None:
        for child in reversed(self._children):
            if child.process is not None and child.process.poll() is None:
                child.process.terminate()
        deadline = time.monotonic() + self._grace_seconds
        signals_so_far = self._stop_signals
        for child in reversed(self._children):
            while self._is_waiting_for(child, deadline) and self._stop_signals == signals_so_far:
                pass
            child.signal_session(signal.SIGKILL)
            if child.process is not None:
                child.process.wait()

    @staticmethod
    def _is_waiting_for(child: _Child, deadline: float) -> bool:
        """Wait a tenth of a second for `child`; tell whether there is reason to wait longer."""
        if child.process is None or time.monotonic() > deadline:
            return False
        try:
            child.process.wait(0.1)
        except subprocess.TimeoutExpired:
            return True
        return False
