"""What reporting needs from elsewhere, in its own words."""

from typing import Protocol

from workout_application.reporting.documents import ReportDocument, Table
from workout_application.reporting.series import ChartSeries


class ChartDrawer(Protocol):
    """
    Draws charts; the same chart gives the same bytes.

    Raises:
        Unavailable: too many drawings wait already.
    """

    async def svg(self, chart: ChartSeries, /) -> bytes:
        """Return a standalone SVG document in UTF-8."""
        ...

    async def png(self, chart: ChartSeries, /) -> bytes:
        """Return a PNG image."""
        ...


class DocumentWriter(Protocol):
    """
    Writes documents as files; the same document gives the same bytes.

    Raises:
        Unavailable: too many drawings wait already.
    """

    async def pdf(self, document: ReportDocument, /) -> bytes:
        """Return a PDF file."""
        ...


class TableWriter(Protocol):
    """Writes tables as text that spreadsheets read."""

    def csv(self, *tables: Table) -> bytes:
        """
        Return CSV in UTF-8.

        One table is its header and its rows; several stand below one another, each under its
        title, with an empty line between them.
        """
        ...
