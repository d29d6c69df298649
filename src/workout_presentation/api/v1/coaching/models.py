"""What clients send about coaching."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from workout_application.coaching.commands.accept_invitation import AcceptInvitation
from workout_application.coaching.commands.change_relation_scopes import (
    ChangeRelationScopes,
)
from workout_application.coaching.commands.decline_invitation import DeclineInvitation
from workout_application.coaching.commands.invite_athlete import InviteAthlete
from workout_application.coaching.queries.list_athletes import ListAthletes
from workout_application.coaching.queries.list_invitations import ListInvitations
from workout_application.coaching.queries.list_relations import ListRelations
from workout_domain.coaching.invitation import LONGEST_MESSAGE, InvitationStatus
from workout_domain.coaching.relation import RelationStatus
from workout_domain.coaching.scopes import DEFAULT_SCOPES, Scope
from workout_presentation.api.fields import Body, Email
from workout_shared.pages import (
    DEFAULT_PAGE_SIZE,
    LARGEST_PAGE,
    MAXIMUM_PAGE_SIZE,
    PageRequest,
)

ScopeList = Annotated[list[Scope], Field(max_length=len(Scope))]
Code = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]


class InvitationBody(Body):
    """An invitation; without ``email`` whoever has the code may answer it."""

    email: Email | None = Field(default=None, examples=["ben@example.com"])
    message: Annotated[str, StringConstraints(max_length=LONGEST_MESSAGE)] | None = Field(
        default=None, examples=["Train with me for the nationals."]
    )
    scopes: ScopeList | None = Field(
        default=None, description="Default: all but `manage_programs`."
    )

    def to_command(self) -> InviteAthlete:
        """Make the command."""
        scopes = DEFAULT_SCOPES if self.scopes is None else frozenset(self.scopes)
        return InviteAthlete(email=self.email, message=self.message, scopes=scopes)


class AcceptInvitationBody(Body):
    """The code, and perhaps fewer scopes than were offered."""

    code: Code
    scopes: ScopeList | None = None

    def to_command(self) -> AcceptInvitation:
        """Make the command."""
        scopes = None if self.scopes is None else frozenset(self.scopes)
        return AcceptInvitation(code=self.code, scopes=scopes)


class DeclineInvitationBody(Body):
    """The code."""

    code: Code

    def to_command(self) -> DeclineInvitation:
        """Make the command."""
        return DeclineInvitation(code=self.code)


class RelationBody(Body):
    """All scopes that shall hold."""

    scopes: ScopeList = Field(examples=[["view_workouts", "view_sessions"]])

    def to_command(self, relation_id: UUID, expected_revision: int | None) -> ChangeRelationScopes:
        """Make the command."""
        return ChangeRelationScopes(
            relation_id=relation_id,
            scopes=frozenset(self.scopes),
            expected_revision=expected_revision,
        )


class _ListQuery(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    page: int = Field(1, ge=1, le=LARGEST_PAGE)
    page_size: int = Field(DEFAULT_PAGE_SIZE, ge=1, le=MAXIMUM_PAGE_SIZE)

    def _page(self, sort: str) -> PageRequest:
        return PageRequest(page=self.page, page_size=self.page_size, sort=sort)


class InvitationListQuery(_ListQuery):
    """Which invitations are asked for, and which page of them."""

    status: InvitationStatus | None = None
    sort: Literal["created_at", "-created_at", "expires_at", "-expires_at", "status", "-status"] = (
        "-created_at"
    )

    def to_query(self) -> ListInvitations:
        """Make the query."""
        return ListInvitations(page=self._page(self.sort), status=self.status)


class RelationListQuery(_ListQuery):
    """Which relations are asked for, and which page of them."""

    status: RelationStatus | None = None
    sort: Literal[
        "accepted_at", "-accepted_at", "updated_at", "-updated_at", "status", "-status"
    ] = "-accepted_at"

    def to_query(self) -> ListRelations:
        """Make the query."""
        return ListRelations(page=self._page(self.sort), status=self.status)


class AthleteListQuery(_ListQuery):
    """Which athletes are asked for, and which page of them."""

    status: RelationStatus | None = Field(
        default=None, description="Default: all that have not ended."
    )
    sort: Literal[
        "name", "-name", "username", "-username", "since", "-since", "status", "-status"
    ] = "name"

    def to_query(self) -> ListAthletes:
        """Make the query."""
        return ListAthletes(page=self._page(self.sort), status=self.status)
