"""Rounds that alternate between servers, so that a busy minute hurts all of them alike."""

import statistics
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from benchmarks.load import NextRequest, Run, drive
from benchmarks.processes import ServerProcess, settle
from benchmarks.report import is_steady, ratios, say, spread

T = TypeVar("T")

FLOOR: Final = "floor"
PRODUCT: Final = "product"
MOST_REPEATS: Final = 2
WARM_UP_SECONDS: Final = 1.0


@dataclass(frozen=True, slots=True)
class Target:
    """A server and what it is asked."""

    server: ServerProcess
    next_request: NextRequest


@dataclass(slots=True)
class Rounds:
    """All runs, by name of the target."""

    runs: dict[str, list[Run]] = field(default_factory=dict)

    def of(self, name: str, figure: Callable[[Run], float]) -> list[float]:
        """Return one figure of every round."""
        return [figure(run) for run in self.runs[name]]

    def ratio(self, figure: Callable[[Run], float], *, of: str = PRODUCT, to: str = FLOOR) -> float:
        """Return the median of the rounds' ratios."""
        return statistics.median(ratios(self.of(of, figure), self.of(to, figure)))

    def told(self) -> dict[str, Any]:
        """Show everything, for the JSON."""
        return {
            name: {
                "requests_per_second": [round(run.rate, 1) for run in runs],
                "cpu_us_per_request": [round(run.cpu_per_request * 1e6, 1) for run in runs],
                "p50_ms": [round(run.percentile(0.5) * 1e3, 3) for run in runs],
                "p99_ms": [round(run.percentile(0.99) * 1e3, 3) for run in runs],
            }
            for name, runs in self.runs.items()
        }


async def alternate(
    targets: Mapping[str, Target], *, rounds: int, seconds: float, connections: int
) -> Rounds:
    """Measure every target once a round; all over again where the floor was unsteady."""
    for target in targets.values():
        await drive(
            target.server, target.next_request, connections=connections, seconds=WARM_UP_SECONDS
        )

    async def measured() -> Rounds:
        result = Rounds({name: [] for name in targets})
        for _ in range(rounds):
            for name, target in targets.items():
                await settle()
                run = await drive(
                    target.server, target.next_request, connections=connections, seconds=seconds
                )
                result.runs[name].append(run)
        return result

    result = await repeated(measured, lambda found: found.of(FLOOR, lambda run: run.rate))
    for name, runs in result.runs.items():
        say(
            f"  {name:12} {connections} conns  req/s {spread([run.rate for run in runs])}"
            f"  cpu us {spread([run.cpu_per_request * 1e6 for run in runs])}"
            f"  p50 ms {spread([run.percentile(0.5) * 1e3 for run in runs])}"
            f"  p99 ms {spread([run.percentile(0.99) * 1e3 for run in runs])}"
        )
    return result


async def repeated(measure: Callable[[], Awaitable[T]], floors: Callable[[T], list[float]]) -> T:
    """Measure; again, a few times at most, while the floor spreads over twice its least."""
    result = await measure()
    for _ in range(MOST_REPEATS):
        if is_steady(floors(result)):
            break
        say(f"  the floor spread {spread(floors(result))}: measuring again")
        result = await measure()
    return result
