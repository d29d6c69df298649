"""
The one place where tests wait by looking again.

Most waits of the tests end with a signal: an event that arrives, a process that exits, a task
that returns. A few conditions give none, such as a row another process writes or a port it opens;
for those `until` looks again every 20 milliseconds. It ends as soon as the condition holds, so it
is no sleep that hopes, and it fails with a sentence when the time is over.
"""

import asyncio
import inspect
from collections.abc import Callable
from typing import Any

_LOOK_AGAIN_SECONDS = 0.02


async def until(condition: Callable[[], Any], *, within: float = 10.0, what: str = "it") -> Any:
    """
    Return what ``condition`` returns or awaits to, once that is true.

    Fails when it takes longer than ``within`` seconds.
    """
    seen: Any = None
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
