"""Becoming a trainer or an athlete is something that happened."""

import uuid
from datetime import UTC, datetime

import pytest

from workout_domain.coaching.events import AthleteProfileOpened, TrainerProfileOpened
from workout_domain.coaching.profiles import Athlete, Trainer

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.requirement("ARC-24", "COA-01")
def test_opening_a_trainer_profile_is_recorded() -> None:
    trainer = Trainer.open(trainer_id=uuid.UUID(int=1), user_id=uuid.UUID(int=2), at=NOON)

    assert trainer.take_events() == (
        TrainerProfileOpened(
            occurred_at=NOON, trainer_id=uuid.UUID(int=1), user_id=uuid.UUID(int=2)
        ),
    )


@pytest.mark.requirement("ARC-24", "COA-01")
def test_opening_an_athlete_profile_is_recorded() -> None:
    athlete = Athlete.open(athlete_id=uuid.UUID(int=1), user_id=uuid.UUID(int=2), at=NOON)

    assert athlete.take_events() == (
        AthleteProfileOpened(
            occurred_at=NOON, athlete_id=uuid.UUID(int=1), user_id=uuid.UUID(int=2)
        ),
    )
