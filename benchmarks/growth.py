"""P9: ten times the data, and the hundredth page of a list."""

import asyncio
import json
import urllib.request
from collections.abc import Sequence
from contextlib import AbstractContextManager, ExitStack
from typing import Final

from benchmarks.comparing import Target, alternate
from benchmarks.data import Account, Population, Size
from benchmarks.histories import look_again
from benchmarks.load import NextRequest, get
from benchmarks.processes import HOST, ServerProcess
from benchmarks.report import Figure, at_most, say
from benchmarks.reports import rebuild
from benchmarks.requests import each, pages, sets
from benchmarks.stage import Stage, staged

GROWTH: Final = 10
LIMIT: Final = 10
FAR: Final = 100

Asked = dict[str, NextRequest]


async def measure(stage: Stage) -> list[Figure]:
    """Compare this stage with one that holds ten times the history, and page 100 with page 1."""
    say(f"P9 {GROWTH} times the data")
    with ExitStack() as stack:
        grown = await asyncio.to_thread(stack.enter_context, _grown(stage))
        # Workers would have rolled both up long ago; what runs still is left to the reports.
        for one in (stage, grown):
            await rebuild(one)
            await look_again(one.database_url)
        small = stack.enter_context(stage.forgetful())
        large = stack.enter_context(grown.forgetful())
        before, after = _asked(stage.people), _asked(grown.people)
        figures = [
            await _compared(
                stage,
                f"{what}: p50 with {GROWTH} times the data to that with one",
                1.15,
                Target(small, before[what]),
                Target(large, after[what]),
            )
            for what in before
        ]
        first, far = await asyncio.to_thread(_first_and_far, large, grown.people.trainers[0])
        figures.append(
            await _compared(
                stage,
                f"page {FAR} by cursor: p50 to page 1",
                1.1,
                Target(large, each([first])),
                Target(large, each([far])),
            )
        )
    return figures


def _grown(stage: Stage) -> AbstractContextManager[Stage]:
    size = Size(workouts=stage.size.workouts * GROWTH, sessions=stage.size.sessions * GROWTH)
    return staged(size, rounds=stage.rounds, seconds=stage.seconds)


def _asked(people: Population) -> Asked:
    return {
        "page": pages(people.trainers, "/api/v1/workouts?limit=20"),
        "detail": each(
            [get(f"/api/v1/sessions/{one.session_id}", one.athlete.token) for one in people.running]
        ),
        "logged set": sets(people.running),
        "report": _reports([one.athlete for one in people.running]),
        "roster": pages(people.trainers, "/api/v1/reports/roster"),
    }


def _reports(athletes: Sequence[Account]) -> NextRequest:
    return each([get("/api/v1/reports/personal-records", one.token) for one in athletes])


async def _compared(stage: Stage, what: str, most: float, one: Target, other: Target) -> Figure:
    rounds = await alternate(
        {"floor": one, "product": other},
        rounds=stage.rounds,
        seconds=stage.seconds,
        connections=1,
    )
    ratio = rounds.ratio(lambda run: run.percentile(0.5))
    return at_most("P9", what, most, ratio, "x", rounds=rounds.told())


def _first_and_far(server: ServerProcess, trainer: Account) -> tuple[bytes, bytes]:
    path = first = f"/api/v1/workouts?limit={LIMIT}"
    for _ in range(FAR - 1):
        asked = urllib.request.Request(
            f"http://{HOST}:{server.port}{path}",
            headers={"Authorization": f"Bearer {trainer.token}"},
        )
        with urllib.request.urlopen(asked, timeout=10) as answer:  # noqa: S310 - as above
            cursor = json.load(answer)["pagination"]["next_cursor"]
        path = f"{first}&cursor={cursor}"
    return get(first, trainer.token), get(path, trainer.token)
