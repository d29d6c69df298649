"""P2: a logged set with one repetition; transaction, outbox and push included."""

import statistics
from time import perf_counter

from benchmarks.comparing import Target, alternate
from benchmarks.data import Running
from benchmarks.load import drive
from benchmarks.processes import ServerProcess
from benchmarks.report import Figure, at_least, at_most, known, say, spread
from benchmarks.requests import sets
from benchmarks.stage import Stage

CONNECTIONS = 8
FEW_WRITERS = 40
SETS_A_SESSION = 10


async def measure(stage: Stage) -> list[Figure]:
    """Compare the product with the one-statement floor, and a full session with a fresh one."""
    say("P2 logged set")
    running = stage.people.running
    with stage.floor() as floor, stage.product() as product:
        targets = {
            "floor": Target(floor, sets(running)),
            "product": Target(product, sets(running)),
        }
        few = {"few athletes": Target(product, sets(running[:FEW_WRITERS]))}
        busy = await alternate(
            targets | few, rounds=stage.rounds, seconds=stage.seconds, connections=CONNECTIONS
        )
        alone = await alternate(targets, rounds=stage.rounds, seconds=stage.seconds, connections=1)
        late = await _late_to_early(stage, product)
    return [
        at_least(
            "P2",
            f"logged set: req/s to the floor's, 8 connections, {len(running)} athletes",
            0.3,
            busy.ratio(lambda run: run.rate),
            "x",
            eight_connections=busy.told(),
        ),
        at_most(
            "P2",
            "logged set: p99 to the floor's, 8 connections",
            3.0,
            busy.ratio(lambda run: run.percentile(0.99)),
            "x",
        ),
        at_most("P2", "200th set of a session to its first", 1.1, statistics.median(late), "x"),
        known(
            "P2",
            "logged set: p50 to the floor's, 1 connection",
            f"{alone.ratio(lambda run: run.percentile(0.5)):.3g}x",
            one_connection=alone.told(),
        ),
        known(
            "P2",
            f"logged set: req/s to the floor's, {FEW_WRITERS} athletes, rights remembered",
            f"{busy.ratio(lambda run: run.rate, of='few athletes'):.3g}x",
        ),
        known(
            "P2",
            "logged set: server cpu to the floor's",
            f"{busy.ratio(lambda run: run.cpu_per_request):.3g}x",
        ),
    ]


async def _late_to_early(stage: Stage, product: ServerProcess) -> list[float]:
    """Log sets by turns in sessions that hold none and in sessions that hold 199."""
    rounds = min(stage.rounds, 5)
    share = len(stage.people.fresh) // rounds
    found: list[float] = []
    for number in range(rounds):
        part = slice(number * share, (number + 1) * share)
        early: list[float] = []
        late: list[float] = []
        for one, other in zip(stage.people.fresh[part], stage.people.full[part], strict=True):
            early += await _some_sets(product, one)
            late += await _some_sets(product, other)
        found.append(statistics.median(late) / statistics.median(early))
    say(f"  200th set to first {spread(found)}")
    return found


async def _some_sets(product: ServerProcess, running: Running) -> list[float]:
    started = perf_counter()
    run = await drive(product, sets([running]), connections=1, seconds=10.0, most=SETS_A_SESSION)
    assert perf_counter() - started < 10.0
    # The first request of each also reads who the athlete is, whatever the session holds.
    return run.latencies[1:]
