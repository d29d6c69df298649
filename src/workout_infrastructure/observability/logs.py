"""One JSON object per line on standard output: bytes written at once, not through stdlib."""

import atexit
import contextlib
import json
import logging
import logging.handlers
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, Final

import orjson
import structlog
from structlog.typing import EventDict, Processor

from workout_application.messaging.correlation import correlation_id
from workout_infrastructure.observability.log_server import LogServer

LARGEST_FILE_BYTES: Final = 10_000_000
KEPT_FILES: Final = 5

Flush = Callable[[], None]


def configure_logs(
    level: str,
    *,
    file: Path | None = None,
    url: str = "",
    largest_file_bytes: int = LARGEST_FILE_BYTES,
) -> Flush:
    """
    Send the product's and its libraries' lines to standard output, a rolling file and a server.

    Returns what posts the last lines to the server. It is called at exit; a process that a signal
    ends has no such moment and calls it before.
    """
    number = logging.getLevelNamesMapping()[level.upper()]
    sink: Any = _Sink(sys.stdout.buffer, file, largest_file_bytes)
    processors: list[Processor] = [
        _add_correlation_id,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(serializer=_dumps),
    ]
    filtering = structlog.make_filtering_bound_logger(number)
    flush: Flush = _nothing
    if url:
        here = structlog.wrap_logger(sink, processors=processors, wrapper_class=filtering)
        server = LogServer(url, tell=here.warning)
        sink, flush = _SharedSink(sink, server), server.close
        atexit.register(flush)
    structlog.configure(
        processors=processors,
        wrapper_class=filtering,
        logger_factory=lambda *_: sink,
        cache_logger_on_first_use=True,
    )
    root = logging.getLogger()
    root.handlers[:] = [_ToStructlog()]
    root.setLevel(max(number, logging.INFO))
    # Their chatter at INFO repeats what the access line says, or holds clients' data.
    for noisy in ("uvicorn.access", "socketio", "engineio", "arq", "asyncio"):
        logging.getLogger(noisy).setLevel(max(number, logging.WARNING))
    return flush


def _nothing() -> None:
    pass


def _add_correlation_id(_logger: object, _method: str, event: EventDict) -> EventDict:
    event.setdefault("correlation_id", correlation_id.get())
    return event


def _dumps(event: EventDict, **_options: object) -> bytes:
    try:
        return orjson.dumps(event, default=str, option=orjson.OPT_APPEND_NEWLINE)
    except TypeError:
        # A lone surrogate, a huge number or a key that is no text must not lose the line.
        return json.dumps(event, default=str, skipkeys=True).encode() + b"\n"


class _Sink:
    """Writes whole lines; a full disk or a closed pipe must not fail a request."""

    def __init__(self, stream: BinaryIO, file: Path | None, largest_file_bytes: int) -> None:
        self._stream, self._lock = stream, threading.Lock()
        self._file = None
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._file = logging.handlers.RotatingFileHandler(
                file, maxBytes=largest_file_bytes, backupCount=KEPT_FILES, encoding="utf-8"
            )

    def msg(self, line: bytes) -> None:
        # Nowhere is left to report that the log itself cannot be written.
        with self._lock, contextlib.suppress(OSError, ValueError):
            self._stream.write(line)
            self._stream.flush()
        if self._file is not None:
            text = line.decode().rstrip("\n")
            record = logging.LogRecord("workout", logging.INFO, "", 0, text, None, None)
            self._file.handle(record)

    debug = info = warning = error = critical = exception = fatal = log = msg


class _SharedSink:
    """Lets a server have what is written here."""

    def __init__(self, here: _Sink, server: LogServer) -> None:
        self._here, self._server = here, server

    def msg(self, line: bytes) -> None:
        self._here.msg(line)
        self._server.put(line)

    debug = info = warning = error = critical = exception = fatal = log = msg


class _ToStructlog(logging.Handler):
    """Passes the libraries' lines on in the same form."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            text = record.getMessage()
        except (TypeError, ValueError):
            # A library's line whose arguments do not fit its text.
            text = str(record.msg)
        level = max(logging.DEBUG, min(record.levelno // 10 * 10, logging.CRITICAL))
        structlog.get_logger().log(level, text, logger=record.name, exc_info=record.exc_info)
