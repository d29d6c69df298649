"""Time limits for many tasks at the price of one timer."""

import asyncio
from typing import Any, Final

ROUND_SECONDS: Final = 0.25


class Deadline:
    """One task's limit."""

    __slots__ = ("_is_past", "at", "task")

    def __init__(self, task: "asyncio.Task[Any]", at: float) -> None:
        self.task, self.at = task, at
        self._is_past = False

    def expire(self) -> None:
        """Cancel the task, on this deadline's account."""
        self._is_past = True
        self.task.cancel()

    def has_passed(self) -> bool:
        """Tell whether a cancellation was this deadline's; then it is taken back."""
        if self._is_past:
            self.task.uncancel()
        return self._is_past


class Deadlines:
    """
    Cancels tasks that outlive their limit, up to a quarter of a second late.

    ``asyncio.timeout`` sets and cancels a timer of the event loop for every request; here one
    round looks at all requests under way, of which there are few.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._set: dict[Deadline, None] = {}
        self._is_watching = False

    def set(self) -> Deadline:
        """Limit the current task."""
        loop = asyncio.get_running_loop()
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("Only a task can be given a deadline.")
        deadline = Deadline(task, loop.time() + self._seconds)
        self._set[deadline] = None
        if not self._is_watching:
            self._is_watching = True
            loop.call_later(ROUND_SECONDS, self._look, loop)
        return deadline

    def lift(self, deadline: Deadline) -> None:
        """Forget a deadline: its task is done."""
        self._set.pop(deadline, None)

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        now = loop.time()
        for deadline in [one for one in self._set if one.at <= now]:
            self._set.pop(deadline)
            deadline.expire()
        self._is_watching = bool(self._set)
        if self._is_watching:
            loop.call_later(ROUND_SECONDS, self._look, loop)
