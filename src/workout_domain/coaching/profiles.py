"""The two sides of coaching: a trainer and an athlete, each at most once per account."""

from datetime import datetime
from uuid import UUID

from workout_domain.coaching.events import AthleteProfileOpened, TrainerProfileOpened
from workout_domain.kernel.aggregate import Aggregate


class Trainer(Aggregate):
    """The profile under which an account plans workouts and coaches."""

    def __init__(self, *, trainer_id: UUID, user_id: UUID, at: datetime) -> None:
        super().__init__(at=at)
        self.id = trainer_id
        self.user_id = user_id

    def close(self, *, at: datetime) -> None:
        """Close the profile together with its account."""
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

    def close(self, *, at: datetime) -> None:
        """Close the profile together with its account."""
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
