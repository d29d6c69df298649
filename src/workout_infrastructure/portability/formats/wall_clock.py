"""Dates as training apps and spreadsheets write them, in six languages."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from itertools import groupby
from zoneinfo import ZoneInfo

from workout_infrastructure.portability.formats.reading import (
    RowProblem,
    UnreadableLog,
    plain,
)

_YEARS = range(1950, 2101)
_MAX_CHARACTERS = 64
_DECEMBER = 12
_NOON = 12

_MONTH_WORDS = (
    "jan january janv janvier januar janner ene enero gen gennaio janeiro",
    "feb february fev fevr fevrier februar febrero febbraio fevereiro",
    "mar march mars marz mrz marzo marco",
    "apr april avr avril abr abril aprile",
    "may mai mayo mag maggio maio",
    "jun june juin juni junio giu giugno junho",
    "jul july juil juillet juli julio lug luglio julho",
    "aug august aout ago agosto",
    "sep sept september septembre septiembre setiembre set settembre setembro",
    "oct october octobre okt oktober octubre ott ottobre out outubro",
    "nov november novembre noviembre novembro",
    "dec december decembre dez dezember dic diciembre dicembre dezembro",
)
_MONTHS = {word: n for n, words in enumerate(_MONTH_WORDS, 1) for word in words.split()}

_TIME = (
    r"(?:(?:t|[ ,]+(?:(?:at|a|um|as|a las|alle|alle ore) )?)"
    r"(?P<hour>\d{1,2})[:h](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"(?: ?(?P<half>[ap])\.? ?m\.?)?(?: uhr)? ?(?P<offset>z|[+-]\d{2}:?\d{2})?)?"
)
_NUMERIC_DAY = r"(?P<first>\d{1,2})(?P<mark>[./-])(?P<second_part>\d{1,2})(?P=mark)(?P<year>\d{4})"
_DAYS = (
    r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})",
    r"(?P<day>\d{1,2})(?:er|o|\.)?[ -]?(?:de )?(?P<word>[a-z]+)\.?[ ,-]*(?:de )?(?P<year>\d{4})",
    r"(?P<word>[a-z]+)\.? ?(?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})",
    _NUMERIC_DAY,
)
_PATTERNS = tuple(re.compile(day + _TIME, re.ASCII) for day in _DAYS)
_NUMERIC = re.compile(_NUMERIC_DAY + _TIME, re.ASCII)


class WallClock:
    """
    Reads wall-clock times of one file in one zone, and remembers what it has read.

    A time that a clock change skips or repeats is taken with the offset before the change
    (fold 0). `day_first` says how `03/04/2026` is meant; None refuses it unless it is clear.
    """

    def __init__(self, zone: ZoneInfo, *, day_first: bool | None) -> None:
        self._zone = zone
        self._day_first = day_first
        self._known: dict[str, datetime] = {}

    def instant(self, text: str) -> datetime:
        """
        Give the UTC instant of a date and time, to the second.

        Raises:
            RowProblem: bad_date or ambiguous_date.
        """
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = self._read(text)
        return known

    def _read(self, text: str) -> datetime:
        match = _first_match(text)
        if match is None:
            raise RowProblem("bad_date", f"“{text[:_MAX_CHARACTERS]}” is not a date and time.")
        try:
            return self._instant(match)
        except RowProblem:
            raise
        except (ValueError, LookupError) as error:
            message = f"“{text[:_MAX_CHARACTERS]}” is not a day of the calendar."
            raise RowProblem("bad_date", message) from error

    def _instant(self, match: re.Match[str]) -> datetime:
        year, month, day = int(match["year"]), *self._month_and_day(match)
        if year not in _YEARS:
            raise RowProblem("bad_date", f"The year {year} is out of range.")
        zone = _offset(match["offset"]) or self._zone
        minute, second = int(match["minute"] or 0), int(match["second"] or 0)
        local = datetime(year, month, day, _hour(match), minute, second, tzinfo=zone, fold=0)
        return local.astimezone(UTC)

    def _month_and_day(self, match: re.Match[str]) -> tuple[int, int]:
        groups = match.groupdict()
        if "first" in groups:
            return self._ordered(match)
        month = _MONTHS[groups["word"]] if "word" in groups else int(groups["month"])
        return month, int(groups["day"])

    def _ordered(self, match: re.Match[str]) -> tuple[int, int]:
        first, second = int(match["first"]), int(match["second_part"])
        day_first = _evidence(match)
        if day_first is None:
            day_first = True if first == second else self._day_first
        if day_first is None:
            raise RowProblem("ambiguous_date", "Day and month of the date cannot be told apart.")
        return (second, first) if day_first else (first, second)


def settle_day_order(texts: Iterable[str]) -> bool | None:
    """
    Find out from all dates of a file whether `03/04/2026` has the day first.

    Answers None when no date needs it or when the dates contradict one another.

    Raises:
        UnreadableLog: ambiguous_dates, when some date needs it and none settles it.
    """
    unsettled = False
    seen: set[bool] = set()
    for match in _numeric_dates(texts):
        evidence = _evidence(match)
        if evidence is not None:
            seen.add(evidence)
        elif match["first"] != match["second_part"]:
            unsettled = True
    if unsettled and not seen:
        message = "Whether the day or the month comes first in the dates of this file is not clear."
        raise UnreadableLog("ambiguous_dates", message)
    return seen.pop() if len(seen) == 1 else None


def _numeric_dates(texts: Iterable[str]) -> Iterator[re.Match[str]]:
    for text, _ in groupby(texts):  # the rows of one workout repeat its date
        match = _NUMERIC.fullmatch(plain(text)) if len(text) <= _MAX_CHARACTERS else None
        if match:
            yield match


def _first_match(text: str) -> re.Match[str] | None:
    if len(text) > _MAX_CHARACTERS:
        return None
    folded = plain(text)
    return next((match for each in _PATTERNS if (match := each.fullmatch(folded))), None)


def _evidence(match: re.Match[str]) -> bool | None:
    if match["mark"] == ".":
        return True
    if int(match["first"]) > _DECEMBER:
        return True
    return False if int(match["second_part"]) > _DECEMBER else None


def _hour(match: re.Match[str]) -> int:
    hour, half = int(match["hour"] or 0), match["half"]
    if half is None:
        return hour
    if hour > _NOON:
        raise RowProblem("bad_date", f"The hour {hour} does not go with AM or PM.")
    return hour % _NOON + (_NOON if half == "p" else 0)


def _offset(text: str | None) -> timezone | None:
    if not text:
        return None
    if text == "z":
        return UTC
    ahead = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(-ahead if text[0] == "-" else ahead)
