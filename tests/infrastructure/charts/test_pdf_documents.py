"""Documents as PDF, read back."""

import io
import subprocess
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final

from pypdf import PdfReader

from tests.builders.charts import HOSTILE, a_chart, rising
from workout_application.reporting.documents import (
    Alignment,
    Column,
    Heading,
    Paragraph,
    Part,
    ReportDocument,
    Table,
)
from workout_infrastructure.charts.pdf import write_pdf
from workout_infrastructure.charts.studio import Studio

FIRST: Final = datetime(2026, 4, 1, 6, 30, tzinfo=UTC)
WRITE: Final = """
import hashlib
from tests.infrastructure.charts.test_pdf_documents import a_report
from workout_infrastructure.charts.pdf import write_pdf
print(hashlib.sha256(write_pdf(a_report())).hexdigest())
"""


def a_report(*parts: Part, title: str = "Training report, March 2026") -> ReportDocument:
    """Make a document with one part of each kind, or of the given ones."""
    every: tuple[Part, ...] = (
        Heading("Overview"),
        Paragraph("Twelve sessions were completed."),
        a_table(3),
        a_chart({"Squat": rising(9), "Bench": rising(9)}),
    )
    return ReportDocument(
        title=title,
        subtitle="Carla Coach",
        author="Carla Coach",
        created_at=FIRST,
        parts=parts or every,
    )


def a_table(rows: int) -> Table:
    """Make a table of athletes."""
    return Table(
        "Totals",
        (Column("Athlete", width=3), Column("Volume (kg)", Alignment.RIGHT), Column("Last")),
        tuple(
            (f"Athlete {place}", Decimal("12345.500") * place, date(2026, 3, 5))
            for place in range(rows)
        ),
    )


def pages(document: ReportDocument) -> list[str]:
    """Write a document and return the text of its pages."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(write_pdf(document))).pages]


async def test_a_document_has_its_title_its_parts_and_numbered_pages() -> None:
    reader = PdfReader(io.BytesIO(await Studio().pdf(a_report())))

    [page] = reader.pages
    text = page.extract_text()
    for shown in ("Carla Coach", "Overview", "Twelve sessions were completed.", "Totals",
                  "Athlete 2", "24,691", "2026-03-05"):  # fmt: skip
        assert shown in text
    assert "Training report, March 2026 · 1 / 1" in text
    assert len(page.images) == 1
    assert reader.metadata is not None
    assert reader.metadata.title == "Training report, March 2026"
    assert reader.metadata.author == "Carla Coach"
    assert reader.metadata.creation_date == FIRST


def test_a_long_table_goes_on_under_its_header() -> None:
    written = pages(a_report(a_table(120)))

    assert len(written) > 2
    assert all("Volume (kg)" in text for text in written)
    assert f"{len(written)} / {len(written)}" in written[-1]
    assert sum(text.count("Athlete 1") for text in written) > 0
    assert "Athlete 119" in written[-1]


def test_a_table_without_rows_says_so() -> None:
    assert "Nothing to show." in pages(a_report(a_table(0)))[0]


def test_charts_that_do_not_fit_go_to_the_next_page() -> None:
    document = a_report(*[a_chart({"Squat": rising(3)})] * 5)

    reader = PdfReader(io.BytesIO(write_pdf(document)))

    assert sum(len(page.images) for page in reader.pages) >= len(reader.pages) > 1


def test_names_of_many_scripts_are_written_and_what_has_no_letter_is_a_box() -> None:
    table = Table(
        "Names",
        (Column("Name"),),
        (("Żółć Ünïcode",), ("Ολυμπία",), ("Анна",), ("💪 lift 日本",)),
    )

    [text] = pages(a_report(table, title="Größe"))

    for shown in ("Żółć Ünïcode", "Ολυμπία", "Анна", "□ lift □□", "Größe"):
        assert shown in text


def test_whatever_people_call_their_things_a_document_is_written() -> None:
    table = Table("$<b>", tuple(Column(name) for name in HOSTILE[:6]), (HOSTILE[:6], HOSTILE[6:]))
    paragraphs = [Paragraph(name) for name in HOSTILE]

    written = pages(a_report(Heading("x" * 300), *paragraphs, table, title="long " * 100))

    assert "<script>alert(1)</script>" in "".join(written)


def test_two_processes_write_the_same_bytes() -> None:
    written = {
        subprocess.run(
            [sys.executable, "-c", WRITE],
            env={"PYTHONPATH": "src:.", "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(written) == 1
