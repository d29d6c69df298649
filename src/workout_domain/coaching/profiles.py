"""The two sides of coaching: a trainer and an athlete, each at most once per account."""

from datetime import datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from workout_domain.coaching.events import (
    AthleteProfileOpened,
    AthleteProfileUpdated,
    TrainerProfileOpened,
    TrainerProfileUpdated,
)
from workout_domain.kernel.aggregate import Aggregate
from workout_domain.kernel.errors import Invalid
from workout_domain.kernel.guards import optional_text
from workout_domain.kernel.load import Load

LONGEST_BIO: Final = 2000
LONGEST_SPECIALIZATION: Final = 200
# In centimetres; people from 54.6 to 272 of them are on record.
SHORTEST_HEIGHT: Final = Decimal(50)
TALLEST_HEIGHT: Final = Decimal(280)


class Trainer(Aggregate):
    """The profile under which an account plans workouts and coaches."""

    def __init__(self, *, trainer_id: UUID, user_id: UUID, at: datetime) -> None:
        super().__init__(at=at)
        self.id = trainer_id
        self.user_id = user_id
        self.bio: str | None = None
        self.specialization: str | None = None

    def describe(self, *, bio: str | None, specialization: str | None, at: datetime) -> None:
        """
        Say who coaches here, and what they are good at.

        Raises:
            Invalid: a text is too long.
        """
        self.bio = optional_text(bio, field="bio", longest=LONGEST_BIO)
        self.specialization = optional_text(
            specialization, field="specialization", longest=LONGEST_SPECIALIZATION
        )
        self._record(
            TrainerProfileUpdated(occurred_at=at, trainer_id=self.id, user_id=self.user_id)
        )

    def close(self, *, at: datetime) -> None:
        """Close the profile together with its account, and forget what it says."""
        self.bio = self.specialization = None
        self.deleted_at = at
        self._touch(at=at)

    @classmethod
    def open(cls, *, trainer_id: UUID, user_id: UUID, at: datetime) -> "Trainer":
        """Let an account coach."""
        trainer = cls(trainer_id=trainer_id, user_id=user_id, at=at)
        trainer._record(
            TrainerProfileOpened(occurred_at=at, trainer_id=trainer_id, user_id=user_id)
        )
        return trainer


class Athlete(Aggregate):
    """The profile under which an account trains and is coached."""

    def __init__(self, *, athlete_id: UUID, user_id: UUID, at: datetime) -> None:
        super().__init__(at=at)
        self.id = athlete_id
        self.user_id = user_id
        self.height: Decimal | None = None
        self.weight: Load | None = None

    def measure(self, *, height: Decimal | None, weight: Load | None, at: datetime) -> None:
        """
        Note how tall, in centimetres, and how heavy the athlete is.

        Raises:
            Invalid: nobody is so tall, or weighs nothing.
        """
        self.height = _checked_height(height)
        if weight is not None and not weight.amount:
            raise Invalid.field("/weight", "out_of_range", "Nobody weighs nothing.")
        self.weight = weight
        self._record(
            AthleteProfileUpdated(occurred_at=at, athlete_id=self.id, user_id=self.user_id)
        )

    def close(self, *, at: datetime) -> None:
        """Close the profile together with its account, and forget what it says."""
        self.height = self.weight = None
        self.deleted_at = at
        self._touch(at=at)

    @classmethod
    def open(cls, *, athlete_id: UUID, user_id: UUID, at: datetime) -> "Athlete":
        """Let an account be coached."""
        athlete = cls(athlete_id=athlete_id, user_id=user_id, at=at)
        athlete._record(
            AthleteProfileOpened(occurred_at=at, athlete_id=athlete_id, user_id=user_id)
        )
        return athlete


def _checked_height(height: Decimal | None) -> Decimal | None:
    if height is not None and not SHORTEST_HEIGHT <= height <= TALLEST_HEIGHT:
        raise Invalid.field(
            "/height",
            "out_of_range",
            f"height lies between {SHORTEST_HEIGHT} and {TALLEST_HEIGHT} centimetres.",
        )
    return height
