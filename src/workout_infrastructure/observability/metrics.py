"""The figures `/metrics` shows, in one registry per process."""

from typing import Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)

_BUCKETS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """All metric families of one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = self._counter(
            "http_requests_total", "Requests answered.", "method", "route", "status"
        )
        self.request_seconds = self._histogram(
            "http_request_duration_seconds", "Time to answer a request.", "method", "route"
        )
        self.messages = self._counter(
            "messages_total", "Commands and queries handled.", "message", "outcome"
        )
        self.message_seconds = self._histogram(
            "message_duration_seconds", "Time to handle a message.", "message"
        )
        self.cache = self._counter(
            "cache_requests_total",
            "Look-ups of answers: hit, miss, off, renewed or not_renewed.",
            "category",
            "component",
            "result",
        )
        self.sockets = self._gauge("hub_connections", "Sockets connected.")
        self.hub_messages = self._counter(
            "hub_messages_total", "Socket messages handled.", "event", "outcome"
        )
        self.deliveries = self._counter("hub_deliveries_total", "Pushes handed to sockets.")
        self.dropped = self._counter("hub_dropped_total", "Sockets dropped for not reading.")
        self.relayed = self._counter("outbox_relayed_total", "Outbox messages relayed.")
        self.outbox_lag = self._gauge(
            "outbox_oldest_seconds", "Age of the oldest message not yet relayed."
        )
        self.reactions = self._counter(
            "reactions_total", "Events handled by subscribers.", "subscriber", "outcome"
        )
        self.jobs = self._counter("jobs_total", "Attempts at background jobs.", "type", "outcome")
        self.job_seconds = self._histogram(
            "job_duration_seconds", "Time of an attempt at a background job.", "type"
        )
        self.mails = self._counter("mails_total", "Mails handed over.", "template", "outcome")

    def text(self) -> bytes:
        """Return everything in Prometheus' text format."""
        return generate_latest(self.registry)

    def _counter(self, name: str, help_: str, *labels: str) -> Counter:
        return Counter(f"workout_{name}", help_, labels, registry=self.registry)

    def _gauge(self, name: str, help_: str, *labels: str) -> Gauge:
        return Gauge(f"workout_{name}", help_, labels, registry=self.registry)

    def _histogram(self, name: str, help_: str, *labels: str) -> Histogram:
        return Histogram(f"workout_{name}", help_, labels, registry=self.registry, buckets=_BUCKETS)
