"""The entrance of ``workout work``."""

import asyncio
import signal

from workout_presentation.composition.container import Container
from workout_presentation.composition.settings import Settings
from workout_presentation.composition.worker import build_worker


async def run_worker(
    container: Container, settings: Settings, *, stopping: asyncio.Event | None = None
) -> None:
    """Run a worker until SIGTERM, SIGINT or ``stopping``; jobs under way are finished first."""
    stop = stopping if stopping is not None else asyncio.Event()
    loop = asyncio.get_running_loop()
    signals = (signal.SIGTERM, signal.SIGINT) if stopping is None else ()
    for number in signals:
        loop.add_signal_handler(number, stop.set)
    try:
        await build_worker(container, settings).run(stop)
    finally:
        for number in signals:
            loop.remove_signal_handler(number)
