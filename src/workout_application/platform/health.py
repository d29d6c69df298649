"""Health: what each check says, and what all of them say together."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class HealthStatus(StrEnum):
    """From well to not working; degraded still serves."""

    HEALTHY = "healthy"
    DEGRADED = "degraded"
    UNHEALTHY = "unhealthy"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckView:
    """What one check found, and how many milliseconds it took."""

    status: HealthStatus
    description: str
    duration_ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthView:
    """The worst of all checks, and each by its name."""

    status: HealthStatus
    checks: dict[str, CheckView]

    @classmethod
    def of(cls, checks: dict[str, CheckView]) -> "HealthView":
        """Add checks up."""
        found = {check.status for check in checks.values()}
        worst = next(
            (status for status in reversed(HealthStatus) if status in found), HealthStatus.HEALTHY
        )
        return cls(status=worst, checks=checks)


class HealthMonitor(Protocol):
    """Runs the checks."""

    async def check(self, *names: str) -> HealthView:
        """Run the named checks, all of them where none is named; never raises, never waits long."""
        ...
