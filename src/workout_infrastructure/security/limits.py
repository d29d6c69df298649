"""Moving windows of requests: in Redis for all processes, and in memory in any case."""

import asyncio
import hashlib
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Mapping
from math import ceil
from time import monotonic
from typing import Any, Final

import structlog
from limits import RateLimitItem, parse_many
from limits.aio.storage import RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter
from redis.asyncio import BlockingConnectionPool

from workout_application.platform.limits import Quota, Usage
from workout_infrastructure.cache.breaker import BreakerState, CircuitBreaker
from workout_shared.clock import Clock

KEPT_IDENTITIES: Final = 50_000
SOCKET_SECONDS: Final = 0.25
PATIENCE_SECONDS: Final = 0.5
CONNECTIONS: Final = 16
_HOW_TO_WRITE: Final = "Write one quota, such as 20/minute or 300 per 10 minutes."


def quota_of(text: str) -> Quota:
    """
    Read a quota as people write it: ``20/minute``, ``300 per 10 minutes``.

    Raises:
        ValueError: it is not exactly one quota, or allows nothing.
    """
    return _quota(_item_of(text))


class MemoryWindows:
    """
    The windows of one process; the identities seen least recently are forgotten first.

    Nothing in here waits, so that requests at once cannot overtake one another.
    """

    def __init__(
        self, *, capacity: int = KEPT_IDENTITIES, clock: Callable[[], float] = monotonic
    ) -> None:
        self._capacity, self._clock = capacity, clock
        self._moments: OrderedDict[tuple[str, str], deque[float]] = OrderedDict()

    def __len__(self) -> int:
        """Count the identities known."""
        return len(self._moments)

    def hit(self, policy: str, identity: str, quota: Quota) -> Usage:
        """Count a request unless it is one too many."""
        now = self._clock()
        moments = self._moments.setdefault((policy, identity), deque())
        self._moments.move_to_end((policy, identity))
        if len(self._moments) > self._capacity:
            self._moments.popitem(last=False)
        while moments and moments[0] <= now - quota.seconds:
            moments.popleft()
        is_allowed = len(moments) < quota.amount
        if is_allowed:
            moments.append(now)
        return Usage(
            policy,
            quota,
            is_allowed,
            quota.amount - len(moments),
            _whole(moments[0] + quota.seconds - now),
        )

    def take_back(self, policy: str, identity: str) -> None:
        """Uncount a request that was refused elsewhere."""
        moments = self._moments.get((policy, identity))
        if moments:
            moments.pop()


class FallbackRateLimiter:
    """
    Counts in memory first and then in Redis; a request passes where both let it.

    What one process counts is never more than what all count, so memory refuses only what Redis
    would refuse too, and a flood does not reach Redis. Where Redis is down, slow or was emptied,
    each process keeps the limits by itself.
    """

    def __init__(
        self,
        quotas: Mapping[str, str],
        clock: Clock,
        *,
        redis_url: str = "",
        prefix: str = "workout:",
        memory: MemoryWindows | None = None,
        breaker: CircuitBreaker | None = None,
    ) -> None:
        self._clock = clock
        self._items = {policy: _item_of(text) for policy, text in quotas.items()}
        self._quotas = {policy: _quota(item) for policy, item in self._items.items()}
        self._memory = memory or MemoryWindows()
        self.breaker = breaker or CircuitBreaker(listener=_announce)
        self._pool: Any = None
        self._windows: MovingWindowRateLimiter | None = None
        if redis_url:
            self._pool = BlockingConnectionPool.from_url(
                redis_url,
                max_connections=CONNECTIONS,
                timeout=PATIENCE_SECONDS,
                socket_timeout=SOCKET_SECONDS,
                socket_connect_timeout=SOCKET_SECONDS,
            )
            storage = RedisStorage(
                "async+redis://",
                implementation="redispy",
                key_prefix=f"{prefix}limits:shared",
                connection_pool=self._pool,
            )
            self._windows = MovingWindowRateLimiter(storage)

    async def hit(self, policy: str, identity: str) -> Usage:
        """Count one request of somebody under a policy, unless it is one too many."""
        # Names and addresses stay out of Redis, and nobody chooses how long a key is.
        somebody = hashlib.blake2b(identity.encode("utf-8", "surrogatepass"), digest_size=16)
        here = self._memory.hit(policy, somebody.hexdigest(), self._quotas[policy])
        if not here.is_allowed:
            return here
        everywhere = await self._on_redis(
            lambda windows: self._hit_redis(windows, policy, somebody.hexdigest())
        )
        if everywhere is None:
            return here
        if not everywhere.is_allowed:
            self._memory.take_back(policy, somebody.hexdigest())
        return everywhere

    async def close(self) -> None:
        """Close the connections."""
        if self._pool is not None:
            await self._pool.disconnect()

    async def _hit_redis(
        self, windows: MovingWindowRateLimiter, policy: str, identity: str
    ) -> Usage:
        item, quota = self._items[policy], self._quotas[policy]
        is_allowed = await windows.hit(item, policy, identity)
        resets_at, remaining = await windows.get_window_stats(item, policy, identity)
        resets_in = _whole(resets_at - self._clock.now().timestamp())
        left = max(0, min(remaining, quota.amount)) if is_allowed else 0
        return Usage(policy, quota, is_allowed, left, min(resets_in, quota.seconds))

    async def _on_redis(
        self, use: Callable[[MovingWindowRateLimiter], Awaitable[Usage]]
    ) -> Usage | None:
        if self._windows is None or not self.breaker.lets_through():
            return None
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                usage = await use(self._windows)
        except Exception as error:  # noqa: BLE001 - a limit must not break a request
            self.breaker.failed()
            structlog.get_logger().warning(
                "rate limits without redis", error=f"{type(error).__name__}: {error}"
            )
            return None
        self.breaker.succeeded()
        return usage


def _item_of(text: str) -> RateLimitItem:
    try:
        (item,) = parse_many(text)
    except ValueError:
        raise ValueError(_HOW_TO_WRITE) from None
    if item.amount < 1:
        raise ValueError(_HOW_TO_WRITE)
    return item


def _quota(item: RateLimitItem) -> Quota:
    return Quota(item.amount, item.get_expiry())


def _whole(seconds: float) -> int:
    return max(1, ceil(seconds))


def _announce(old: BreakerState, new: BreakerState) -> None:
    structlog.get_logger().warning("rate limit circuit", state=new.value, before=old.value)
