"""What a replay found, as a table for people and as JSON for machines."""

import json
from dataclasses import asdict, dataclass, field
from statistics import median, quantiles
from typing import Any, Final

from workout_domain.portability.training_log import ReportedLine, TrainingLog
from workout_presentation.demo.comparing import Mismatch

_SHOWN_LINES: Final = 10
_PERCENTILES: Final = 100
_LABEL_WIDTH: Final = 18


@dataclass(slots=True)
class Tally:
    """What is counted while sessions are replayed; delays are in seconds."""

    sessions: int = 0
    sets_sent: int = 0
    sets_seen: int = 0
    rests_sent: int = 0
    rests_seen: int = 0
    gaps_resumed: int = 0
    is_in_order: bool = True
    delays: list[float] = field(default_factory=list)
    mismatches: list[Mismatch] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoReport:
    """A log, and how its replay went."""

    file: str
    log: TrainingLog
    tally: Tally
    seconds: float
    exercises_added: int
    coach: str
    athlete: str

    @property
    def is_flawless(self) -> bool:
        """Whether the coach saw exactly what the athlete sent."""
        return not self.tally.mismatches

    def figures(self) -> dict[str, Any]:
        """Return everything as JSON-shaped values; delays in milliseconds, None where none is."""
        log, tally = self.log, self.tally
        return {
            "file": self.file,
            "dialect": f"{log.source} {log.dialect}",
            "rows": log.rows,
            "sets": log.sets,
            "rest_timers": log.rests,
            "reported_lines": [_line(one) for one in log.reported],
            "workouts": len(log.workouts),
            "sessions": tally.sessions,
            "sets_sent": tally.sets_sent,
            "sets_seen": tally.sets_seen,
            "rest_timers_sent": tally.rests_sent,
            "rest_timers_seen": tally.rests_seen,
            "in_order": tally.is_in_order,
            "gaps_resumed": tally.gaps_resumed,
            "median_delay_ms": _milliseconds(median(tally.delays)) if tally.delays else None,
            "p99_delay_ms": _milliseconds(_p99(tally.delays)) if tally.delays else None,
            "mismatches": [asdict(one) for one in tally.mismatches],
            "exercises_added": self.exercises_added,
            "seconds": round(self.seconds, 1),
            "coach": self.coach,
            "athlete": self.athlete,
        }

    def as_json(self) -> str:
        """Write it for machines."""
        return json.dumps(self.figures(), indent=2, ensure_ascii=False)

    def as_table(self) -> str:
        """Write it for people."""
        found = self.figures()
        rows = [
            ("file", found["file"]),
            ("dialect", found["dialect"]),
            ("rows", found["rows"]),
            ("sets", found["sets"]),
            ("rest timers", found["rest_timers"]),
            ("reported lines", len(found["reported_lines"])),
            *_first([f"line {one.line}: {one.message}" for one in self.log.reported]),
            ("sessions", f"{found['sessions']} of {found['workouts']} in {found['seconds']} s"),
            ("sets sent", found["sets_sent"]),
            ("sets seen by coach", found["sets_seen"]),
            ("rest timers seen", f"{found['rest_timers_seen']} of {found['rest_timers_sent']}"),
            ("in order", "yes" if found["in_order"] else "no"),
            ("gaps resumed", found["gaps_resumed"]),
            ("median delay", _shown(found["median_delay_ms"])),
            ("p99 delay", _shown(found["p99_delay_ms"])),
            ("mismatches", len(found["mismatches"]) or "none"),
            *_first([_sentence(one) for one in self.tally.mismatches]),
        ]
        return "\n".join(f"{label:<{_LABEL_WIDTH}}  {value}".rstrip() for label, value in rows)


def _line(reported: ReportedLine) -> dict[str, Any]:
    return {"line": reported.line, "reason": reported.reason, "message": reported.message}


def _first(sentences: list[str]) -> list[tuple[str, str]]:
    shown = [("", sentence) for sentence in sentences[:_SHOWN_LINES]]
    left = len(sentences) - len(shown)
    return [*shown, ("", f"… and {left} more")] if left else shown


def _sentence(mismatch: Mismatch) -> str:
    line = "" if mismatch.line is None else f", line {mismatch.line}"
    return f"{mismatch.session}{line}, {mismatch.where}: {mismatch.what}"


def _shown(milliseconds: float | None) -> str:
    return "–" if milliseconds is None else f"{milliseconds} ms"


def _p99(delays: list[float]) -> float:
    if len(delays) == 1:
        return delays[0]
    return quantiles(delays, n=_PERCENTILES, method="inclusive")[-1]


def _milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 2)
