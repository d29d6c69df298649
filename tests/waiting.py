"""
The one place where tests wait by looking again.

Most waits of the tests end with a signal: an event that arrives, a process that exits, a task
that returns. A few conditions give none, such as a row another process writes or a port it opens;
for those `until` looks again every 20 milliseconds. It ends as soon as the condition holds, so it
is no sleep that hopes, and it fails with a sentence when the time is over.
"""

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")

_LOOK_AGAIN_SECONDS = 0.02


async def until(
    condition: Callable[[], T | Awaitable[T]], *, within: float = 10.0, what: str = "it"
) -> T:
    """Return the condition's value once it is true; fail when that takes longer than ``within``."""
    seen: T | None = None
    try:
        async with asyncio.timeout(within):
            while True:
                found = condition()
                seen = await found if inspect.isawaitable(found) else found
                if seen:
                    return seen
                await asyncio.sleep(_LOOK_AGAIN_SECONDS)
    except TimeoutError:
        raise AssertionError(f"Waited {within} s in vain for {what}; last seen: {seen!r}") from None
