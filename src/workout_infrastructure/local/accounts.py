"""Whom the servers run as: PostgreSQL refuses root, and root has no business in either."""

import os
import pwd
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from workout_infrastructure.local.failures import LocalServerFailed

_PREFERRED = ("nobody", "daemon")


@dataclass(frozen=True, slots=True)
class Account:
    """An existing unprivileged user, by its numbers."""

    uid: int
    gid: int

    def own(self, path: Path) -> None:
        """Give `path` itself, and nothing below it, to this account."""
        os.chown(path, self.uid, self.gid)

    def can_enter(self, folder: Path) -> bool:
        """Tell whether every folder on the way to `folder` lets this account pass."""
        return all(self._may_pass(part) for part in (folder, *folder.parents))

    def _may_pass(self, folder: Path) -> bool:
        status = folder.stat()
        if status.st_uid == self.uid:
            return bool(status.st_mode & 0o100)
        return bool(status.st_mode & (0o010 if status.st_gid == self.gid else 0o001))


def account_for(folder: Path) -> Account | None:
    """Choose who runs the server that works in `folder`, and make that account its owner.

    Returns None when we are not root: then the server runs as ourselves. A folder that already
    belongs to somebody keeps its owner, so a cluster never changes hands between starts. Only
    `folder` itself is ever given away.

    Raises: LocalServerFailed when no existing account can own the folder.
    """
    if os.geteuid() != 0:
        return None
    status = folder.stat()
    if status.st_uid != 0:
        return Account(uid=status.st_uid, gid=status.st_gid)
    for account in _candidates():
        try:
            account.own(folder)
        except OSError:  # an account that this container's user namespace does not map
            continue
        return account
    sentence = f"Started as root, but {folder} cannot be given to any unprivileged user."
    raise LocalServerFailed(sentence)


def _candidates() -> Iterator[Account]:
    entries = {entry.pw_name: entry for entry in pwd.getpwall() if entry.pw_uid != 0}
    names = (*_PREFERRED, *(name for name in entries if name not in _PREFERRED))
    for name in names:
        if name in entries:
            yield Account(uid=entries[name].pw_uid, gid=entries[name].pw_gid)
