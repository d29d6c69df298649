"""A Valkey (or Redis) server that belongs to one data folder.

It listens on the loopback address only and asks for a password, since any local user can connect
there. Port and password are kept, so the URL is the same after every start where possible.
"""

import logging
import os
import secrets
import signal
from pathlib import Path
from types import TracebackType
from typing import Self

from workout_infrastructure.local.home import Say, ServerHome
from workout_infrastructure.local.programs import redis_program

_HOST = "127.0.0.1"
# Below the range from which Linux and macOS take ports for outgoing connections: there a port
# that is free for a moment (during a restart) may be gone.
_PORTS = range(20_000, 32_000)
_ATTEMPTS = 10
_READY_WITHIN_SECONDS = 60.0
_POLL_SECONDS = 0.02
_READY = "Ready to accept connections"
_PORT_TAKEN = "already in use"
_KEEPING = "appendonly yes\nappendfsync everysec\n"


class EmbeddedRedis:
    """The Valkey or Redis of one data folder.

    Every write is in the append-only file before it is answered, so kill -9 loses nothing;
    `durable=False` writes nothing at all and is meant for tests. Starting recovers by itself from
    a killed server or a killed starting process. As root the server runs as an unprivileged user,
    and only `<data_dir>/redis/data` is given to that user.
    """

    name = "Redis"

    def __init__(self, data_dir: Path, *, durable: bool = True, say: Say | None = None) -> None:
        """Name the data folder; nothing is touched before `start`."""
        self._home = ServerHome(
            data_dir / "redis",
            title=self.name,
            programs=("valkey-server", "redis-server"),
            say=say or logging.getLogger(__name__).info,
        )
        self._durable = durable
        self._url: str | None = None
        self._program: Path | None = None

    def start(self) -> str:
        """Start the server and return its URL; when it runs already, only return the URL.

        The URL (`redis://:<password>@127.0.0.1:<port>/0`) stays the same until `stop`, also when
        a died server is started again.

        Raises: LocalServerFailed when the folder is in use or unfit, no server is installed, or
            it gives up; the message ends with its log.
        """
        if self._url is None:
            try:
                self._url = self._start(may_move=True)
            except BaseException:  # an interrupt too must not leave half a start behind
                self.stop()
                raise
        elif not self.is_running():
            self._start(may_move=False)
        return self._url

    def is_running(self) -> bool:
        """Tell whether the server started here is alive."""
        return self._home.is_running()

    @property
    def process_id(self) -> int | None:
        """The server's pid while it was started here and not stopped."""
        return None if self._home.process is None else self._home.process.pid

    def stop(self) -> None:
        """Shut down and save. Idempotent."""
        self._home.stop(signal.SIGTERM)
        self._home.close()
        self._url = self._program = None

    def erase(self) -> None:
        """Stop and delete the data, whoever left it there.

        Raises: LocalServerFailed when another process uses it.
        """
        self._home.stop(signal.SIGKILL)
        self._home.open()
        self._home.remove_work_folder(self._home.work)
        self._home.close()
        self._url = self._program = None

    def __enter__(self) -> Self:
        """Start; the URL is what another `start` returns."""
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop, whatever happened."""
        self.stop()

    def _start(self, *, may_move: bool) -> str:
        """Start on the kept port; on another one when that is taken and `may_move`."""
        self._home.open()
        self._home.end_leftovers(how=signal.SIGTERM)
        self._home.make_work_folder(self._home.work)
        self._program = self._program or redis_program(self._home.account, self._home.scratch)
        password = self._kept("password") or self._keep("password", secrets.token_urlsafe(24))
        port = int(self._kept("port") or self._new_port())
        for _ in range(_ATTEMPTS):
            settings = self._configuration(port, password)
            self._home.launch([self._program, "-"], configuration=settings)
            if self._becomes_ready():
                return f"redis://:{password}@{_HOST}:{port}/0"
            if not may_move or not self._home.said(_PORT_TAKEN):
                break
            port = int(self._new_port())
        raise self._home.failed(f"Redis did not start on {_HOST}:{port}.")

    def _configuration(self, port: int, password: str) -> str:
        return (
            f"bind {_HOST}\nport {port}\nrequirepass {password}\ndir ./\ndaemonize no\n"
            f'save ""\n{_KEEPING if self._durable else "appendonly no"}\n'
        )

    def _becomes_ready(self) -> bool:
        for _ in range(int(_READY_WITHIN_SECONDS / _POLL_SECONDS)):
            if self._home.died_within(_POLL_SECONDS):
                return False
            # Asking by network could reach, and tell the password to, whoever took the port.
            if self._home.said(_READY):
                return True
        raise self._home.failed(f"Redis was not ready in {_READY_WITHIN_SECONDS:.0f} s.")

    def _new_port(self) -> str:
        return self._keep("port", str(secrets.choice(_PORTS)))

    def _kept(self, name: str) -> str:
        try:
            return (self._home.folder / name).read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return ""

    def _keep(self, name: str, value: str) -> str:
        """Write a small private file in one step: a kill leaves the old one or the new one."""
        path = self._home.folder / name
        aside = path.with_suffix(".new")
        aside.unlink(missing_ok=True)
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(value)
        aside.replace(path)
        return value
