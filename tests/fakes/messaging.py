"""Stand-ins for what the mediator's behaviours need."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.idempotency import StoredAnswer
from workout_domain.kernel.errors import DomainError


@dataclass
class MemoryUnitsOfWork:
    """Counts transactions; ``fails`` are raised by the next commits, first one first."""

    log: list[str] = field(default_factory=list)
    fails: list[Exception] = field(default_factory=list)

    @asynccontextmanager
    async def transaction(
        self, _actor: Actor, /, *, appends: bool, is_hot: bool
    ) -> AsyncIterator[object]:
        """Commit on return, roll back on error, as the real one does."""
        del is_hot
        self.log.append("begin to append" if appends else "begin")
        try:
            yield self
            self._fail_if_told()
        except BaseException as error:
            keeps = isinstance(error, DomainError) and error.keeps_changes
            self.log.append("commit" if keeps else "roll back")
            raise
        self.log.append("commit")

    def _fail_if_told(self) -> None:
        if self.fails:
            raise self.fails.pop(0)


@dataclass
class MemoryIdempotencyStore:
    """Keeps answers for ever; ``taken`` keys are in use by somebody else."""

    taken: set[tuple[UUID, str]] = field(default_factory=set)
    kept: dict[tuple[UUID, str], tuple[str, StoredAnswer]] = field(default_factory=dict)

    async def try_lock(self, user_id: UUID, key: str) -> bool:
        """Tell whether nobody else has the key."""
        return (user_id, key) not in self.taken

    async def find(self, user_id: UUID, key: str) -> tuple[str, StoredAnswer] | None:
        """Return what is kept."""
        return self.kept.get((user_id, key))

    async def keep(self, user_id: UUID, key: str, fingerprint: str, answer: StoredAnswer) -> None:
        """Keep it."""
        self.kept[user_id, key] = fingerprint, answer


@dataclass
class ListedObserver:
    """Remembers what it was told."""

    told: list[tuple[str, str]] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)

    def finished(self, name: str, *, milliseconds: float, outcome: str) -> None:
        """Remember a message."""
        self.told.append((name, outcome))
        self.milliseconds.append(milliseconds)
