"""P8: reports of a long history and of a short one; all roll-ups made anew."""

import asyncio
import time
from contextlib import AbstractContextManager, ExitStack
from statistics import median
from typing import Final

from benchmarks.comparing import FLOOR, Rounds, Target, alternate
from benchmarks.data import Account, Size
from benchmarks.histories import crowd, look_again, train
from benchmarks.processes import settle
from benchmarks.report import Figure, at_most, say, spread
from benchmarks.requests import pages
from benchmarks.stage import Stage, staged
from workout_presentation.cli.rebuilding import Rebuilding
from workout_presentation.composition.container import Container
from workout_presentation.composition.running import with_container
from workout_presentation.composition.settings import load_settings

MILLION: Final = 1_000_000
LONG: Final = 120_000
SHORT: Final = 200
SETS_EACH: Final = 5_000
REBUILDS: Final = 3

_REPORTS: Final = {
    "records": "/api/v1/reports/personal-records",
    "overall status": "/api/v1/reports/overall-status",
    "performance by exercise": "/api/v1/reports/exercise-performance",
}


async def measure(stage: Stage) -> list[Figure]:
    """Rebuild a million sets, or as many as the scale says; then ask for reports of some."""
    say("P8 reports")
    with ExitStack() as stack:
        own = await asyncio.to_thread(stack.enter_context, _apart(stage))
        lifters = dict(zip((SHORT, LONG), own.people.trainers, strict=False))
        sets = await _trained(own, lifters, MILLION * stage.size.sessions // Size().sessions)
        return [await _rebuilt(own, sets), *await _flat(own, lifters)]


def _apart(stage: Stage) -> AbstractContextManager[Stage]:
    # The other figures are of a database without all this.
    return staged(Size.scaled(0), rounds=stage.rounds, seconds=stage.seconds)


async def _trained(stage: Stage, lifters: dict[int, Account], sets: int) -> int:
    people = await crowd(stage.database_url, max(1, (sets - LONG) // SETS_EACH))
    await train(stage.database_url, people, SETS_EACH)
    for each, lifter in lifters.items():
        await train(stage.database_url, [lifter.user_id], each)
    return len(people) * SETS_EACH + sum(lifters)


async def _rebuilt(stage: Stage, sets: int) -> Figure:
    seconds = [await rebuild(stage) for _ in range(REBUILDS)]
    say(f"  rebuild of {sets:,} sets: {spread(seconds)} s")
    return at_most(
        "P8",
        f"rebuild of 1,000,000 sets ({sets:,} measured)",
        20.0,
        median(seconds) * MILLION / sets,
        " s",
        seconds=[round(one, 2) for one in seconds],
    )


async def rebuild(stage: Stage) -> float:
    """Do what `workout admin rebuild-reports` does, in a process that has started already."""
    await settle()
    settings = load_settings(
        environment="production",
        database_url=stage.database_url,
        redis_url=stage.redis_url,
        jwt_secret=stage.secret,
    )
    return await asyncio.to_thread(with_container, settings, _timed)


async def _timed(container: Container) -> float:
    begun = time.perf_counter()
    await Rebuilding(container.mediator()).of_all()
    return time.perf_counter() - begun


async def _flat(stage: Stage, lifters: dict[int, Account]) -> list[Figure]:
    await look_again(stage.database_url)
    with stage.floor() as floor, stage.forgetful() as server:
        targets = {
            _named(report, sets): Target(server, pages([lifter], path))
            for report, path in _REPORTS.items()
            for sets, lifter in lifters.items()
        }
        rounds = await alternate(
            {FLOOR: Target(floor, pages(stage.people.trainers, "/page/{id}")), **targets},
            rounds=stage.rounds,
            seconds=stage.seconds,
            connections=1,
        )
    return [one for report in _REPORTS for one in _compared(report, rounds)]


def _compared(report: str, rounds: Rounds) -> list[Figure]:
    def ratio(to: str) -> float:
        return rounds.ratio(lambda run: run.percentile(0.5), of=_named(report, LONG), to=to)

    return [
        at_most(
            "P8",
            f"{report}: p50 of {LONG:,} sets to that of {SHORT}, not kept",
            1.3,
            ratio(_named(report, SHORT)),
            "x",
            rounds=rounds.told(),
        ),
        at_most(
            "P8", f"{report}: p50 of {LONG:,} sets to the page floor's", 2.0, ratio(FLOOR), "x"
        ),
    ]


def _named(report: str, sets: int) -> str:
    return f"{report} {sets}"
