"""The command `workout demo`: reads, replays, prints."""

import sys

import typer

from workout_domain.portability.training_log import TrainingLog
from workout_presentation.composition import running
from workout_presentation.demo.answers import DemoFailed
from workout_presentation.demo.replay import ReplayOptions, replay


def run_demo(log: TrainingLog, options: ReplayOptions, *, as_json: bool) -> int:
    """Replay a log and print what came of it; 1 when anything did not fit or nobody answers."""
    try:
        report = running.run(replay(log, options, progress=_progress))
    except DemoFailed as failure:
        typer.echo(f"workout demo: {failure}", err=True)
        return 1
    if as_json:
        typer.echo(report.as_json())
    else:
        typer.echo(report.as_table())
        typer.echo(
            f'\nLook at it as {report.coach} or {report.athlete}, password "{options.password}".'
        )
    return 0 if report.is_flawless else 1


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        typer.echo(f"\rsession {done} of {total}", err=True, nl=done == total)
