"""One PostgreSQL and one Redis for a whole test run, started when the first test asks.

The plugin `tests.plugins.servers` reserves a folder before pytest-xdist starts its workers and
passes it on by environment variable. Whichever process needs a server first starts both, under a
file lock; the controller stops them at the end. A run that is killed leaves servers behind, which
the next run in the same checkout ends, because it reserves the same folder.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import ClassVar

from workout_infrastructure.local import EmbeddedPostgres, EmbeddedRedis

_FOLDER_VARIABLE = "TEST_SERVERS_FOLDER"
_MOST_RUNS_AT_ONCE = 50
_started: list[EmbeddedPostgres | EmbeddedRedis] = []


@dataclass(frozen=True, slots=True)
class TestServers:
    """Where the servers of this test run are; the PostgreSQL user may create databases."""

    __test__: ClassVar[bool] = False

    postgres_dsn: str
    redis_url: str


def test_servers() -> TestServers:
    """Return the run's servers, starting them first when nobody did yet.

    Raises: RuntimeError when the plugin is not registered, LocalServerFailed when one does not
    start.
    """
    name = os.environ.get(_FOLDER_VARIABLE)
    if name is None:
        raise RuntimeError('Register the plugin: pytest_plugins = ["tests.plugins.servers"].')
    folder = Path(name)
    with _locked(folder / "start.lock"):
        note = folder / "addresses.json"
        if not note.exists():
            note.write_text(json.dumps(asdict(_start(folder))), encoding="utf-8")
        return TestServers(**json.loads(note.read_text(encoding="utf-8")))


test_servers.__test__ = False  # type: ignore[attr-defined]  # a name pytest would collect


class ServersFolder:
    """The folder reserved for one test run; concurrent runs get different ones."""

    def __init__(self, root: Path) -> None:
        """Reserve the first free folder of the checkout at `root`, and clean it."""
        key = hashlib.sha256(f"{root}:{os.geteuid()}".encode()).hexdigest()[:10]
        self._lock = -1
        for number in range(_MOST_RUNS_AT_ONCE):
            self._folder = Path(tempfile.gettempdir()) / f"workout-tests-{key}-{number}"
            if self._reserve():
                self._clean()
                os.environ[_FOLDER_VARIABLE] = str(self._folder)
                return
        raise RuntimeError(f"{_MOST_RUNS_AT_ONCE} test runs of this checkout are under way.")

    def release(self) -> None:
        """Stop the servers, whichever process started them, and remove the folder."""
        self._clean()
        shutil.rmtree(self._folder)
        os.close(self._lock)
        del os.environ[_FOLDER_VARIABLE]

    def _reserve(self) -> bool:
        self._folder.mkdir(mode=0o700, exist_ok=True)
        if self._folder.is_symlink() or self._folder.stat().st_uid != os.geteuid():
            return False
        self._lock = os.open(self._folder / "run.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._lock)
            return False
        return True

    def _clean(self) -> None:
        servers = _started or [EmbeddedPostgres(self._folder), EmbeddedRedis(self._folder)]
        for server in servers:
            server.erase()
        _started.clear()
        (self._folder / "addresses.json").unlink(missing_ok=True)


def _start(folder: Path) -> TestServers:
    postgres = EmbeddedPostgres(folder, durable=False)
    redis = EmbeddedRedis(folder, durable=False)
    _started.extend((postgres, redis))
    return TestServers(postgres_dsn=postgres.start(), redis_url=redis.start())


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
