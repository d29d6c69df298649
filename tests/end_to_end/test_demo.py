"""A real training log, replayed as live sessions while a coach watches."""

import json
from pathlib import Path
from typing import Literal

import pytest
from typer.testing import CliRunner

from tests.conftest import RunningServer, free_port
from workout_domain.portability.training_log import TrainingLog
from workout_presentation.cli.main import app
from workout_presentation.composition.demo import fresh_credentials, read_log
from workout_presentation.demo.replay import ReplayOptions, replay
from workout_presentation.demo.report import DemoReport

# Real exports lie beside the checkout where it is developed; elsewhere the shipped log is enough.
EXPORTS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "exports"
LOGS = [None, *sorted(EXPORTS.glob("strong-*.csv"))]
LONG_LOGS = sorted(EXPORTS.glob("hevy-*.csv"))


async def replayed(
    server: RunningServer,
    log: TrainingLog,
    *,
    transport: Literal["websocket", "polling"] = "websocket",
    limit: int | None = None,
) -> DemoReport:
    """Replay a log against the test server."""
    fresh = fresh_credentials()
    options = ReplayOptions(
        url=server.url,
        name=fresh.name,
        password=fresh.password,
        file="a log",
        transport=transport,
        limit=limit,
    )
    return await replay(log, options, progress=lambda _done, _total: None)


def refuse_unless_flawless(report: DemoReport, *, sets: int, rests: int, sessions: int) -> None:
    """Insist that the coach saw exactly what the athlete sent."""
    tally = report.tally
    assert tally.mismatches == []
    assert report.is_flawless
    assert tally.is_in_order
    assert (tally.sessions, tally.gaps_resumed) == (sessions, 0)
    assert (tally.sets_sent, tally.sets_seen, len(tally.delays)) == (sets, sets, sets)
    assert (tally.rests_sent, tally.rests_seen) == (rests, rests)
    assert all(delay > 0 for delay in tally.delays)


@pytest.mark.requirement("TRN-21", "TRN-25")
@pytest.mark.parametrize("file", LOGS, ids=lambda file: file.stem if file else "shipped")
async def test_a_coach_sees_every_set_of_a_log(server: RunningServer, file: Path | None) -> None:
    log = read_log(file, zone="UTC", unit="kilograms")

    report = await replayed(server, log)

    refuse_unless_flawless(report, sets=log.sets, rests=log.rests, sessions=len(log.workouts))


@pytest.mark.parametrize(
    "file", LONG_LOGS or [None], ids=lambda file: file.stem if file else "shipped"
)
async def test_a_long_log_can_be_replayed_in_part(server: RunningServer, file: Path | None) -> None:
    log = read_log(file, zone="Europe/Berlin", unit="kilograms")
    part = 5 if file else 2
    earliest = sorted(log.workouts, key=lambda workout: workout.started_at)[:part]
    exercises = [exercise for workout in earliest for exercise in workout.exercises]
    sets = sum(len(exercise.sets) for exercise in exercises)
    rests = sum(len(exercise.entries) - len(exercise.sets) for exercise in exercises)

    report = await replayed(server, log, limit=part)

    refuse_unless_flawless(report, sets=sets, rests=rests, sessions=part)


@pytest.mark.requirement("TRN-21", "TRN-25")
async def test_long_polling_shows_the_same(server: RunningServer) -> None:
    log = read_log(None, zone="UTC", unit="pounds")

    report = await replayed(server, log, transport="polling")

    refuse_unless_flawless(report, sets=log.sets, rests=log.rests, sessions=len(log.workouts))


async def test_the_report_accounts_for_every_row(server: RunningServer) -> None:
    log = read_log(None, zone="UTC", unit="kilograms")

    report = await replayed(server, log, limit=1)

    figures = json.loads(report.as_json())
    reported = len(figures["reported_lines"])
    assert figures["rows"] == figures["sets"] + figures["rest_timers"] + reported
    assert (figures["sessions"], figures["workouts"]) == (1, len(log.workouts))
    assert figures["p99_delay_ms"] >= figures["median_delay_ms"] > 0
    labels = [line.split("  ")[0] for line in report.as_table().splitlines()]
    assert labels[-1] == "mismatches"


def test_without_a_server_the_demo_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKOUT_PORT", str(free_port()))

    ended = CliRunner().invoke(app, ["demo"])

    assert ended.exit_code == 1
    assert "No server answers at http://127.0.0.1:" in ended.output
    assert "make run" in ended.output
