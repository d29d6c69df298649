"""``python -m benchmarks``: measures the performance goals on this machine."""

import argparse
import signal
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, Final

import uvloop

from benchmarks import (
    commit_to_watcher,
    fan_out,
    framework,
    growth,
    logged_set,
    login_storm,
    outbox,
    page,
    reports,
)
from benchmarks.data import Size
from benchmarks.report import Figure, later, machine, say, table, write_json
from benchmarks.stage import Stage, staged

Measure = Callable[[Stage], Coroutine[Any, Any, list[Figure]]]

FIGURES: Final[dict[str, tuple[Measure, ...]]] = {
    "p1": (page.measure,),
    "p2": (logged_set.measure,),
    "p3": (framework.measure,),
    "p4": (fan_out.measure,),
    "p6": (commit_to_watcher.measure, outbox.measure),
    "p8": (reports.measure,),
    "p9": (growth.measure,),
    "p10": (login_storm.measure,),
}


def main() -> None:
    arguments = _arguments()
    # A run that is told to stop must still stop its servers and remove its folder.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    figures: list[Figure] = []
    size = Size.scaled(arguments.scale)
    with staged(size, rounds=arguments.rounds, seconds=arguments.secs) as stage:
        say(f"machine: {machine()}")
        for name in dict.fromkeys(arguments.figures or FIGURES):
            for measure in FIGURES[name]:
                figures += uvloop.run(measure(stage))
                if arguments.json is not None:
                    write_json(arguments.json, figures)
    say("")
    say(table([*figures, *later()]))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("figures", nargs="*", metavar="figure", help=", ".join(FIGURES))
    parser.add_argument("--rounds", type=int, default=5, help="how often servers take turns")
    parser.add_argument("--secs", type=float, default=3.0, help="seconds of one run")
    parser.add_argument("--scale", type=float, default=1.0, help="of 5,000 workouts and sessions")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every round there")
    arguments = parser.parse_args()
    unknown = set(arguments.figures) - set(FIGURES)
    if unknown:
        parser.error(f"no such figure: {', '.join(sorted(unknown))}")
    return arguments


if __name__ == "__main__":
    main()
