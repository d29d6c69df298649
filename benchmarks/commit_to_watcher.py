"""P4."""

from benchmarks.report import Figure
from benchmarks.stage import Stage


async def measure(stage: Stage) -> list[Figure]:
    return []
