"""The one error of local mode."""

from pathlib import Path

_TAIL_LINES = 12


class LocalServerFailed(RuntimeError):
    """An embedded server cannot do its work, told as a sentence with the end of its log.

    `sentence` is for people; `log` names the file whose last lines are added, because the true
    cause (disk full, a foreign file, a damaged cluster) is known only to the server itself.
    """

    def __init__(self, sentence: str, *, log: Path | None = None) -> None:
        """Keep the sentence, and read the end of `log` now, before somebody removes it."""
        tail = "" if log is None else log_tail(log)
        super().__init__(f"{sentence}\n{tail}" if tail else sentence)


def log_tail(log: Path) -> str:
    """Return the last lines of `log`, or nothing where it cannot be read."""
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    return "\n".join(lines[-_TAIL_LINES:])
