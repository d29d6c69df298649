"""A trainer reads the report of a month, as figures or as a file."""

from dataclasses import dataclass

from workout_application.encoding import encode
from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, requires, trainer
from workout_application.reporting.monthly import (
    MonthlyFormat,
    MonthlyReport,
    document_of,
    table_of,
    view_of,
)
from workout_application.reporting.ports import DocumentWriter, MonthlyReportReader, TableWriter
from workout_domain.reporting.month import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyReportFile:
    """A report ready to send: ``MonthlyReportView`` as JSON, or a file and what it is called."""

    content: bytes
    format: MonthlyFormat
    name: str
    revision: int


@requires(trainer)
@dataclass(frozen=True, slots=True, kw_only=True)
class GetMonthlyReport(Query[MonthlyReportFile]):
    """Answers with the report of the caller's athletes."""

    year: int
    month: int
    format: MonthlyFormat = MonthlyFormat.JSON


class GetMonthlyReportHandler:
    """Reads it and gives it the form that was asked for."""

    def __init__(
        self, reports: MonthlyReportReader, tables: TableWriter, documents: DocumentWriter
    ) -> None:
        self._reports, self._tables, self._documents = reports, tables, documents

    async def handle(self, query: GetMonthlyReport, actor: Actor) -> MonthlyReportFile:
        """
        Read it.

        Raises:
            Invalid: there is no such month.
            MonthlyReportNotFound: it was not made yet.
            Unavailable: too many documents are being written.
        """
        month = Month(query.year, query.month)
        report = await self._reports.one(month, visible_to=actor)
        return MonthlyReportFile(
            content=await self._written(report, query.format),
            format=query.format,
            name=f"monthly-report-{month}.{query.format}",
            revision=report.revision,
        )

    async def _written(self, report: MonthlyReport, form: MonthlyFormat) -> bytes:
        match form:
            case MonthlyFormat.JSON:
                return encode(view_of(report))
            case MonthlyFormat.CSV:
                return self._tables.csv(table_of(report))
            case MonthlyFormat.PDF:
                return await self._documents.pdf(document_of(report))
