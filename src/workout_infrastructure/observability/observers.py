"""What is logged and counted of every request and message; never a body."""

from functools import lru_cache
from typing import Any

import structlog

from workout_infrastructure.observability.metrics import Metrics


class LoggingObserver:
    """Observes messages and requests."""

    def __init__(self, metrics: Metrics, *, slow_milliseconds: float) -> None:
        self._metrics, self._slow = metrics, slow_milliseconds
        self._log: Any = structlog.get_logger()
        # Looking up a labelled child costs more than counting, so children are remembered.
        self._request = lru_cache(maxsize=4096)(self._request_children)
        self._message = lru_cache(maxsize=1024)(self._message_children)

    def finished(self, name: str, *, milliseconds: float, outcome: str) -> None:
        """Note that a message was handled."""
        counter, histogram = self._message(name, outcome)
        counter.inc()
        histogram.observe(milliseconds / 1000)
        self.operation(name, milliseconds=milliseconds)

    def operation(self, name: str, *, milliseconds: float) -> None:
        """Warn of a slow operation; a quick one is only a debug line."""
        if milliseconds > self._slow:
            self._log.warning(
                "Slow operation detected", operation=name, elapsed_ms=round(milliseconds, 1)
            )
        else:
            self._log.debug(
                "Operation completed", operation=name, elapsed_ms=round(milliseconds, 3)
            )

    def request_finished(
        self, *, method: str, route: str, path: str, status: int, milliseconds: float
    ) -> None:
        """Write the access line and count."""
        counter, histogram = self._request(method, route, status)
        counter.inc()
        histogram.observe(milliseconds / 1000)
        self._log.info(
            "request", method=method, path=path, status=status, elapsed_ms=round(milliseconds, 2)
        )

    def request_failed(self, *, method: str, path: str, error: BaseException) -> None:
        """Note a bug with its traceback."""
        self._log.error("request failed", method=method, path=path, exc_info=error)

    def _request_children(self, method: str, route: str, status: int) -> Any:  # noqa: ANN401 - prometheus children
        return (
            self._metrics.requests.labels(method, route, str(status)),
            self._metrics.request_seconds.labels(method, route),
        )

    def _message_children(self, name: str, outcome: str) -> Any:  # noqa: ANN401 - as above
        return self._metrics.messages.labels(name, outcome), self._metrics.message_seconds.labels(
            name
        )


class LoggingHubObserver:
    """Observes the hub."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._log: Any = structlog.get_logger()

    def connected(self) -> None:
        """Note a new connection."""
        self._metrics.sockets.inc()

    def disconnected(self) -> None:
        """Note the end of a connection."""
        self._metrics.sockets.dec()

    def handled(self, event: str, *, outcome: str, milliseconds: float) -> None:
        """Write a line and count."""
        self._metrics.hub_messages.labels(event, outcome).inc()
        self._log.info(
            "hub message", message=event, outcome=outcome, elapsed_ms=round(milliseconds, 2)
        )

    def failed(self, event: str, error: BaseException) -> None:
        """Note a bug with its traceback."""
        self._log.error("hub message failed", message=event, exc_info=error)

    def delivered(self, count: int) -> None:
        """Count pushes."""
        self._metrics.deliveries.inc(count)

    def dropped(self, sid: str) -> None:
        """Count and warn."""
        self._metrics.dropped.inc()
        self._log.warning("dropped a client that stopped reading", sid=sid)
