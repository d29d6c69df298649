"""From the bytes of a delimited file to rows that know where they stand in it."""

import csv
import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MAX_BYTES = 50 * 1024 * 1024
MAX_ROWS = 500_000
MAX_FIELD_CHARACTERS = 10_000
MAX_LINES_OF_ONE_ROW = 100
# What a file of broken quotes may cost, in characters read again; a line counts a little extra.
_REREADING_BUDGET = 64_000_000
_LINE_COST = 64
_MAX_RAW_CHARACTERS = 1_000
_DELIMITERS = (",", ";", "\t")


class UnreadableLog(ValueError):
    """
    The file as a whole cannot be read; nothing was taken from it.

    `code` is stable: empty_file, too_large, not_utf8, too_many_rows, ambiguous_dates,
    duplicate_column or unknown_format.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class UnknownLogFormat(UnreadableLog):
    """The header belongs to no product this reader knows, or names one column twice."""


class RowProblem(ValueError):
    """One row cannot be taken over; the others can. `reason` is a stable code."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message


@dataclass(frozen=True, slots=True)
class Row:
    """
    One data row.

    `line` is the 1-based physical line it starts on, `raw` its text, `problem` what is wrong with
    its shape. Its cells may only be trusted when there is no problem.
    """

    line: int
    cells: tuple[str, ...]
    raw: str
    problem: RowProblem | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A delimited file, opened: its header, and its rows on demand."""

    header: tuple[str, ...]
    delimiter: str
    lines: Sequence[str]
    header_line: int

    def rows(self) -> Iterator[Row]:
        """
        Yield every data row in file order, from the start at each call; blank lines are no rows.

        A quote that is never closed costs only its own line: reading resumes on the next one. In a
        file that does so all the time, rows of several lines are given up in the end.

        Raises:
            UnreadableLog: there are more than MAX_ROWS rows.
        """
        feed = _LineFeed(self.lines, self.header_line)
        count = 0
        while (cells := feed.next_record(self.delimiter, len(self.header))) != []:
            count += 1
            if count > MAX_ROWS:
                raise UnreadableLog("too_many_rows", f"The file has more than {MAX_ROWS} rows.")
            yield self._row(feed, cells)

    def _row(self, feed: "_LineFeed", cells: list[str] | None) -> Row:
        raw = "".join(self.lines[feed.start : feed.position]).rstrip("\r\n")
        problem = _shape_problem(raw, cells, len(self.header))
        shown = raw[:_MAX_RAW_CHARACTERS].replace("\0", "\N{SYMBOL FOR NULL}")
        return Row(feed.start + 1, tuple(cells or ()), shown, problem)


def open_table(content: bytes) -> Table:
    """
    Decode a file, find its header line and the delimiter used on it.

    Raises:
        UnreadableLog: the file is empty, larger than MAX_BYTES, or not UTF-8.
    """
    if len(content) > MAX_BYTES:
        raise UnreadableLog("too_large", f"The file is larger than {MAX_BYTES // 1024**2} MB.")
    lines = list(io.StringIO(_decoded(content), newline=""))
    index = next((i for i, line in enumerate(lines) if not _is_preamble(line)), None)
    if index is None:
        raise UnreadableLog("empty_file", "The file holds no text.")
    splits = {mark: _split_header(lines[index], mark) for mark in _DELIMITERS}
    delimiter = max(_DELIMITERS, key=lambda mark: len(splits[mark]))
    return Table(splits[delimiter], delimiter, lines, index + 1)


def plain(text: str) -> str:
    """Fold a word for comparison: no accents, no case, every kind of space one plain space."""
    if text.isascii():
        return " ".join(text.lower().split())
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())


class _OpenQuoteError(Exception):
    """A quoted field runs on past what one row may hold."""


class _LineFeed:
    """Hands physical lines to the csv reader one row at a time, and can go back."""

    def __init__(self, lines: Sequence[str], position: int) -> None:
        self._lines = lines
        self.start = self.position = position
        self._budget = _REREADING_BUDGET

    def __iter__(self) -> "_LineFeed":
        return self

    def __next__(self) -> str:
        if self.position >= len(self._lines) and self.position == self.start:
            raise StopIteration
        allowed = MAX_LINES_OF_ONE_ROW if self._budget > 0 else 1
        if self.position >= min(len(self._lines), self.start + allowed):
            raise _OpenQuoteError
        self.position += 1
        return self._lines[self.position - 1]

    def next_record(self, delimiter: str, width: int) -> list[str] | None:
        """Give the next record's cells; None when its quoting is broken, [] at the end."""
        self._skip_blank_lines()
        self.start = self.position
        try:
            cells = next(csv.reader(self, delimiter=delimiter), [])
        except (csv.Error, _OpenQuoteError):
            cells = None
        spans_lines = self.position > self.start + 1
        if cells is None or (spans_lines and len(cells) != width):
            self._give_back()
            return None
        return cells

    def _give_back(self) -> None:
        """Let the lines that a stray quote swallowed be read again."""
        swallowed = self._lines[self.start + 1 : self.position]
        self._budget -= sum(len(line) + _LINE_COST for line in swallowed)
        self.position = self.start + 1

    def _skip_blank_lines(self) -> None:
        while self.position < len(self._lines) and not self._lines[self.position].strip("\r\n"):
            self.position += 1


def _shape_problem(raw: str, cells: list[str] | None, width: int) -> RowProblem | None:
    if "\0" in raw:
        return RowProblem("nul_byte", "The row holds a NUL character.")
    if cells is None:
        return RowProblem("broken_quotes", "A quotation mark in the row is never closed.")
    if not any(cell.strip() for cell in cells):
        return RowProblem("blank_row", "Every cell of the row is empty.")
    if len(cells) != width:
        return RowProblem(
            "column_count", f"The row has {len(cells)} columns where the header has {width}."
        )
    if any(len(cell) > MAX_FIELD_CHARACTERS for cell in cells):
        return RowProblem(
            "field_too_long", f"A cell is longer than {MAX_FIELD_CHARACTERS} characters."
        )
    return None


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"The file is not UTF-8 text (line {line}); export it again as UTF-8."
        raise UnreadableLog("not_utf8", message) from error


def _is_preamble(line: str) -> bool:
    """Blank lines, and the `sep=;` hint that spreadsheets write, come before the header."""
    text = line.strip().lower()
    return not text or (text.startswith("sep=") and len(text) <= len("sep=") + 1)


def _split_header(line: str, delimiter: str) -> tuple[str, ...]:
    if len(line) > MAX_FIELD_CHARACTERS:
        return ()
    return tuple(next(csv.reader([line], delimiter=delimiter), []))
