"""Everything a measurement stands on: databases, data, tokens and the product's settings."""

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvloop

from benchmarks.data import Population, Size, fill
from benchmarks.processes import HOST, ServerProcess, bare, free_port, product
from workout_infrastructure.local import EmbeddedPostgres, EmbeddedRedis
from workout_infrastructure.persistence.catalogue.seeding import seed_catalogue
from workout_infrastructure.persistence.migrations import migrate


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Where things are; servers are started by whoever measures them."""

    database_url: str
    redis_url: str
    secret: str
    people: Population
    size: Size
    rounds: int
    seconds: float

    def settings(self) -> dict[str, str]:
        """Return the product's environment: production, only the rate limits are off."""
        return {
            "WORKOUT_ENVIRONMENT": "production",
            "WORKOUT_HOST": HOST,
            "WORKOUT_DATABASE_URL": self.database_url,
            "WORKOUT_REDIS_URL": self.redis_url,
            "WORKOUT_JWT_SECRET": self.secret,
            "WORKOUT_RATE_LIMITS": "off",
            "WORKOUT_REQUIRE_CONFIRMED_EMAIL": "false",
        }

    def product(self) -> ServerProcess:
        """Make an API process."""
        return product(self.settings(), port=free_port())

    def forgetful(self) -> ServerProcess:
        """Make one that keeps no report: a kept one costs the same whatever it was made of."""
        return product({**self.settings(), "WORKOUT_CACHE_REPORTS": "false"}, port=free_port())

    def floor(self) -> ServerProcess:
        """Make the floor."""
        return self._bare("floor")

    def textbook(self) -> ServerProcess:
        """Make the server of the textbook route."""
        return self._bare("textbook")

    def _bare(self, name: str) -> ServerProcess:
        environment = {"BENCH_DATABASE_URL": self.database_url, "BENCH_SECRET": self.secret}
        return bare(name, f"benchmarks.{name}:app", environment, port=free_port())


@contextmanager
def staged(size: Size, *, rounds: int, seconds: float) -> Iterator[Stage]:
    """Start the databases in a folder of their own, fill them, and remove everything after."""
    with (
        tempfile.TemporaryDirectory(prefix="workout-bench-") as folder,
        EmbeddedPostgres(Path(folder), durable=True) as postgres,
        EmbeddedRedis(Path(folder), durable=True) as redis,
    ):
        url, secret = postgres.start(), secrets.token_urlsafe(48)
        migrate(url)
        uvloop.run(seed_catalogue(url))
        people = uvloop.run(fill(url, secret, size))
        yield Stage(
            database_url=url,
            redis_url=redis.start(),
            secret=secret,
            people=people,
            size=size,
            rounds=rounds,
            seconds=seconds,
        )
