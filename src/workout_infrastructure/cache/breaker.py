"""Stops calling what does not answer, and looks again after a while."""

from collections.abc import Callable
from enum import StrEnum
from time import monotonic


class BreakerState(StrEnum):
    """Closed: calls pass. Open: none do. Half-open: one passes, to see."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


Listener = Callable[[BreakerState, BreakerState], None]
"""Is told the old and the new state of every transition."""


def _nobody(_old: BreakerState, _new: BreakerState) -> None:
    """Hear nothing."""


class CircuitBreaker:
    """
    Opens after ``threshold`` failures in a row, and lets one call probe after a cool-down.

    The cool-down doubles with each failed probe up to ``longest_cool_down`` and starts over
    after a success; times are in seconds of ``clock``.
    """

    def __init__(
        self,
        *,
        threshold: int = 3,
        cool_down: float = 1.0,
        longest_cool_down: float = 30.0,
        clock: Callable[[], float] = monotonic,
        listener: Listener = _nobody,
    ) -> None:
        self._threshold, self._clock, self._listener = threshold, clock, listener
        self._first, self._longest = cool_down, longest_cool_down
        self._state = BreakerState.CLOSED
        self._failures = 0
        self._cool_down = cool_down
        self._opens_until = 0.0

    @property
    def state(self) -> BreakerState:
        """The present state."""
        return self._state

    def lets_through(self) -> bool:
        """
        Tell whether a call may be made now; each True must be followed by a report.

        After the cool-down one caller gets True; if its report never comes (it was cancelled),
        another may try after one more cool-down.
        """
        if self._state is BreakerState.CLOSED:
            return True
        if self._clock() < self._opens_until:
            return False
        self._opens_until = self._clock() + self._cool_down
        self._go(BreakerState.HALF_OPEN)
        return True

    def succeeded(self) -> None:
        """Report that a call was answered."""
        self._failures = 0
        self._cool_down = self._first
        self._go(BreakerState.CLOSED)

    def failed(self) -> None:
        """Report that a call was not answered."""
        self._failures += 1
        if self._state is BreakerState.HALF_OPEN:
            self._cool_down = min(self._cool_down * 2, self._longest)
        elif self._state is BreakerState.OPEN or self._failures < self._threshold:
            return
        self._opens_until = self._clock() + self._cool_down
        self._go(BreakerState.OPEN)

    def _go(self, new: BreakerState) -> None:
        old, self._state = self._state, new
        if old is not new:
            self._listener(old, new)
