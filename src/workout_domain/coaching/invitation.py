"""An invitation: a trainer's one-time code, which an athlete's acceptance turns into a relation."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from workout_domain.coaching.errors import (
    CannotCoachOneself,
    InvitationNotFound,
    InvitationNotPending,
)
from workout_domain.coaching.events import (
    InvitationAccepted,
    InvitationCreated,
    InvitationDeclined,
    InvitationWithdrawn,
)
from workout_domain.coaching.profiles import Athlete, Trainer
from workout_domain.coaching.scopes import DEFAULT_SCOPES, Scopes, in_order, narrowed
from workout_domain.kernel.aggregate import Aggregate
from workout_domain.kernel.guards import optional_text

LIFETIME: Final = timedelta(days=14)
LONGEST_EMAIL: Final = 254
LONGEST_MESSAGE: Final = 1000


class InvitationStatus(StrEnum):
    """Where an invitation stands; everything but pending is final."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Invitation(Aggregate):
    """
    An offer to coach whoever brings the code; only the code's hash is known.

    With an ``email`` only the account of that address may answer, in whatever case.
    """

    def __init__(
        self, *, invitation_id: UUID, trainer_id: UUID, trainer_user_id: UUID, at: datetime
    ) -> None:
        super().__init__(at=at)
        self.id = invitation_id
        self.trainer_id = trainer_id
        self.trainer_user_id = trainer_user_id
        self.code_hash = ""
        self.email: str | None = None
        self.message: str | None = None
        self.scopes = DEFAULT_SCOPES
        self.status = InvitationStatus.PENDING
        self.expires_at = at + LIFETIME
        self.answered_at: datetime | None = None
        self.relation_id: UUID | None = None

    @classmethod
    def offer(
        cls,
        *,
        invitation_id: UUID,
        trainer: Trainer,
        code_hash: str,
        email: str | None,
        message: str | None,
        scopes: Scopes,
        at: datetime,
    ) -> "Invitation":
        """
        Invite somebody for 14 days.

        Raises:
            Invalid: address or message is too long.
        """
        invitation = cls(
            invitation_id=invitation_id,
            trainer_id=trainer.id,
            trainer_user_id=trainer.user_id,
            at=at,
        )
        invitation.code_hash = code_hash
        invitation.email = optional_text(email, field="email", longest=LONGEST_EMAIL)
        invitation.message = optional_text(message, field="message", longest=LONGEST_MESSAGE)
        invitation.scopes = scopes
        invitation._record(
            InvitationCreated(
                occurred_at=at,
                invitation_id=invitation_id,
                trainer_id=trainer.id,
                trainer_user_id=trainer.user_id,
                scopes=tuple(in_order(scopes)),
                expires_at=invitation.expires_at,
            )
        )
        return invitation

    def status_at(self, at: datetime) -> InvitationStatus:
        """Tell where it stands: expiry needs nobody to note it."""
        if self.status is InvitationStatus.PENDING and self.expires_at <= at:
            return InvitationStatus.EXPIRED
        return self.status

    def accept(
        self,
        athlete: Athlete,
        *,
        email: str,
        scopes: Scopes | None,
        relation_id: UUID,
        at: datetime,
    ) -> Scopes:
        """
        Take the offer, perhaps with fewer scopes; return those that were granted.

        Raises:
            InvitationNotFound: it is meant for another address.
            InvitationNotPending: it was answered, withdrawn or has expired.
            CannotCoachOneself: the trainer answers it.
            ScopesNotOffered: ``scopes`` holds one that was not offered.
        """
        self._check_answer(athlete.user_id, email=email, at=at)
        granted = narrowed(self.scopes, scopes)
        self.status, self.relation_id = InvitationStatus.ACCEPTED, relation_id
        self.answered_at = at
        self._record(
            InvitationAccepted(
                occurred_at=at,
                invitation_id=self.id,
                trainer_id=self.trainer_id,
                trainer_user_id=self.trainer_user_id,
                relation_id=relation_id,
                athlete_id=athlete.id,
                athlete_user_id=athlete.user_id,
                scopes=tuple(in_order(granted)),
            )
        )
        return granted

    def decline(self, user_id: UUID, *, email: str, at: datetime) -> None:
        """
        Turn the offer down.

        Raises:
            InvitationNotFound: it is meant for another address.
            InvitationNotPending: it was answered, withdrawn or has expired.
            CannotCoachOneself: the trainer answers it.
        """
        self._check_answer(user_id, email=email, at=at)
        self.status, self.answered_at = InvitationStatus.DECLINED, at
        self._record(
            InvitationDeclined(
                occurred_at=at,
                invitation_id=self.id,
                trainer_id=self.trainer_id,
                trainer_user_id=self.trainer_user_id,
                declined_by_user_id=user_id,
            )
        )

    def forget_address(self, *, at: datetime) -> None:
        """Drop the address it was meant for: its owner has deleted their account."""
        self.email = None
        self._touch(at=at)

    def withdraw(self, *, at: datetime) -> None:
        """
        Take the offer back; doing so again changes nothing.

        Raises:
            InvitationNotPending: it was answered already or has expired.
        """
        if self.status is InvitationStatus.WITHDRAWN:
            return
        self._refuse_unless_pending(at=at)
        self.status, self.answered_at = InvitationStatus.WITHDRAWN, at
        self._record(
            InvitationWithdrawn(
                occurred_at=at,
                invitation_id=self.id,
                trainer_id=self.trainer_id,
                trainer_user_id=self.trainer_user_id,
            )
        )

    def _check_answer(self, user_id: UUID, *, email: str, at: datetime) -> None:
        if self.email is not None and self.email.casefold() != email.casefold():
            raise InvitationNotFound("No such invitation.")
        self._refuse_unless_pending(at=at)
        if user_id == self.trainer_user_id:
            raise CannotCoachOneself("Nobody coaches oneself.")

    def _refuse_unless_pending(self, *, at: datetime) -> None:
        status = self.status_at(at)
        if status is not InvitationStatus.PENDING:
            raise InvitationNotPending(f"The invitation is {status.value}.", status=status.value)
