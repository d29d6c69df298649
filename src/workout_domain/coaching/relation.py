"""A coaching relation: who coaches whom, and what the athlete allows."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, TypeVar
from uuid import UUID

from workout_domain.coaching.errors import (
    CannotCoachOneself,
    NoTransferProposed,
    RelationNotActive,
    RelationPausedByOtherSide,
    ScopesNotGranted,
    TransferToSameTrainer,
)
from workout_domain.coaching.events import (
    RelationEnded,
    RelationEvent,
    RelationPaused,
    RelationResumed,
    RelationScopesChanged,
    TransferAccepted,
    TransferDeclined,
    TransferEvent,
    TransferProposed,
    TransferWithdrawn,
)
from workout_domain.coaching.profiles import Athlete, Trainer
from workout_domain.coaching.scopes import Scopes, in_order, narrowed
from workout_domain.kernel.aggregate import Aggregate
from workout_domain.kernel.guards import optional_text

LONGEST_TRANSFER_MESSAGE: Final = 1000
NEW_TRAINER: Final = "new_trainer"
E = TypeVar("E", bound=RelationEvent)
T = TypeVar("T", bound=TransferEvent)


class RelationStatus(StrEnum):
    """Where a relation stands; only an active one gives rights, an ended one is final."""

    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


class Side(StrEnum):
    """The two sides of a relation."""

    TRAINER = "trainer"
    ATHLETE = "athlete"


@dataclass(frozen=True, slots=True)
class ProposedTransfer:
    """Another trainer to whom the coach would hand the athlete over."""

    trainer_id: UUID
    trainer_user_id: UUID
    proposed_at: datetime
    message: str | None


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
        self.transfer: ProposedTransfer | None = None

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
        told = self._told(RelationScopesChanged, by=by, at=at, scopes=tuple(in_order(scopes)))
        self._record(told)

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
        self._end(by=by, at=at)

    def propose_transfer(self, to: Trainer, *, message: str | None, at: datetime) -> None:
        """
        Propose to hand the athlete over; the same proposal again changes nothing.

        Another proposal takes the place of the one before.

        Raises:
            RelationNotActive: it is paused or has ended.
            TransferToSameTrainer: the trainer is the coach already.
            CannotCoachOneself: the trainer is the athlete.
        """
        self.refuse_unless_active()
        self._refuse_same_or_self(to)
        said = optional_text(message, field="message", longest=LONGEST_TRANSFER_MESSAGE)
        present = self.transfer
        if present is not None and (present.trainer_id, present.message) == (to.id, said):
            return
        self.transfer = ProposedTransfer(to.id, to.user_id, at, said)
        self._record(self._transfer_told(TransferProposed, self.transfer, by=Side.TRAINER, at=at))

    def accept_transfer(
        self,
        to: Trainer,
        athlete: Athlete,
        *,
        scopes: Scopes | None,
        relation_id: UUID,
        at: datetime,
    ) -> "CoachingRelation":
        """
        End this relation and return the one with the proposed trainer.

        The athlete may grant less than the present coach has; more is asked for afterwards.

        Raises:
            RelationNotActive: it is paused or has ended.
            NoTransferProposed: there is nothing to accept, or to another trainer.
            ScopesNotOffered: ``scopes`` holds one that the present coach does not have.
        """
        self.refuse_unless_active()
        transfer = self._proposed()
        if transfer.trainer_id != to.id:
            raise NoTransferProposed("No transfer to this trainer is proposed.")
        granted = narrowed(self.scopes, scopes)
        begun = CoachingRelation.begin(
            relation_id=relation_id, trainer=to, athlete=athlete, scopes=granted, at=at
        )
        self._end(by=Side.ATHLETE, at=at, transferred_to=relation_id)
        self._record(
            self._transfer_told(
                TransferAccepted,
                transfer,
                by=Side.ATHLETE,
                at=at,
                new_relation_id=relation_id,
                scopes=tuple(in_order(granted)),
            )
        )
        return begun

    def decline_transfer(self, *, by: str, at: datetime) -> None:
        """
        Turn the proposal down, by the athlete or by the proposed trainer (``new_trainer``).

        Raises:
            NoTransferProposed: there is none.
        """
        self._drop_transfer(TransferDeclined, by=by, at=at)

    def withdraw_transfer(self, *, at: datetime) -> None:
        """
        Take the proposal back.

        Raises:
            NoTransferProposed: there is none.
        """
        self._drop_transfer(TransferWithdrawn, by=Side.TRAINER, at=at)

    def move_to(self, other_trainer_id: UUID, *, at: datetime) -> None:
        """
        End it because the athlete goes to another trainer by their own will.

        Raises:
            RelationNotActive: it is paused or has ended.
            TransferToSameTrainer: the trainer is the coach already.
        """
        self.refuse_unless_active()
        if other_trainer_id == self.trainer_id:
            raise TransferToSameTrainer("This trainer coaches the athlete already.")
        self._end(by=Side.ATHLETE, at=at)

    def refuse_unless_active(self) -> None:
        """
        Let pass what needs an active relation.

        Raises:
            RelationNotActive: it is paused or has ended.
        """
        if self.status is not RelationStatus.ACTIVE:
            raise RelationNotActive(f"The relation is {self.status.value}.")

    def _refuse_same_or_self(self, to: Trainer) -> None:
        if to.id == self.trainer_id:
            raise TransferToSameTrainer("This trainer coaches the athlete already.")
        if to.user_id == self.athlete_user_id:
            raise CannotCoachOneself("Nobody coaches oneself.")

    def _proposed(self) -> ProposedTransfer:
        if self.transfer is None:
            raise NoTransferProposed("No transfer is proposed.")
        return self.transfer

    def _drop_transfer(self, kind: type[T], *, by: str, at: datetime) -> None:
        transfer = self._proposed()
        self.transfer = None
        self._record(self._transfer_told(kind, transfer, by=by, at=at))

    def _end(self, *, by: Side, at: datetime, transferred_to: UUID | None = None) -> None:
        self.status, self.paused_by, self.ended_at = RelationStatus.ENDED, None, at
        self.transfer = None
        self._record(self._told(RelationEnded, by=by, at=at, transferred_to=transferred_to))

    def _refuse_ended(self) -> None:
        if self.is_ended:
            raise RelationNotActive("The relation has ended.")

    def _transfer_told(
        self,
        kind: type[T],
        transfer: ProposedTransfer,
        *,
        by: str,
        at: datetime,
        **more: Any,  # noqa: ANN401 - the kind's own fields
    ) -> T:
        return self._told(
            kind,
            by=by,
            at=at,
            new_trainer_id=transfer.trainer_id,
            new_trainer_user_id=transfer.trainer_user_id,
            **more,
        )

    def _told(self, kind: type[E], *, by: str, at: datetime, **more: Any) -> E:  # noqa: ANN401 - as above
        return kind(
            occurred_at=at,
            relation_id=self.id,
            trainer_id=self.trainer_id,
            trainer_user_id=self.trainer_user_id,
            athlete_id=self.athlete_id,
            athlete_user_id=self.athlete_user_id,
            by=by,
            **more,
        )
