"""Draws and writes on one thread of its own, so that requests in hand go on."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from workout_application.reporting.documents import ReportDocument
from workout_application.reporting.series import ChartSeries
from workout_domain.kernel.errors import Unavailable
from workout_infrastructure.threads import give_way

LONGEST_QUEUE: Final = 32


class Studio:
    """
    Implements chart drawer and document writer.

    One thread, because matplotlib draws one chart at a time; it gives way to the event loop. The
    libraries are read on the first drawing: a process that never draws does not pay for them.
    """

    def __init__(self) -> None:
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="drawing", initializer=give_way)
        self._waiting = 0

    async def svg(self, chart: ChartSeries) -> bytes:
        """Return a standalone SVG document."""
        return await self._run(lambda: _svg(chart))

    async def png(self, chart: ChartSeries) -> bytes:
        """Return a PNG image."""
        return await self._run(lambda: _png(chart))

    async def pdf(self, document: ReportDocument) -> bytes:
        """Return a PDF file."""
        return await self._run(lambda: _pdf(document))

    async def _run(self, work: Callable[[], bytes]) -> bytes:
        if self._waiting >= LONGEST_QUEUE:
            raise Unavailable("Too many charts are being drawn; try again in a moment.")
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._executor, work)
        finally:
            self._waiting -= 1


def _svg(chart: ChartSeries) -> bytes:
    from workout_infrastructure.charts.drawing import draw_svg  # noqa: PLC0415 - on first use

    return draw_svg(chart)


def _png(chart: ChartSeries) -> bytes:
    from workout_infrastructure.charts.drawing import draw_png  # noqa: PLC0415 - on first use

    return draw_png(chart)


def _pdf(document: ReportDocument) -> bytes:
    from workout_infrastructure.charts.pdf import write_pdf  # noqa: PLC0415 - on first use

    return write_pdf(document)
