"""What coaching needs from elsewhere, in its own words."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.documents import Document
from workout_domain.coaching.invitation import InvitationStatus
from workout_domain.coaching.relation import RelationStatus
from workout_shared.pages import Page, PageRequest


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
        """Return the address of an account that is known to exist."""
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


class RosterReader(Protocol):
    """Reads a trainer's athletes."""

    async def page(
        self,
        request: PageRequest,
        /,
        *,
        status: RelationStatus | None,
        visible_to: Actor,
        at: datetime,
    ) -> Page[bytes]:
        """Return ``RosterEntryView`` items; without ``status``, of relations not ended."""
        ...
