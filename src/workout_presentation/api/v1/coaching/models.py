"""What clients send about coaching."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints

from workout_application.coaching.commands.accept_invitation import AcceptInvitation
from workout_application.coaching.commands.accept_transfer import AcceptTransfer
from workout_application.coaching.commands.change_note import ChangeNote
from workout_application.coaching.commands.change_relation_scopes import (
    ChangeRelationScopes,
)
from workout_application.coaching.commands.create_group import CreateGroup
from workout_application.coaching.commands.decline_invitation import DeclineInvitation
from workout_application.coaching.commands.invite_athlete import InviteAthlete
from workout_application.coaching.commands.transfer_relation import TransferRelation
from workout_application.coaching.commands.update_athlete_profile import UpdateAthleteProfile
from workout_application.coaching.commands.update_group import UpdateGroup
from workout_application.coaching.commands.update_trainer_profile import UpdateTrainerProfile
from workout_application.coaching.commands.write_note import WriteNote
from workout_application.coaching.ports import AccessFilter, RosterFilter
from workout_application.coaching.queries.list_access_log import ListAccessLog
from workout_application.coaching.queries.list_athletes import ListAthletes
from workout_application.coaching.queries.list_groups import ListGroups
from workout_application.coaching.queries.list_invitations import ListInvitations
from workout_application.coaching.queries.list_notes import ListNotes
from workout_application.coaching.queries.list_relations import ListRelations
from workout_application.messaging.actor import Actor
from workout_application.messaging.coach_access import AccessAction
from workout_domain.coaching.group import LONGEST_DESCRIPTION, LONGEST_NAME, MOST_ATHLETES
from workout_domain.coaching.invitation import LONGEST_MESSAGE, InvitationStatus
from workout_domain.coaching.note import LONGEST_NOTE, NoteVisibility
from workout_domain.coaching.profiles import (
    LONGEST_BIO,
    LONGEST_SPECIALIZATION,
    SHORTEST_HEIGHT,
    TALLEST_HEIGHT,
)
from workout_domain.coaching.relation import LONGEST_TRANSFER_MESSAGE, RelationStatus
from workout_domain.coaching.scopes import DEFAULT_SCOPES, Scope
from workout_domain.kernel.guards import required_text
from workout_domain.kernel.load import Load, MeasurementUnit
from workout_presentation.api.fields import Body, Email, Number, RuledBody, by_rule
from workout_presentation.api.lists import CursorQuery, Moment, ending, starting
from workout_shared.pages import (
    DEFAULT_PAGE_SIZE,
    LARGEST_PAGE,
    MAXIMUM_PAGE_SIZE,
    PageRequest,
)

NoteText = Annotated[
    str,
    StringConstraints(max_length=LONGEST_NOTE),
    by_rule(lambda text: required_text(text, field="text", longest=LONGEST_NOTE)),
    Field(examples=["Knees cave in above 100 kg; pause squats for two weeks."]),
]
GroupName = Annotated[
    str,
    StringConstraints(max_length=LONGEST_NAME),
    by_rule(lambda name: required_text(name, field="name", longest=LONGEST_NAME)),
    Field(examples=["Juniors"]),
]
AthleteIds = Annotated[list[UUID], Field(max_length=MOST_ATHLETES)]
ScopeList = Annotated[list[Scope], Field(max_length=len(Scope))]
Code = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]


_PROPOSAL: Final[dict[str, JsonValue]] = {
    "trainer_id": "01941f29-7c00-7d9c-a563-5209bd428742",
    "message": "She knows more about the snatch than I do.",
}


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


class TransferBody(RuledBody):
    """A trainer the coach proposes, or a trainer's code with which the athlete moves at once."""

    # Made from the fields, an example would hold both ways at once.
    model_config = ConfigDict(json_schema_extra={"examples": [_PROPOSAL]})

    trainer_id: UUID | None = None
    message: Annotated[str, StringConstraints(max_length=LONGEST_TRANSFER_MESSAGE)] | None = None
    code: Code | None = None
    scopes: ScopeList | None = Field(default=None, description="With `code` only.")

    @classmethod
    def broken_rules(cls, sent: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
        """Ask for one of both ways, with what belongs to it."""
        proposes, moves = sent.get("trainer_id") is not None, sent.get("code") is not None
        if proposes == moves:
            yield "trainer_id", "one_of", "Name a trainer or give a code."
        if moves and sent.get("message") is not None:
            yield "message", "not_allowed", "A message goes with trainer_id only."
        if proposes and sent.get("scopes") is not None:
            yield "scopes", "not_allowed", "Scopes go with a code only."

    def to_command(self, relation_id: UUID, expected_revision: int | None) -> TransferRelation:
        """Make the command."""
        return TransferRelation(
            relation_id=relation_id,
            trainer_id=self.trainer_id,
            message=self.message,
            code=self.code,
            scopes=None if self.scopes is None else frozenset(self.scopes),
            expected_revision=expected_revision,
        )


class AcceptTransferBody(Body):
    """Which trainer is agreed to, and perhaps fewer scopes than the present coach has."""

    trainer_id: UUID | None = None
    scopes: ScopeList | None = None

    def to_command(self, relation_id: UUID, expected_revision: int | None) -> AcceptTransfer:
        """Make the command."""
        return AcceptTransfer(
            relation_id=relation_id,
            trainer_id=self.trainer_id,
            scopes=None if self.scopes is None else frozenset(self.scopes),
            expected_revision=expected_revision,
        )


class WriteNoteBody(Body):
    """What is noted, and whether the athlete reads it."""

    text: NoteText
    visibility: NoteVisibility = NoteVisibility.COACH_ONLY

    def to_command(self, relation_id: UUID) -> WriteNote:
        """Make the command."""
        return WriteNote(relation_id=relation_id, text=self.text, visibility=self.visibility)


class ChangeNoteBody(Body):
    """What the note says from now on; without ``visibility`` that stays as it is."""

    text: NoteText
    visibility: NoteVisibility | None = None

    def to_command(
        self, relation_id: UUID, note_id: UUID, expected_revision: int | None
    ) -> ChangeNote:
        """Make the command."""
        return ChangeNote(
            relation_id=relation_id,
            note_id=note_id,
            text=self.text,
            visibility=self.visibility,
            expected_revision=expected_revision,
        )


class CreateGroupBody(Body):
    """A group, perhaps with athletes in it."""

    name: GroupName
    description: Annotated[str, StringConstraints(max_length=LONGEST_DESCRIPTION)] | None = None
    athlete_ids: AthleteIds = Field(default=[])

    def to_command(self) -> CreateGroup:
        """Make the command."""
        return CreateGroup(
            name=self.name, description=self.description, athlete_ids=tuple(self.athlete_ids)
        )


class UpdateGroupBody(Body):
    """The group as it shall be; without ``athlete_ids`` those in it stay."""

    name: GroupName
    description: Annotated[str, StringConstraints(max_length=LONGEST_DESCRIPTION)] | None = None
    athlete_ids: AthleteIds | None = None

    def to_command(self, group_id: UUID, expected_revision: int | None) -> UpdateGroup:
        """Make the command."""
        return UpdateGroup(
            group_id=group_id,
            name=self.name,
            description=self.description,
            athlete_ids=None if self.athlete_ids is None else tuple(self.athlete_ids),
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

    group_id: UUID | None = Field(None, description="Only the members of a group.")
    search: Annotated[str, StringConstraints(max_length=200)] | None = Field(
        default=None, description="Part of a name or username, in whatever case."
    )

    def to_query(self) -> ListAthletes:
        """Make the query."""
        where = RosterFilter(status=self.status, group_id=self.group_id, search=self.search or None)
        return ListAthletes(page=self._page(self.sort), where=where)


class NoteListQuery(_ListQuery):
    """Which page of a relation's notes is asked for."""

    sort: Literal["created_at", "-created_at", "updated_at", "-updated_at"] = "-created_at"

    def to_query(self, relation_id: UUID) -> ListNotes:
        """Make the query."""
        return ListNotes(relation_id=relation_id, page=self._page(self.sort))


class GroupListQuery(_ListQuery):
    """Which page of the groups is asked for."""

    sort: Literal["name", "-name", "created_at", "-created_at"] = "name"

    def to_query(self) -> ListGroups:
        """Make the query."""
        return ListGroups(page=self._page(self.sort))


class AccessLogQuery(CursorQuery):
    """Which entries of the access log are asked for, and where to go on."""

    trainer_id: UUID | None = Field(None, description="Only what this trainer read or changed.")
    action: AccessAction | None = None
    from_date: Moment | None = None
    to_date: Moment | None = None

    def to_query(self, actor: Actor) -> ListAccessLog:
        """Make the query; dates are whole days of the caller."""
        where = AccessFilter(
            trainer_id=self.trainer_id,
            action=self.action,
            from_date=starting(self.from_date, actor),
            to_date=ending(self.to_date, actor),
        )
        return ListAccessLog(where=where, request=self.cursor_request())


class TrainerProfileBody(Body):
    """A whole new profile of a trainer; what is left out is emptied."""

    bio: Annotated[str, StringConstraints(max_length=LONGEST_BIO)] | None = Field(
        None, examples=["Twenty years on the platform, ten beside it."]
    )
    specialization: Annotated[str, StringConstraints(max_length=LONGEST_SPECIALIZATION)] | None = (
        Field(None, examples=["Olympic weightlifting"])
    )

    def to_command(self, expected_revision: int | None) -> UpdateTrainerProfile:
        """Make the command."""
        return UpdateTrainerProfile(
            bio=self.bio,
            specialization=self.specialization,
            expected_revision=expected_revision,
        )


class AthleteProfileBody(Body):
    """A whole new profile of an athlete; what is left out is emptied."""

    height: (
        Annotated[Decimal, Field(ge=SHORTEST_HEIGHT, le=TALLEST_HEIGHT, decimal_places=1), Number]
        | None
    ) = Field(None, description="In centimetres.", examples=[172.5])
    weight: (
        Annotated[Decimal, Field(gt=0, le=Decimal("9999.999"), decimal_places=3), Number] | None
    ) = Field(None, examples=[68.2])
    unit: MeasurementUnit | None = Field(
        None, description="Of `weight`; default: the unit you prefer."
    )

    def to_command(self, expected_revision: int | None, actor: Actor) -> UpdateAthleteProfile:
        """Make the command; a bare number is in the unit the caller prefers."""
        unit = self.unit or MeasurementUnit(actor.preferred_unit)
        return UpdateAthleteProfile(
            height=self.height,
            weight=None if self.weight is None else Load(self.weight, unit),
            expected_revision=expected_revision,
        )
