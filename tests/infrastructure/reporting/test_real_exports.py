"""Real exports as somebody's history: every figure equals what the file adds up to."""

from decimal import Decimal
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from tests.builders.histories import Performed, Repetition, Training
from tests.infrastructure.reporting import naive
from tests.infrastructure.reporting.conftest import Ledger
from tests.infrastructure.reporting.test_folding import check_records, shown
from workout_application.reporting.questions import Window
from workout_domain.kernel.load import KILOGRAMS_PER_POUND
from workout_domain.portability.training_log import LoggedSet, LoggedWorkout, TrainingLog
from workout_infrastructure.portability.formats.detect import read_training_log
from workout_shared.pages import PageRequest

# They may lie beside the checkout; the product does not need them.
EXPORTS = sorted(
    (Path(__file__).resolve().parents[3].parent / "shared" / "data" / "exports").glob("*.csv")
)
CODES = {"warmup": "warm_up", "warm_up": "warm_up", "drop": "drop_set", "failure": "failure"}


def read(path: Path) -> TrainingLog:
    """Read a file as its owner would."""
    return read_training_log(
        path.read_bytes(), zone=ZoneInfo("Europe/Warsaw"), default_unit="kilograms"
    )


def performed(one: LoggedSet, exercise_id: UUID) -> Performed:
    """Take a set over; what has no weight moved nothing that is known."""
    kg = one.weight
    if kg is not None and one.unit == "pounds":
        kg *= KILOGRAMS_PER_POUND
    return Performed(
        exercise_id,
        [Repetition(kg=kg) for _ in range(one.reps or 0)],
        code=CODES.get(one.set_type, "normal"),
        weight=kg,
        rpe=one.rpe,
        seconds=None if one.duration_seconds is None else Decimal(one.duration_seconds),
        meters=one.distance_meters,
    )


def training(workout: LoggedWorkout, lifts: dict[str, UUID]) -> Training:
    """Take a session over."""
    sets = [one for exercise in workout.exercises for one in exercise.sets]
    return Training(
        at=workout.started_at,
        zone="Europe/Warsaw",
        minutes=workout.duration_minutes,
        sets=[performed(one, lifts[one.exercise_name]) for one in sets],
    )


if EXPORTS:

    @pytest.mark.requirement("REP-01", "REP-02", "REP-05")
    @pytest.mark.parametrize("path", EXPORTS, ids=lambda path: path.name)
    async def test_real_histories_add_up(
        ledger: Ledger, catalogue: dict[str, list[str]], path: Path
    ) -> None:
        log = read(path)
        names = sorted({one.name for workout in log.workouts for one in workout.exercises})
        ids = [UUID(one) for of_measure in catalogue.values() for one in of_measure]
        lifts = dict(zip(names, ids[: len(names)], strict=True))
        account = await ledger.account()
        for workout in log.workouts:
            await account.save(training(workout, lifts))

        await ledger.fold(account)

        sets = [one for session in account.sessions for one in session.counted]
        overall = await ledger.figures.overall(account.user_id, Window(), None)
        assert shown(overall.figures) == naive.figures(sets)
        page = await ledger.figures.exercises(
            account.user_id, Window(), None, PageRequest(page_size=100)
        )
        of_exercises = naive.exercises_of(account.sessions)
        assert page.total == len(names) == len(of_exercises)
        for one in page.items:
            done = of_exercises[UUID(one.exercise_id)]
            assert shown(one.figures) == naive.figures(each for _, each in done)
        await check_records(ledger, account, list(lifts.values()))
        assert await ledger.differences(account) == []
