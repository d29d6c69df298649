"""Argon2id by passlib's API, on two threads of its own, behind a bounded queue."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Final, TypeVar

from passlib.context import CryptContext

from workout_domain.identity.errors import TooManyAttempts
from workout_infrastructure.threads import give_way

THREADS: Final = 2
LONGEST_QUEUE: Final = 32

T = TypeVar("T")


class Argon2PasswordHasher:
    """
    Hashes without stopping the event loop.

    argon2 releases the interpreter lock, so two threads double the rate of logins; they give way
    to the event loop where processors are short. Beyond the queue, callers are refused at once
    instead of waiting for seconds.
    """

    def __init__(self) -> None:
        self._context = CryptContext(
            schemes=["argon2"],
            argon2__type="ID",
            argon2__memory_cost=19456,
            argon2__time_cost=2,
            argon2__parallelism=1,
        )
        self._executor = ThreadPoolExecutor(
            THREADS, thread_name_prefix="password", initializer=give_way
        )
        self._waiting = 0
        self._decoy = self._context.hash("nobody has this password")

    async def hash(self, password: str) -> str:
        """Return a salted hash."""
        with self.turn():
            return await self._run(lambda: self._context.hash(password))

    async def verify(self, password: str, password_hash: str | None) -> bool:
        """Check a password against a hash, or against the decoy and fail."""
        with self.turn():
            return await self.verify_in_turn(password, password_hash)

    async def verify_in_turn(self, password: str, password_hash: str | None) -> bool:
        """Check a password for somebody who has a place in the queue."""
        against = password_hash or self._decoy
        matches = await self._run(lambda: self._context.verify(password, against))
        return matches and password_hash is not None

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Take a place in the queue."""
        if self._waiting >= LONGEST_QUEUE:
            raise TooManyAttempts("Too many sign-ins at once; try again in a moment.")
        self._waiting += 1
        try:
            yield
        finally:
            self._waiting -= 1

    def is_outdated(self, password_hash: str) -> bool:
        """Tell whether today's settings would hash it differently."""
        return self._context.needs_update(password_hash)

    async def _run(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._executor, work)
