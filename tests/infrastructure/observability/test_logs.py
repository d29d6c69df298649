"""One JSON object per line, whoever writes it."""

import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from workout_application.messaging.correlation import correlation_id
from workout_infrastructure.observability.logs import configure_logs
from workout_infrastructure.observability.metrics import Metrics
from workout_infrastructure.observability.observers import LoggingObserver

Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def log_file(tmp_path: Path) -> Iterator[Path]:
    """Log everything to a file for the length of a test."""
    handlers, level = logging.root.handlers[:], logging.root.level
    configure_logs("DEBUG", file=tmp_path / "folder" / "workout.log")
    token = correlation_id.set("the-request")
    yield tmp_path / "folder" / "workout.log"
    correlation_id.reset(token)
    structlog.reset_defaults()
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)


@pytest.fixture
def lines(log_file: Path) -> Lines:
    """Return what reads the log; it fails where a line is no JSON object."""
    return lambda: [json.loads(line) for line in log_file.read_text(encoding="utf-8").splitlines()]


@pytest.mark.requirement("OBS-01", "OBS-05")
def test_a_line_is_an_object_with_time_level_event_and_correlation_id(lines: Lines) -> None:
    structlog.get_logger().info("something happened", answer=42)

    (line,) = lines()
    assert line == {
        "time": line["time"],
        "level": "info",
        "event": "something happened",
        "correlation_id": "the-request",
        "answer": 42,
    }
    assert line["time"].endswith("Z")


@pytest.mark.requirement("OBS-01")
def test_the_console_gets_the_same_lines(capfdbinary: Any, tmp_path: Path) -> None:
    configure_logs("INFO", file=tmp_path / "log")
    structlog.get_logger().info("seen twice")
    structlog.reset_defaults()

    assert json.loads(capfdbinary.readouterr().out)["event"] == "seen twice"
    assert json.loads((tmp_path / "log").read_bytes())["event"] == "seen twice"


@pytest.mark.requirement("OBS-01")
@pytest.mark.parametrize(
    ("level", "name"),
    [
        *((logging.INFO, "info"), (logging.WARNING, "warning")),
        *((logging.ERROR, "error"), (logging.CRITICAL, "critical")),
    ],
)
def test_a_library_s_line_has_the_same_form_and_its_own_level(
    lines: Lines, level: int, name: str
) -> None:
    logging.getLogger("some.library").log(level, "%s is %d", "this", 7)

    (line,) = lines()
    assert (line["level"], line["event"], line["logger"]) == (name, "this is 7", "some.library")
    assert line["correlation_id"] == "the-request"


def test_a_library_s_line_whose_arguments_do_not_fit_is_not_lost(lines: Lines) -> None:
    record = logging.LogRecord("some.library", logging.INFO, "", 0, "%d %d", ("x",), None)
    logging.root.handlers[0].handle(record)

    assert [line["event"] for line in lines()] == ["%d %d"]


@pytest.mark.requirement("OBS-16")
@pytest.mark.parametrize("log", [structlog.get_logger(), logging.getLogger("some.library")])
def test_an_exception_is_a_field_of_its_line(lines: Lines, log: Any) -> None:
    try:
        _ = 1 / 0
    except ZeroDivisionError:
        log.exception("failed")

    (line,) = lines()
    assert line["level"] == "error"
    assert line["correlation_id"] == "the-request"
    assert line["exception"].startswith("Traceback")
    assert line["exception"].endswith("ZeroDivisionError: division by zero")


@pytest.mark.parametrize(
    "value", ["a\nb", "\x00", "\ud800", "💪", 2**70, float("nan"), object(), {1: 2}, b"\xff"]
)
def test_whatever_is_logged_stays_one_line_of_json(lines: Lines, value: object) -> None:
    structlog.get_logger().warning("odd", value=value)

    assert [line["event"] for line in lines()] == ["odd"]


@pytest.mark.requirement("OBS-01")
def test_a_log_file_rolls_before_it_grows_too_large(log_file: Path, lines: Lines) -> None:
    configure_logs("INFO", file=log_file, largest_file_bytes=2000)
    for number in range(40):
        structlog.get_logger().info("a line of some length", number=number)

    rolled = sorted(log_file.parent.iterdir())
    assert len(rolled) > 2
    assert all(file.stat().st_size <= 2000 for file in rolled)
    assert lines()[-1]["number"] == 39


@pytest.mark.requirement("OBS-04")
@pytest.mark.parametrize(
    ("milliseconds", "level", "event"),
    [
        (1001, "warning", "Slow operation detected"),
        (1000.1, "warning", "Slow operation detected"),
        (1000, "debug", "Operation completed"),
        (1, "debug", "Operation completed"),
    ],
)
def test_an_operation_of_more_than_a_second_is_warned_of(
    lines: Lines, milliseconds: float, level: str, event: str
) -> None:
    observer = LoggingObserver(Metrics(), slow_milliseconds=1000)

    observer.finished("GetMe", milliseconds=milliseconds, outcome="ok")

    (line,) = lines()
    assert (line["level"], line["event"], line["operation"]) == (level, event, "GetMe")
    assert line["elapsed_ms"] == milliseconds


def test_the_metrics_have_every_family() -> None:
    metrics = Metrics()
    observer = LoggingObserver(metrics, slow_milliseconds=1000)
    observer.finished("GetMe", milliseconds=3, outcome="ok")
    observer.request_finished(
        method="GET", route="/api/v1/me", path="/api/v1/me", status=200, milliseconds=4
    )

    text = metrics.text().decode()
    families = {line.split()[2] for line in text.splitlines() if line.startswith("# TYPE")}
    assert families >= {
        "workout_http_requests_total",
        "workout_http_request_duration_seconds",
        "workout_messages_total",
        "workout_message_duration_seconds",
        "workout_cache_requests_total",
        "workout_hub_connections",
        "workout_hub_messages_total",
        "workout_hub_deliveries_total",
        "workout_hub_dropped_total",
        "workout_outbox_relayed_total",
        "workout_outbox_oldest_seconds",
        "workout_reactions_total",
    }
    assert 'workout_messages_total{message="GetMe",outcome="ok"} 1.0' in text
    assert 'route="/api/v1/me",status="200"} 1.0' in text
