"""What was sent, held against what the server answers, keeps and shows to others."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from workout_presentation.demo.planning import Training

_PLAIN: Final = ("exercise_id", "set_type", "unit", "notes", "client_generated_id")
_NUMBERS: Final = ("weight", "duration_seconds", "distance_meters", "rpe")


@dataclass(frozen=True, slots=True, kw_only=True)
class SentSet:
    """A set as it was sent, and the sequence the server gave it."""

    line: int
    body: Mapping[str, Any]
    sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mismatch:
    """Something that is not as it was sent; `line` is that of the log, if it is about one set."""

    session: str
    where: str
    what: str
    line: int | None = None


def set_differences(sent: SentSet, shown: Mapping[str, Any]) -> Iterator[str]:
    """Tell field by field what a shown set says otherwise."""
    body = sent.body
    for name in _PLAIN:
        yield from _difference(name, body.get(name), shown.get(name))
    for name in _NUMBERS:
        yield from _difference(name, _number(body.get(name)), _number(shown.get(name)))
    yield from _difference("sequence", sent.sequence, shown.get("sequence"))
    moments = (_moment(body.get("performed_at")), _moment(shown.get("performed_at")))
    yield from _difference("performed_at", *moments)
    yield from _rep_differences(body, shown)


def sets_differences(
    sent: Sequence[SentSet], shown: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[int | None, str]]:
    """Compare set by set, in order; gives the log's line and what differs."""
    known = {one.get("client_generated_id"): one for one in shown}
    ours = [one.body["client_generated_id"] for one in sent]
    theirs = [one.get("client_generated_id") for one in shown]
    if len(shown) != len(sent):
        yield None, f"{len(shown)} sets instead of {len(sent)}"
    elif theirs != ours:
        yield None, "the sets are not in the order they were sent in"
    for one in sent:
        found = known.get(one.body["client_generated_id"])
        if found is None:
            yield one.line, "the set is missing"
        else:
            yield from ((one.line, what) for what in set_differences(one, found))


def session_differences(training: Training, shown: Mapping[str, Any]) -> Iterator[str]:
    """Compare what a finished session says about itself."""
    yield from _difference("status", "completed", shown.get("status"))
    yield from _difference("name", training.name, shown.get("name"))
    yield from _difference("notes", training.notes, shown.get("notes"))
    dates = (_moment(training.session_date), _moment(shown.get("session_date")))
    yield from _difference("session_date", *dates)
    if training.duration_minutes is not None:
        minutes = _number(shown.get("duration_minutes"))
        yield from _difference("duration_minutes", training.duration_minutes, minutes)
    for log in shown.get("exercise_logs") or ():
        done = (log["completed_sets"], log["is_completed"])
        yield from _difference("progress", (log["planned_sets"], True), done)


def _rep_differences(body: Mapping[str, Any], shown: Mapping[str, Any]) -> Iterator[str]:
    expected, reps = body.get("number_reps", 0), shown.get("reps") or []
    yield from _difference("number_reps", expected, shown.get("number_reps"))
    yield from _difference("reps", expected, len(reps))
    for number, rep in enumerate(reps, start=1):
        as_sent = (number, _number(body.get("weight")), body.get("unit"), True)
        as_shown = (rep["rep_number"], _number(rep["weight"]), rep["unit"], rep["success"])
        yield from _difference(f"rep {number}", as_sent, as_shown)


def _difference(name: str, expected: object, found: object) -> Iterable[str]:
    return () if expected == found else (f"{name}: {found} instead of {expected}",)


def _number(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _moment(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)
