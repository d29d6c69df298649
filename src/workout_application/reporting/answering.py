"""Answers reports in whatever form they are asked for."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any, Final

from workout_application.encoding import encode
from workout_application.reporting.documents import Table
from workout_application.reporting.keeping import KeptReports
from workout_application.reporting.ports import ChartDrawer, Person, TableWriter
from workout_application.reporting.questions import ReportFormat
from workout_application.reporting.series import ChartSeries
from workout_shared.clock import Clock
from workout_shared.pages import Page, PageRequest

_MEDIA_TYPES: Final = {
    ReportFormat.JSON: "application/json",
    ReportFormat.SERIES: "application/json",
    ReportFormat.SVG: "image/svg+xml",
    ReportFormat.PNG: "image/png",
    ReportFormat.CSV: "text/csv; charset=utf-8",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """
    What a report says, before it takes a form.

    ``data`` is shown as it is; a list is one page of ``total`` rows. Chart and tables are made
    only where they are asked for.
    """

    data: Any
    chart: Callable[[], ChartSeries]
    tables: Callable[[], Sequence[Table]]
    page: PageRequest | None = None
    total: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportAnswer:
    """
    A report in its form; JSON still lacks the envelope.

    Everything committed by ``as_of`` is in it. ``tag`` stays the same while the report says the
    same, whenever it was made.
    """

    body: bytes
    media_type: str
    is_json: bool
    as_of: datetime
    generated_at: datetime
    tag: str
    page: int = 0
    page_size: int = 0
    total: int = 0

    @property
    def pages(self) -> Page[bytes] | None:
        """The figures of the page, where the report is a list."""
        if not self.page_size:
            return None
        return Page(items=[], page=self.page, page_size=self.page_size, total_items=self.total)


class ReportDesk:
    """Gives reports their form, and keeps what it answered until something it says changes."""

    def __init__(
        self, kept: KeptReports, drawer: ChartDrawer, tables: TableWriter, clock: Clock
    ) -> None:
        self._kept, self._drawer, self._tables, self._clock = kept, drawer, tables, clock

    async def answer(
        self,
        component: str,
        person: Person,
        form: ReportFormat,
        *,
        asked: object,
        depends_on: tuple[str, ...],
        make: Callable[[], Awaitable[Report]],
        seconds: float | None = None,
    ) -> ReportAnswer:
        """
        Answer a question about somebody, whom the caller may see.

        ``asked`` says in its repr everything the report depends on, and nothing of who asks. It
        is kept for so many ``seconds``, if not as long as reports usually are.
        """

        async def written() -> ReportAnswer:
            as_of = self._clock.now()
            return await self._written(await make(), form, as_of=as_of)

        return await self._kept.answer(
            component,
            person.user_id,
            asked,
            depends_on=depends_on,
            form=ReportAnswer,
            make=written,
            seconds=seconds,
        )

    async def _written(
        self, report: Report, form: ReportFormat, *, as_of: datetime
    ) -> ReportAnswer:
        is_list = report.page is not None and form is ReportFormat.JSON
        body = await self._body(report, form)
        figures = (report.page.page, report.page.page_size) if report.page and is_list else (0, 0)
        return ReportAnswer(
            body=body,
            media_type=_MEDIA_TYPES[form],
            is_json=form in {ReportFormat.JSON, ReportFormat.SERIES},
            as_of=as_of,
            generated_at=self._clock.now(),
            tag=blake2b(body + repr((figures, report.total)).encode(), digest_size=12).hexdigest(),
            page=figures[0],
            page_size=figures[1],
            total=report.total,
        )

    async def _body(self, report: Report, form: ReportFormat) -> bytes:
        match form:
            case ReportFormat.JSON:
                return encode(report.data)
            case ReportFormat.SERIES:
                return encode(report.chart())
            case ReportFormat.SVG:
                return await self._drawer.svg(report.chart())
            case ReportFormat.PNG:
                return await self._drawer.png(report.chart())
            case ReportFormat.CSV:
                return self._tables.csv(*report.tables())
