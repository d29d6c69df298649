"""A coaching relation: who coaches whom, and what the athlete allows."""

from datetime import datetime
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from workout_domain.coaching.errors import (
    CannotCoachOneself,
    RelationNotActive,
    RelationPausedByOtherSide,
    ScopesNotGranted,
)
from workout_domain.coaching.events import (
    RelationEnded,
    RelationEvent,
    RelationPaused,
    RelationResumed,
    RelationScopesChanged,
)
from workout_domain.coaching.profiles import Athlete, Trainer
from workout_domain.coaching.scopes import Scopes, in_order
from workout_domain.kernel.aggregate import Aggregate

E = TypeVar("E", bound=RelationEvent)


class RelationStatus(StrEnum):
    """Where a relation stands; only an active one gives rights, an ended one is final."""

    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


class Side(StrEnum):
    """The two sides of a relation."""

    TRAINER = "trainer"
    ATHLETE = "athlete"


class CoachingRelation(Aggregate):
    """One trainer and one athlete; at most one relation of a pair has not ended."""

    def __init__(
        self,
        *,
        relation_id: UUID,
        trainer_id: UUID,
        trainer_user_id: UUID,
        athlete_id: UUID,
        athlete_user_id: UUID,
        scopes: Scopes,
        at: datetime,
    ) -> None:
        super().__init__(at=at)
        self.id = relation_id
        self.trainer_id, self.trainer_user_id = trainer_id, trainer_user_id
        self.athlete_id, self.athlete_user_id = athlete_id, athlete_user_id
        self.scopes = scopes
        self.status = RelationStatus.ACTIVE
        self.paused_by: Side | None = None
        self.accepted_at = at
        self.ended_at: datetime | None = None

    @classmethod
    def begin(
        cls, *, relation_id: UUID, trainer: Trainer, athlete: Athlete, scopes: Scopes, at: datetime
    ) -> "CoachingRelation":
        """
        Let the two work together; the invitation tells the world.

        Raises:
            CannotCoachOneself: both profiles belong to one account.
        """
        if trainer.user_id == athlete.user_id:
            raise CannotCoachOneself("Nobody coaches oneself.")
        relation = cls(
            relation_id=relation_id,
            trainer_id=trainer.id,
            trainer_user_id=trainer.user_id,
            athlete_id=athlete.id,
            athlete_user_id=athlete.user_id,
            scopes=scopes,
            at=at,
        )
        relation._touch(at=at)
        return relation

    @property
    def is_ended(self) -> bool:
        """Whether it is over for good."""
        return self.status is RelationStatus.ENDED

    def change_scopes(self, scopes: Scopes, *, by: Side, at: datetime) -> None:
        """
        Replace what the coach may do; the same scopes again change nothing.

        Raises:
            RelationNotActive: the relation has ended.
            ScopesNotGranted: the trainer asks for more than the athlete gave.
        """
        self._refuse_ended()
        if scopes == self.scopes:
            return
        if by is Side.TRAINER and not scopes <= self.scopes:
            raise ScopesNotGranted(
                "Only the athlete adds scopes.", scopes=in_order(scopes - self.scopes)
            )
        self.scopes = scopes
        self._record(
            RelationScopesChanged(
                occurred_at=at,
                relation_id=self.id,
                trainer_id=self.trainer_id,
                trainer_user_id=self.trainer_user_id,
                athlete_id=self.athlete_id,
                athlete_user_id=self.athlete_user_id,
                by=by.value,
                scopes=tuple(in_order(scopes)),
            )
        )

    def pause(self, *, by: Side, at: datetime) -> None:
        """
        Suspend the coach's rights; pausing again by the same side changes nothing.

        Raises:
            RelationNotActive: it has ended, or the other side has paused it.
        """
        if self.status is RelationStatus.PAUSED and self.paused_by is by:
            return
        if self.status is not RelationStatus.ACTIVE:
            raise RelationNotActive(f"The relation is {self.status.value} already.")
        self.status, self.paused_by = RelationStatus.PAUSED, by
        self._record(self._told(RelationPaused, by=by, at=at))

    def resume(self, *, by: Side, at: datetime) -> None:
        """
        Give the rights back; resuming an active relation changes nothing.

        Raises:
            RelationNotActive: it has ended.
            RelationPausedByOtherSide: the other side paused it.
        """
        self._refuse_ended()
        if self.status is RelationStatus.ACTIVE:
            return
        if self.paused_by is not by:
            raise RelationPausedByOtherSide("Only whoever paused the relation resumes it.")
        self.status, self.paused_by = RelationStatus.ACTIVE, None
        self._record(self._told(RelationResumed, by=by, at=at))

    def end(self, *, by: Side, at: datetime) -> None:
        """End it, by either side; ending it again changes nothing."""
        if self.is_ended:
            return
        self.status, self.paused_by, self.ended_at = RelationStatus.ENDED, None, at
        self._record(self._told(RelationEnded, by=by, at=at))

    def _refuse_ended(self) -> None:
        if self.is_ended:
            raise RelationNotActive("The relation has ended.")

    def _told(self, kind: type[E], *, by: Side, at: datetime) -> E:
        return kind(
            occurred_at=at,
            relation_id=self.id,
            trainer_id=self.trainer_id,
            trainer_user_id=self.trainer_user_id,
            athlete_id=self.athlete_id,
            athlete_user_id=self.athlete_user_id,
            by=by.value,
        )
