"""What coaching needs from elsewhere, in its own words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.documents import Document
from workout_domain.coaching.invitation import InvitationStatus
from workout_domain.coaching.relation import RelationStatus, Side
from workout_shared.pages import CursorRequest, CursorSlice, Page, PageRequest


class InvitationCodes(Protocol):
    """Makes one-time codes and the hashes they are stored under."""

    def fresh(self) -> str:
        """Return an unguessable code that fits into a URL."""
        ...

    def digest(self, code: str, /) -> str:
        """Return the hash of a code."""
        ...


class Accounts(Protocol):
    """Identity's accounts, as far as coaching must know them."""

    async def email_of(self, user_id: UUID, /) -> str:
        """
        Return the address of an account that was there just now.

        Raises:
            AthleteNotFound: it was deleted meanwhile.
        """
        ...

    async def name_of(self, user_id: UUID, /) -> str:
        """Return the full name of an account that is known to exist."""
        ...


class InvitationReader(Protocol):
    """Reads a trainer's own invitations for display, without their codes."""

    async def page(
        self,
        request: PageRequest,
        /,
        *,
        status: InvitationStatus | None,
        visible_to: Actor,
        at: datetime,
    ) -> Page[bytes]:
        """Return ``InvitationView`` items; an invitation past its time counts as expired."""
        ...

    async def one(self, invitation_id: UUID, /, *, visible_to: Actor, at: datetime) -> Document:
        """
        Return an ``InvitationView``.

        Raises:
            InvitationNotFound: the actor has no such invitation.
        """
        ...


class RelationReader(Protocol):
    """Reads relations for display to their two sides."""

    async def page(
        self, request: PageRequest, /, *, status: RelationStatus | None, visible_to: Actor
    ) -> Page[bytes]:
        """Return ``RelationView`` items in which the actor is either side."""
        ...

    async def one(self, relation_id: UUID, /, *, visible_to: Actor) -> Document:
        """
        Return a ``RelationView``.

        Raises:
            RelationNotFound: the actor takes part in no such relation.
        """
        ...

    async def side(self, relation_id: UUID, /, *, visible_to: Actor) -> Side:
        """
        Tell on which side of a relation the actor stands.

        Raises:
            RelationNotFound: on neither.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterFilter:
    """
    What a roster is narrowed to; without ``status``, to relations not ended.

    ``search`` is looked for in names and usernames, in whatever case.
    """

    status: RelationStatus | None = None
    group_id: UUID | None = None
    search: str | None = None


class RosterReader(Protocol):
    """Reads a trainer's athletes."""

    async def page(
        self, request: PageRequest, /, *, where: RosterFilter, visible_to: Actor, at: datetime
    ) -> Page[bytes]:
        """Return ``RosterEntryView`` items."""
        ...

    async def profile(self, athlete_id: UUID, /, *, visible_to: Actor) -> bytes | None:
        """Return an ``AthleteProfileView``, or None where the athlete does not let it be seen."""
        ...


class ProfileReader(Protocol):
    """Reads profiles of trainers and athletes."""

    async def trainer(self, trainer_id: UUID, /) -> Document:
        """
        Return a ``TrainerView``.

        Raises:
            TrainerNotFound: there is none, or the account was deleted.
        """
        ...

    async def athlete(self, athlete_id: UUID, /) -> Document:
        """
        Return an ``AthleteView``.

        Raises:
            AthleteNotFound: there is none, or the account was deleted.
        """
        ...

    async def coach(self, trainer_id: UUID, /, *, visible_to: Actor) -> bytes:
        """
        Return a ``TrainerProfileView`` to the trainer and to those they coach.

        Raises:
            TrainerNotFound: there is none, or they do not coach the actor.
        """
        ...


class NoteReader(Protocol):
    """Reads notes of a relation for those who take part in it."""

    async def page(
        self, relation_id: UUID, request: PageRequest, /, *, shared_only: bool
    ) -> Page[bytes]:
        """Return ``NoteView`` items."""
        ...

    async def one(self, relation_id: UUID, note_id: UUID, /, *, shared_only: bool) -> Document:
        """
        Return a ``NoteView``.

        Raises:
            NoteNotFound: the relation has no such note, or it is not shared.
        """
        ...


class GroupReader(Protocol):
    """Reads a trainer's own groups."""

    async def page(self, request: PageRequest, /, *, visible_to: Actor) -> Page[bytes]:
        """Return ``GroupView`` items."""
        ...

    async def one(self, group_id: UUID, /, *, visible_to: Actor) -> Document:
        """
        Return a ``GroupView``.

        Raises:
            GroupNotFound: the actor has no such group.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessFilter:
    """What an access log is narrowed to; both ends of the dates are inclusive."""

    trainer_id: UUID | None = None
    action: str | None = None
    from_date: datetime | None = None
    to_date: datetime | None = None


class AccessLogReader(Protocol):
    """Reads an athlete's own access log."""

    async def run(
        self, where: AccessFilter, request: CursorRequest, /, *, visible_to: Actor
    ) -> CursorSlice[bytes]:
        """
        Return ``AccessEntryView`` items, newest first.

        Raises:
            Invalid: the cursor is not one of this list.
        """
        ...


class AccessLogKeeping(Protocol):
    """Forgets what is too old."""

    async def forget_before(self, moment: datetime, /, *, limit: int) -> int:
        """Delete at most ``limit`` entries older than ``moment``; return how many."""
        ...
