"""The sub-folder one embedded server lives in: lock, account, log, launch, leftovers.

The work folder is handed to the server as its current folder and never by name. It is entered
before privileges are dropped, so neither a private parent folder nor a long path matters.
"""

import fcntl
import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TypedDict

from workout_infrastructure.local import leftovers
from workout_infrastructure.local.accounts import Account, account_for
from workout_infrastructure.local.failures import LocalServerFailed
from workout_infrastructure.local.scratch import ScratchFolders

Say = Callable[[str], None]

_ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
_LOG_LIMIT_BYTES = 5_000_000
_STOP_SECONDS = 30.0


class _Identity(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


class ServerHome:
    """One server's folder and process. Not for use by several threads."""

    def __init__(self, folder: Path, *, title: str, programs: Collection[str], say: Say) -> None:
        """Name the folder (made at `open`), the server's `title` and its `programs`."""
        self.folder = Path(os.path.realpath(folder))
        self.work = self.folder / "data"
        self.log = self.folder / "server.log"
        self.scratch = ScratchFolders(self.folder / "scratch-folders")
        self.account: Account | None = None
        self.process: subprocess.Popen[bytes] | None = None
        self._title = title
        self._programs = programs
        self._say = say
        self._lock: int | None = None
        self._log_start = 0

    def open(self) -> None:
        """Take the folder for this process and end whatever an earlier one left running.

        Does nothing when it is ours already.

        Raises: LocalServerFailed when the folder cannot be made or another process uses it.
        """
        if self._lock is not None:
            return
        self._make_and_lock()
        self.end_leftovers(how=signal.SIGINT)
        self.scratch.remove()

    def make_work_folder(self, folder: Path) -> None:
        """Make a private folder and choose the account that owns it and runs the server."""
        folder.mkdir(mode=0o700, exist_ok=True)
        self.account = account_for(folder)

    def close(self) -> None:
        """Give the folder back; harmless when it is not ours."""
        if self._lock is not None:
            self.scratch.remove()
            os.close(self._lock)
            self._lock = None

    def launch(self, argv: Sequence[str | Path], *, configuration: str = "") -> None:
        """Start the server in its work folder, `configuration` on its standard input."""
        self._shorten_log()
        with self.log.open("ab") as log:
            self._log_start = log.tell()
            self.process = subprocess.Popen(  # noqa: S603 - a server program of ours
                argv,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                cwd=self.work,
                env=_ENVIRONMENT,
                start_new_session=True,
                umask=0o077,
                **self._identity(),
            )
        self._note.write_text(f"{self.process.pid}\n", encoding="utf-8")
        self._feed(self.process, configuration)

    def run(self, argv: Sequence[str | Path], *, folder: Path, text: str = "") -> None:
        """Run a helper program to its end in `folder`.

        Raises: LocalServerFailed with what it wrote when it fails.
        """
        answer = subprocess.run(  # noqa: S603 - a server program of ours
            argv,
            input=text,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            cwd=folder,
            env=_ENVIRONMENT,
            start_new_session=True,
            umask=0o077,
            **self._identity(),
        )
        if answer.returncode != 0:
            program = Path(argv[0]).name
            sentence = f"{program} failed in {folder} (exit {answer.returncode}).\n{answer.stdout}"
            raise LocalServerFailed(sentence)

    def said(self, words: str) -> bool:
        """Tell whether the server wrote `words` to its log since its launch."""
        with self.log.open("rb") as log:
            log.seek(self._log_start)
            return words.encode() in log.read()

    def is_running(self) -> bool:
        """Tell whether the server we launched is alive."""
        return self.process is not None and self.process.poll() is None

    def died_within(self, seconds: float) -> bool:
        """Wait a moment for the launched server's death; tell whether it came."""
        if self.process is None:
            return True
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def stop(self, how: signal.Signals) -> None:
        """Signal our server and wait; after half a minute it is killed. Idempotent."""
        if self.process is None:
            return
        if self.is_running():
            self.process.send_signal(how)
            if not self.died_within(_STOP_SECONDS):
                self._say(f"{self._title} does not stop and is killed.")
        self.end_leftovers(how=signal.SIGKILL)
        self.process.wait()
        self.process = None
        self._note.unlink(missing_ok=True)

    def end_leftovers(self, *, how: signal.Signals) -> None:
        """End every server process that works in the folder, the noted one with `how`."""
        if leftovers.end(self.work, programs=self._programs, noted=self._noted(), how=how):
            self._say(f"Ended a {self._title} that an earlier run had left behind.")

    def remove_work_folder(self, folder: Path) -> None:
        """Remove a work folder for good, after ending whatever still writes to it."""
        leftovers.end(folder, programs=self._programs, noted=None, how=signal.SIGKILL)
        if folder.exists():
            shutil.rmtree(folder)

    def failed(self, sentence: str) -> LocalServerFailed:
        """Make the error that carries the end of this server's log."""
        return LocalServerFailed(sentence, log=self.log)

    @property
    def _note(self) -> Path:
        return self.folder / "pid"

    def _noted(self) -> int | None:
        try:
            return int(self._note.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None

    def _make_and_lock(self) -> None:
        try:
            self.folder.mkdir(mode=0o755, parents=True, exist_ok=True)
            lock = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as refused:
            sentence = f"The folder {self.folder} for {self._title} cannot be used: {refused}."
            raise LocalServerFailed(sentence) from refused
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as taken:
            os.close(lock)
            sentence = f"Another running process already uses {self.folder}; stop it first."
            raise LocalServerFailed(sentence) from taken
        self._lock = lock

    def _identity(self) -> _Identity:
        if self.account is None:
            return {}
        return {"user": self.account.uid, "group": self.account.gid, "extra_groups": []}

    def _shorten_log(self) -> None:
        if self.log.exists() and self.log.stat().st_size > _LOG_LIMIT_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))

    @staticmethod
    def _feed(process: subprocess.Popen[bytes], configuration: str) -> None:
        if process.stdin is None:
            return
        try:
            process.stdin.write(configuration.encode())
            process.stdin.close()
        except BrokenPipeError:  # it died at once; the caller finds that out with its log
            return
