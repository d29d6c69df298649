"""Figures against their targets, as a table and as JSON."""

import json
import os
import platform
import statistics
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

LARGEST_FLOOR_SPREAD: Final = 2.0

LATER: Final = {
    "P5": "overload: 50,000 deliveries/s, a client that stops reading",
    "P7": "import of 100,000 sets",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured figure; ``is_reached`` is None where there is no target to reach."""

    name: str
    what: str
    target: str
    measured: str
    is_reached: bool | None
    details: dict[str, Any] = field(default_factory=dict)


def at_most(name: str, what: str, limit: float, value: float, unit: str, **details: Any) -> Figure:
    """Make a figure that must not exceed a limit."""
    return _bounded(name, what, "≤", limit, value, unit, is_reached=value <= limit, **details)


def at_least(name: str, what: str, limit: float, value: float, unit: str, **details: Any) -> Figure:
    """Make a figure that must not fall below a limit."""
    return _bounded(name, what, "≥", limit, value, unit, is_reached=value >= limit, **details)


def known(name: str, what: str, measured: str, **details: Any) -> Figure:
    """Make a figure that is only worth knowing."""
    return Figure(
        name=name, what=what, target="-", measured=measured, is_reached=None, details=details
    )


def ratios(values: Sequence[float], floors: Sequence[float]) -> list[float]:
    """Divide round by round."""
    return [value / floor for value, floor in zip(values, floors, strict=True)]


def spread(values: Sequence[float]) -> str:
    """Show the least, the median and the most."""
    return f"{min(values):.3g}/{statistics.median(values):.3g}/{max(values):.3g}"


def is_steady(floors: Sequence[float]) -> bool:
    """Tell whether the floor itself held still enough for its ratios to mean something."""
    return max(floors) <= LARGEST_FLOOR_SPREAD * min(floors)


def table(figures: Sequence[Figure]) -> str:
    """Lay figures out as a Markdown table."""
    rows = [("figure", "what", "target", "measured", "reached")]
    rows += [
        (one.name, one.what, one.target, one.measured, _verdict(one.is_reached)) for one in figures
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def later() -> list[Figure]:
    """List the figures nobody measures yet."""
    return [
        Figure(name=name, what=what, target="-", measured="not yet measured", is_reached=None)
        for name, what in LATER.items()
    ]


def machine() -> dict[str, Any]:
    """Describe what the figures were measured on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "processors": os.cpu_count(),
        "memory_gib": round(memory),
        "system": platform.system(),
        "python": platform.python_version(),
        "load_average": [round(one, 2) for one in os.getloadavg()],
    }


def write_json(file: Path, figures: Sequence[Figure]) -> None:
    """Write everything, the rounds included."""
    content = {"machine": machine(), "figures": [asdict(one) for one in figures]}
    file.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


Say = Callable[[str], None]


def say(line: str) -> None:
    print(line, flush=True)


def _bounded(
    name: str,
    what: str,
    sign: str,
    limit: float,
    value: float,
    unit: str,
    *,
    is_reached: bool,
    **details: Any,
) -> Figure:
    return Figure(
        name=name,
        what=what,
        target=f"{sign} {limit:,g}{unit}",
        measured=f"{_number(value)}{unit}",
        is_reached=is_reached,
        details=details,
    )


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"


def _verdict(is_reached: bool | None) -> str:
    return "" if is_reached is None else "yes" if is_reached else "NO"
