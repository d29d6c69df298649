"""The product's own command in processes of its own, and what hangs below them."""

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

COMMAND = (sys.executable, "-m", "workout_presentation.cli.main")
PATIENCE_SECONDS = 30.0


def environment(**settings: object) -> dict[str, str]:
    """Return our environment with these settings and no others of the product."""
    ours = {name: text for name, text in os.environ.items() if not name.startswith("WORKOUT_")}
    return ours | {f"WORKOUT_{name.upper()}": str(value) for name, value in settings.items()}


class Running:
    """One `workout …` in a process group of its own; what it says goes into a file."""

    def __init__(
        self, *arguments: str, settings: Mapping[str, object], folder: Path, name: str = ""
    ) -> None:
        self._arguments, self._settings, self._folder = arguments, dict(settings), folder
        self.log = folder / f"{name or arguments[0]}.log"
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int:
        """The process's id."""
        assert self._process is not None
        return self._process.pid

    @property
    def said(self) -> str:
        """All it has said so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    async def start(self) -> None:
        """Start it."""
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *COMMAND,
                *self._arguments,
                env=environment(**self._settings),
                cwd=self._folder,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    async def ends(self) -> int:
        """Wait for its end and return its exit code."""
        assert self._process is not None
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await self._process.wait()

    async def kill(self) -> None:
        """Kill it and its process group with -9."""
        await self.stop(signal.SIGKILL)

    async def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Signal its process group and return its exit code."""
        if self._process is None:
            return 0
        if self._process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, number)
        return await self.ends()


async def workout(*arguments: str, settings: Mapping[str, object], folder: Path) -> tuple[int, str]:
    """Run a command to its end; return its exit code and what it said."""
    process = await asyncio.create_subprocess_exec(
        *COMMAND,
        *arguments,
        env=environment(**settings),
        cwd=folder,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    async with asyncio.timeout(PATIENCE_SECONDS):
        said, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, said.decode()


def below(pid: int) -> list[int]:
    """Return the processes started by a process, and by those, and so on."""
    found: list[int] = []
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            children = [int(one) for one in (task / "children").read_text().split()]
            for child in children:
                found += [child, *below(child)]
    return found


def command_of(pid: int) -> str:
    """Return a process's command line; empty when it has ended."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\x00", b" ").decode()
    return ""


def is_alive(pid: int) -> bool:
    """Tell whether a process runs; one that only waits to be reaped does not."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    return False
