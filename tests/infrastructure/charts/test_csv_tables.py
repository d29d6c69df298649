"""Tables as CSV: what goes in comes out, and no spreadsheet runs any of it."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workout_application.reporting.documents import Column, Table
from workout_infrastructure.charts.tables import CsvTables

SETS = Table(
    "Sets",
    (Column("Exercise"), Column("Weight (kg)"), Column("Day"), Column("At"), Column("Done")),
    (
        ('Squat, "high" bar', Decimal("1234.500"), date(2026, 1, 5),
         datetime(2026, 1, 5, 7, 30, tzinfo=UTC), True),
        ("Bench\r\npress", Decimal("-2.5"), None, None, False),
    ),
)  # fmt: skip


def read(text: bytes) -> list[list[str]]:
    """Read CSV back."""
    return list(csv.reader(io.StringIO(text.decode(), newline="")))


def test_a_table_is_its_header_and_its_rows() -> None:
    assert CsvTables().csv(SETS) == (
        b"Exercise,Weight (kg),Day,At,Done\r\n"
        b'"Squat, ""high"" bar",1234.500,2026-01-05,2026-01-05T07:30:00+00:00,true\r\n'
        b'"Bench\r\npress",-2.5,,,false\r\n'
    )


def test_several_tables_stand_below_one_another_under_their_titles() -> None:
    reps = Table("=Reps", (Column("Count"),), ((3,),))

    rows = read(CsvTables().csv(SETS, reps))

    assert rows[0] == ["Sets"]
    assert rows[-4:] == [[], ["'=Reps"], ["Count"], ["3"]]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "＝1",
        "-",
        "=cmd|' /C calc'!A0",
    ],
)
def test_text_that_a_spreadsheet_would_run_is_made_harmless(text: str) -> None:
    [header, row] = read(CsvTables().csv(Table("T", (Column(text),), ((text,),))))

    assert header == row == [f"'{text}"]


def test_a_number_below_zero_stays_a_number() -> None:
    table = Table("T", (Column("A"), Column("B")), ((-5, Decimal("-0.25")),))

    assert read(CsvTables().csv(table))[1] == ["-5", "-0.25"]


@given(st.lists(st.text(st.characters(codec="utf-8")), min_size=1, max_size=5))
def test_every_text_comes_back(cells: list[str]) -> None:
    table = Table("T", tuple(Column(f"C{place}") for place in range(len(cells))), (tuple(cells),))

    back = read(CsvTables().csv(table))[1]

    assert [text.removeprefix("'") for text in back] == [text.removeprefix("'") for text in cells]
    assert not any(text[:1] in {"=", "+", "-", "@", "\t", "\r"} for text in back)


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9
    )
)
def test_every_number_comes_back_exactly(amount: Decimal) -> None:
    [written] = read(CsvTables().csv(Table("T", (Column("A"),), ((amount,),))))[1]

    assert Decimal(written) == amount
