"""Servers that outlived the process which started them.

Both servers work inside their folder all their life, so a process is recognised by its working
folder and its program's name. Pid files are no proof: they go stale, and pids are reused.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from workout_infrastructure.local.failures import LocalServerFailed

_PROC = Path("/proc")
_POLL_SECONDS = 0.02
_KILLED_WITHIN_SECONDS = 10.0


def processes_in(folder: Path, *, programs: Collection[str], noted: int | None) -> set[int]:
    """Return the pids of `programs` that work in `folder`.

    `noted` is the pid written down at the last start; it is the only candidate on systems without
    /proc, where it counts as long as it still runs one of `programs`.
    """
    if not folder.is_dir():
        return set()
    if sys.platform != "linux":
        return {noted} if noted is not None and _command_of(noted) in programs else set()
    place = folder.stat()
    pids = (int(entry.name) for entry in _PROC.iterdir() if entry.name.isdigit())
    return {pid for pid in pids if _works_in(pid, place) and _command_of(pid) in programs}


def end(folder: Path, *, programs: Collection[str], noted: int | None, how: int) -> bool:
    """End what still runs in `folder`: with signal `how` where `noted` leads it, else with SIGKILL.

    Returns whether there was anything to end. Without its leader nothing would tell a PostgreSQL
    backend to stop, therefore the rest is killed at once; both servers survive that by design.

    Raises: LocalServerFailed when a process stays.
    """

    def alive() -> set[int]:
        return processes_in(folder, programs=programs, noted=noted)

    pids = alive()
    if not pids:
        return False
    if noted in pids and how != signal.SIGKILL:
        _send({noted}, how)
        if _wait_until_empty(alive, seconds=20.0):
            return True
    _send(alive(), signal.SIGKILL)
    if not _wait_until_empty(alive, seconds=_KILLED_WITHIN_SECONDS, again=signal.SIGKILL):
        sentence = f"Process {sorted(alive())} still uses {folder} and does not end."
        raise LocalServerFailed(sentence)
    return True


def _wait_until_empty(
    alive: Callable[[], set[int]], *, seconds: float, again: int | None = None
) -> bool:
    pause = threading.Event()
    deadline = time.monotonic() + seconds
    while pids := alive():
        if time.monotonic() > deadline:
            return False
        if again is not None:
            _send(pids, again)
        pause.wait(_POLL_SECONDS)
    return True


def _send(pids: Iterable[int], number: int) -> None:
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue
        except PermissionError as refused:
            sentence = f"Process {pid} of another user still serves this folder; end it first."
            raise LocalServerFailed(sentence) from refused


def _works_in(pid: int, place: os.stat_result) -> bool:
    try:
        status = (_PROC / str(pid) / "cwd").stat()
    except OSError:  # ended meanwhile, or another user's
        return False
    return (status.st_dev, status.st_ino) == (place.st_dev, place.st_ino)


def _command_of(pid: int) -> str:
    if sys.platform == "linux":
        try:
            return (_PROC / str(pid) / "comm").read_text(encoding="utf-8").strip()
        except OSError:
            return ""
    answer = subprocess.run(  # noqa: S603 - fixed arguments
        ["/bin/ps", "-o", "comm=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return Path(answer.stdout.strip()).name
