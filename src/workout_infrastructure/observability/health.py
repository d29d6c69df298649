"""The checks behind the health probes."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from time import perf_counter
from typing import Final

from workout_application.platform.health import CheckView, HealthStatus, HealthView
from workout_infrastructure.cache.breaker import BreakerState
from workout_infrastructure.cache.service import FallbackCache
from workout_infrastructure.persistence.database import DriverPool
from workout_infrastructure.persistence.migrations import newest_revision

Finding = tuple[HealthStatus, str]
Check = Callable[[], Awaitable[Finding]]

LONGEST_SECONDS: Final = 2.0


class HealthChecks:
    """Runs checks side by side, each for at most two seconds."""

    def __init__(self, checks: Mapping[str, Check]) -> None:
        self._checks = checks

    async def check(self, *names: str) -> HealthView:
        """Run the named checks, or all of them."""
        chosen = names or tuple(self._checks)
        found = await asyncio.gather(*(_timed(self._checks[name]) for name in chosen))
        return HealthView.of(dict(zip(chosen, found, strict=True)))


async def _timed(check: Check) -> CheckView:
    started = perf_counter()
    try:
        async with asyncio.timeout(LONGEST_SECONDS):
            status, description = await check()
    except Exception as error:  # noqa: BLE001 - a check that fails is a finding
        status, description = HealthStatus.UNHEALTHY, f"The check failed: {type(error).__name__}"
    elapsed = round((perf_counter() - started) * 1000, 2)
    return CheckView(status=status, description=description, duration_ms=elapsed)


class DatabaseCheck:
    """Whether PostgreSQL answers."""

    def __init__(self, pool: DriverPool) -> None:
        self._pool = pool

    async def __call__(self) -> Finding:
        """Ask for one row."""
        try:
            async with asyncio.timeout(LONGEST_SECONDS * 0.9):
                await self._pool.fetchrow("SELECT 1")
        except Exception as error:  # noqa: BLE001 - whatever it is, the database does not serve
            return HealthStatus.UNHEALTHY, f"Database connection is unhealthy: {_name(error)}"
        return HealthStatus.HEALTHY, "Database connection is healthy"


class SchemaCheck:
    """Whether the migrations this code expects have run."""

    def __init__(self, pool: DriverPool) -> None:
        self._pool = pool
        self._newest: str | None = None

    async def __call__(self) -> Finding:
        """Compare the database's revision with the newest script's."""
        self._newest = self._newest or await asyncio.to_thread(newest_revision)
        row = await self._pool.fetchrow("SELECT version_num FROM alembic_version")
        present = None if row is None else row["version_num"]
        if present == self._newest:
            return HealthStatus.HEALTHY, "The schema is at the newest revision"
        return HealthStatus.UNHEALTHY, f"The schema is at {present}, not at {self._newest}"


class RedisCheck:
    """Whether Redis keeps what is written; without it the product runs on, degraded."""

    def __init__(self, cache: FallbackCache) -> None:
        self._cache = cache

    async def __call__(self) -> Finding:
        """Write a value and read it back."""
        if not self._cache.is_shared:
            return HealthStatus.HEALTHY, "No Redis is configured; memory serves"
        found = await self._cache.probe()
        if found is None:
            return HealthStatus.DEGRADED, "Redis cache is unhealthy"
        if not found:
            return HealthStatus.DEGRADED, "Redis cache returned unexpected value"
        return HealthStatus.HEALTHY, "Redis cache is healthy"


class CircuitCheck:
    """Whether calls to Redis pass."""

    def __init__(self, cache: FallbackCache) -> None:
        self._cache = cache

    async def __call__(self) -> Finding:
        """Look at the breaker."""
        state = self._cache.breaker.state
        is_closed = state is BreakerState.CLOSED
        status = HealthStatus.HEALTHY if is_closed else HealthStatus.DEGRADED
        return status, f"The circuit is {state.value}"


def _name(error: Exception) -> str:
    return type(error).__name__
