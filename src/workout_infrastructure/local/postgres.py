"""A PostgreSQL server that belongs to one data folder.

Nobody but the account that started it (and root) reaches it: it listens on a Unix socket in a
private folder with a short path, never on the network, and therefore asks for no password.
"""

import logging
import signal
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

from workout_infrastructure.local.failures import LocalServerFailed
from workout_infrastructure.local.home import Say, ServerHome
from workout_infrastructure.local.programs import PostgresPrograms, postgres_programs

_NAME = "workout"
_READY_WITHIN_SECONDS = 300.0  # recovery after a kill may replay gigabytes
_POLL_SECONDS = 0.02
_FIRST_WITH_BUILTIN_LOCALE = 17
# The server opens its folder by path again after dropping privileges. This path always works,
# because it is resolved from the open folder and not through its parents.
_HERE = "/proc/self/cwd"

_ALWAYS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
}
_FORGETFUL = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


class EmbeddedPostgres:
    """The PostgreSQL of one data folder, made at the first start and kept ever after.

    `durable=False` trades safety against power loss for speed and is meant for tests; what was
    committed still survives a stop. Starting recovers by itself from kill -9 of the server, of
    the starting process, or of both. As root the server runs as an unprivileged user, and only
    `<data_dir>/postgres/data` is given to that user.
    """

    name = "PostgreSQL"

    def __init__(self, data_dir: Path, *, durable: bool = True, say: Say | None = None) -> None:
        """Name the data folder; nothing is touched before `start`."""
        self._home = ServerHome(
            data_dir / "postgres",
            title=self.name,
            programs=("postgres", "initdb"),
            say=say or logging.getLogger(__name__).info,
        )
        self._durable = durable
        self._sockets: Path | None = None
        self._programs: PostgresPrograms | None = None

    def start(self) -> str:
        """Start the server and return its DSN; when it runs already, only return the DSN.

        The DSN (`postgresql://workout@/workout?host=…`) stays the same until `stop`, also when
        a died server is started again.

        Raises: LocalServerFailed when the folder is in use or unfit, no PostgreSQL is installed,
            or the server gives up; the message ends with its log.
        """
        if self._sockets is None:
            try:
                return self._start()
            except BaseException:  # an interrupt too must not leave half a start behind
                self.stop()
                raise
        return self._start()

    def is_running(self) -> bool:
        """Tell whether the server started here is alive."""
        return self._home.is_running()

    @property
    def process_id(self) -> int | None:
        """The postmaster's pid while it was started here and not stopped."""
        return None if self._home.process is None else self._home.process.pid

    def stop(self) -> None:
        """Shut down fast: sessions are ended, everything committed is on disk. Idempotent."""
        self._home.stop(signal.SIGINT)
        self._home.close()
        self._sockets = self._programs = None

    def erase(self) -> None:
        """Stop and delete the cluster, whoever left it there; the next start makes a new one.

        Raises: LocalServerFailed when another process uses it.
        """
        self._home.stop(signal.SIGKILL)
        self._home.open()
        self._home.remove_work_folder(self._home.work)
        self._home.close()
        self._sockets = self._programs = None

    def __enter__(self) -> Self:
        """Start; the DSN is what another `start` returns."""
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

    def _start(self) -> str:
        self._home.open()
        if not self._home.is_running():
            self._home.end_leftovers(how=signal.SIGINT)
            self._programs = self._prepare()
            self._sockets = self._sockets or self._home.scratch.make(self._home.account)
            self._home.launch(self._arguments(self._programs, self._sockets))
            self._wait_until_ready()
        return f"postgresql://{_NAME}@/{_NAME}?host={quote(str(self._sockets), safe='')}"

    def _prepare(self) -> PostgresPrograms:
        work = self._home.work
        if not work.exists():
            return self._make_cluster(work.with_suffix(".incomplete"))
        version = work / "PG_VERSION"
        if not version.is_file():
            sentence = f"{work} holds something else than our database; it was left alone."
            raise LocalServerFailed(sentence)
        self._home.make_work_folder(work)
        # Nobody works in the folder (that was made sure of), so this file can only be stale; and
        # its pid may meanwhile be another process', which would keep PostgreSQL from starting.
        (work / "postmaster.pid").unlink(missing_ok=True)
        major = int(version.read_text(encoding="ascii"))
        return self._programs or postgres_programs(
            self._home.account, self._home.scratch, major=major
        )

    def _make_cluster(self, incomplete: Path) -> PostgresPrograms:
        """Make cluster and database aside, so that a kill in between leaves no half cluster."""
        self._home.remove_work_folder(incomplete)
        self._home.make_work_folder(incomplete)
        programs = postgres_programs(self._home.account, self._home.scratch, major=None)
        initdb = [str(programs.folder / "initdb"), "-D", _place(incomplete), "-U", _NAME]
        self._home.run([*initdb, *self._cluster_options(programs.major)], folder=incomplete)
        self._home.run(
            [programs.folder / "postgres", "--single", "-D", _place(incomplete), "postgres"],
            folder=incomplete,
            text=f"CREATE DATABASE {_NAME};\n",
        )
        incomplete.rename(self._home.work)
        return programs

    def _cluster_options(self, major: int) -> list[str]:
        options = ["--encoding=UTF8", "--data-checksums", "--auth-local=trust"]
        options += ["--auth-host=reject", "--no-instructions"]
        if major >= _FIRST_WITH_BUILTIN_LOCALE:
            options += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        else:
            options += ["--locale=C.UTF-8"]
        return options if self._durable else [*options, "--no-sync"]

    def _arguments(self, programs: PostgresPrograms, sockets: Path) -> list[str | Path]:
        settings = _ALWAYS if self._durable else _ALWAYS | _FORGETFUL
        settings = settings | {"unix_socket_directories": str(sockets)}
        pairs = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [programs.folder / "postgres", "-D", _place(self._home.work), *pairs]

    def _wait_until_ready(self) -> None:
        for _ in range(int(_READY_WITHIN_SECONDS / _POLL_SECONDS)):
            if self._home.died_within(_POLL_SECONDS):
                raise self._home.failed("PostgreSQL did not start.")
            if self._is_ready():
                return
        raise self._home.failed(f"PostgreSQL was not ready in {_READY_WITHIN_SECONDS:.0f} s.")

    def _is_ready(self) -> bool:
        try:
            lines = (self._home.work / "postmaster.pid").read_text(encoding="utf-8").split()
        except OSError:
            return False
        return lines[-1:] == ["ready"] and lines[0] == str(self.process_id)


def _place(folder: Path) -> str:
    return _HERE if Path(_HERE).exists() else str(folder)
