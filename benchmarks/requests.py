"""The requests that are measured, ready to send."""

import itertools
from collections.abc import Sequence
from typing import Final

from benchmarks.data import Account, Running
from benchmarks.load import NextRequest, get, post

MARK: Final = '"bench-'
"""Precedes the number of a set in everything that tells of it."""

DIGITS: Final = 9


class _Numbers:
    """Gives every set of a run a number of its own."""

    def __init__(self) -> None:
        self.latest = 0

    def next(self) -> int:
        self.latest += 1
        return self.latest


numbers = _Numbers()


def pages(trainers: Sequence[Account], path: str) -> NextRequest:
    """Ask for the first page of one trainer after another; ``{id}`` is their profile."""
    return each([get(path.format(id=one.profile_id), one.token) for one in trainers])


def each(ready: Sequence[bytes]) -> NextRequest:
    """Send one request after another, and begin anew."""
    return itertools.cycle(ready).__next__


def sets(sessions: Sequence[Running]) -> NextRequest:
    """Log a set with one repetition in one session after another, as its athlete."""
    turns = itertools.cycle([_parts(_logged(one)) for one in sessions])
    return lambda: _joined(next(turns))


def numbered(request: bytes) -> NextRequest:
    """Repeat anything that tells of a set, each time of the next one."""
    parts = _parts(request)
    return lambda: _joined(parts)


def _joined(parts: tuple[bytes, bytes]) -> bytes:
    return b"%b%0*d%b" % (parts[0], DIGITS, numbers.next(), parts[1])


def _logged(running: Running) -> bytes:
    body = (
        f'{{"exercise_id":"{running.exercise_id}","set_type":"normal","weight":82.5,'
        f'"unit":"kilograms","reps":[{{}}],"client_generated_id":{MARK}{"0" * DIGITS}"}}'
    )
    path = f"/api/v1/sessions/{running.session_id}/sets"
    return post(path, running.athlete.token, body.encode())


def _parts(request: bytes) -> tuple[bytes, bytes]:
    before, mark, after = request.partition(MARK.encode())
    return before + mark, after[DIGITS:]
