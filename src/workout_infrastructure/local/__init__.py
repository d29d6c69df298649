"""Servers and processes of local mode: one folder, no installation, nothing left to configure.

Everything here is synchronous, needs only the standard library, and is meant for a developer's
machine and for tests. Production is configured by URL and never imports this package.
"""

from workout_infrastructure.local.failures import LocalServerFailed
from workout_infrastructure.local.postgres import EmbeddedPostgres
from workout_infrastructure.local.processes import EmbeddedServer, Supervisor
from workout_infrastructure.local.redis import EmbeddedRedis

__all__ = ["EmbeddedPostgres", "EmbeddedRedis", "EmbeddedServer", "LocalServerFailed", "Supervisor"]
