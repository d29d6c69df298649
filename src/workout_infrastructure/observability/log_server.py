"""Posts log lines to a server, in batches of newline-delimited JSON, beside whatever else runs."""

import http.client
import threading
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Callable
from itertools import islice
from typing import Any, Final

MOST_WAITING: Final = 10_000
BATCH: Final = 500
REST_SECONDS: Final = 0.5
TIMEOUT_SECONDS: Final = 5.0
FIRST_PAUSE_SECONDS: Final = 1.0
LONGEST_PAUSE_SECONDS: Final = 60.0
GOODBYE_SECONDS: Final = 2.0

# Sent again, such a batch would be refused again, and hold up all that comes after it.
_NEVER_ACCEPTED: Final = frozenset({400, 413, 415, 422})

Tell = Callable[..., Any]


class LogServer:
    """
    Takes lines without ever waiting, and posts them from a thread of its own.

    At most ``most_waiting`` lines wait; newer ones are dropped. ``tell`` writes a warning to the
    other places logs go to: once when the server stops taking lines, and once when it takes them
    again, with how many were lost. A batch whose answer never came is posted again, so a line may
    arrive twice.
    """

    def __init__(
        self,
        url: str,
        *,
        tell: Tell,
        most_waiting: int = MOST_WAITING,
        timeout_seconds: float = TIMEOUT_SECONDS,
        first_pause_seconds: float = FIRST_PAUSE_SECONDS,
    ) -> None:
        self._url, self._tell, self._most_waiting = url, tell, most_waiting
        self._timeout, self._first_pause = timeout_seconds, first_pause_seconds
        self._waiting: deque[bytes] = deque()
        # Reentrant: a signal's handler may log while the same thread is in here.
        self._lock = threading.RLock()
        self._dropped = 0
        self._failures = 0
        self._news, self._closing = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._keep_posting, name="log server", daemon=True)
        self._thread.start()

    def put(self, line: bytes) -> None:
        """Let a line wait to be posted, or drop it where too many wait."""
        with self._lock:
            if len(self._waiting) >= self._most_waiting:
                self._dropped += 1
                return
            self._waiting.append(line)
            is_a_batch = len(self._waiting) == BATCH
        if is_a_batch:
            self._news.set()

    def close(self) -> None:
        """Post what waits, for at most two seconds; doing it again changes nothing."""
        self._closing.set()
        self._news.set()
        self._thread.join(GOODBYE_SECONDS)

    def _keep_posting(self) -> None:
        while not self._closing.is_set():
            if self._failures:
                self._closing.wait(self._pause())
            else:
                self._news.wait(REST_SECONDS)
            self._news.clear()
            self._post_waiting()
        self._post_waiting()

    def _pause(self) -> float:
        return min(self._first_pause * 2.0 ** min(self._failures - 1, 16), LONGEST_PAUSE_SECONDS)

    def _post_waiting(self) -> None:
        # A batch that is not full was the last: what came meanwhile waits to be more.
        size = BATCH
        while size == BATCH and (batch := self._next_batch()):
            size = len(batch)
            problem = self._post(b"".join(batch))
            if problem in _NEVER_ACCEPTED:
                self._forget(batch, lost=len(batch))
            elif problem is None:
                self._forget(batch, lost=0)
                self._note_success()
            else:
                self._note_failure(problem)
                return

    def _next_batch(self) -> list[bytes]:
        with self._lock:
            return list(islice(self._waiting, BATCH))

    def _forget(self, batch: list[bytes], *, lost: int) -> None:
        with self._lock:
            for _ in batch:
                self._waiting.popleft()
            self._dropped += lost

    def _post(self, body: bytes) -> int | str | None:
        """Return None, or else the status or the name of the error that stood in the way."""
        try:
            request = urllib.request.Request(  # noqa: S310 - the operator's URL, http by its setting
                self._url, data=body, headers={"Content-Type": "application/x-ndjson"}
            )
            with urllib.request.urlopen(request, timeout=self._timeout):  # noqa: S310 - see above
                return None
        except urllib.error.HTTPError as refused:
            refused.close()
            return refused.code
        except (OSError, ValueError, http.client.HTTPException) as error:
            return type(getattr(error, "reason", error)).__name__

    def _note_failure(self, problem: int | str) -> None:
        self._failures += 1
        if self._failures == 1:
            # Never the URL: it may hold a key.
            self._tell("log server does not take lines", problem=problem)

    def _note_success(self) -> None:
        with self._lock:
            dropped, self._dropped = self._dropped, 0
        if self._failures or dropped:
            self._tell("log server takes lines again", dropped=dropped)
        self._failures = 0
