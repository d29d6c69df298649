"""Becoming a trainer or an athlete is something that happened."""

import uuid
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from tests.builders.coaching import a_trainer, an_athlete
from workout_domain.coaching.events import (
    AthleteProfileOpened,
    AthleteProfileUpdated,
    TrainerProfileOpened,
    TrainerProfileUpdated,
)
from workout_domain.coaching.profiles import LONGEST_BIO, Athlete, Trainer
from workout_domain.kernel.errors import Invalid
from workout_domain.kernel.load import Load

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


@pytest.mark.requirement("COA-01")
def test_a_trainer_describes_themselves() -> None:
    trainer = a_trainer()

    trainer.describe(bio="b" * LONGEST_BIO, specialization="Strength", at=NOON)

    assert (trainer.bio, trainer.specialization) == ("b" * LONGEST_BIO, "Strength")
    assert trainer.take_events() == (
        TrainerProfileUpdated(occurred_at=NOON, trainer_id=trainer.id, user_id=trainer.user_id),
    )


@pytest.mark.requirement("COA-01")
def test_an_athlete_is_measured() -> None:
    athlete = an_athlete()

    athlete.measure(height=Decimal(180), weight=Load(Decimal("80.5")), at=NOON)

    assert (athlete.height, athlete.weight) == (Decimal(180), Load(Decimal("80.5")))
    assert athlete.take_events() == (
        AthleteProfileUpdated(occurred_at=NOON, athlete_id=athlete.id, user_id=athlete.user_id),
    )


@pytest.mark.parametrize("height", [Decimal("49.9"), Decimal("280.1"), Decimal(0), Decimal(-170)])
def test_a_height_nobody_has_is_refused(height: Decimal) -> None:
    with pytest.raises(Invalid) as refusal:
        an_athlete().measure(height=height, weight=None, at=NOON)

    assert refusal.value.errors[0].pointer == "/height"


def test_nobody_weighs_nothing() -> None:
    with pytest.raises(Invalid) as refusal:
        an_athlete().measure(height=None, weight=Load(Decimal(0)), at=NOON)

    assert refusal.value.errors[0].pointer == "/weight"


def test_a_closed_profile_says_nothing() -> None:
    trainer, athlete = a_trainer(), an_athlete()
    trainer.describe(bio="Strong", specialization="Strength", at=NOON)
    athlete.measure(height=Decimal(180), weight=Load(Decimal(80)), at=NOON)

    trainer.close(at=NOON)
    athlete.close(at=NOON)

    assert (trainer.bio, trainer.specialization) == (None, None)
    assert (athlete.height, athlete.weight) == (None, None)
