"""Short, reachable folders for what cannot live in the data folder.

A Unix socket's path is limited to 107 bytes (103 on macOS) and a program must be reachable by the
account that runs it; the data folder promises neither. Each folder made here is noted in a file,
so that the next start removes what a kill -9 left behind.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from workout_infrastructure.local.accounts import Account
from workout_infrastructure.local.failures import LocalServerFailed

_PREFIX = "workout-"
_LONGEST = 80  # leaves room for "/.s.PGSQL.5432.lock" below macOS' limit of 103 bytes


class ScratchFolders:
    """The temporary folders of one server, listed in `note`."""

    def __init__(self, note: Path) -> None:
        """Remember where the list is kept; nothing is made yet."""
        self._note = note

    def make(self, account: Account | None) -> Path:
        """Make a private folder with a short path that `account` (None: ourselves) can enter.

        Raises: LocalServerFailed when no temporary folder of this machine allows it.
        """
        for folder in self.make_several(account):
            return folder
        raise LocalServerFailed("No temporary folder is short, writable and open to the server.")

    def make_several(self, account: Account | None) -> Iterator[Path]:
        """Make one folder after the other, each on another file system where there is one."""
        for parent in _parents():
            if account is not None and not account.can_enter(parent):
                continue
            try:
                folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
            except OSError:
                continue
            self._remember(folder)
            if account is not None:
                account.own(folder)
            yield folder

    def remove(self) -> None:
        """Remove every folder on the list, also those of a process that was killed."""
        if not self._note.exists():
            return
        for line in self._note.read_text(encoding="utf-8").splitlines():
            folder = Path(line)
            if folder.name.startswith(_PREFIX) and folder.is_dir() and not folder.is_symlink():
                shutil.rmtree(folder, ignore_errors=True)
        self._note.unlink()

    def _remember(self, folder: Path) -> None:
        with self._note.open("a", encoding="utf-8") as note:
            note.write(f"{folder}\n")


def _parents() -> Iterator[Path]:
    places = (tempfile.gettempdir(), "/tmp", "/var/tmp", "/dev/shm")  # noqa: S108 - mkdtemp inside
    for place in dict.fromkeys(os.path.realpath(place) for place in places):
        if Path(place).is_dir() and len(os.fsencode(place)) + len(_PREFIX) + 10 <= _LONGEST:
            yield Path(place)
