"""What clients send about accounts and sign-in."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from workout_application.identity.commands.change_password import ChangePassword
from workout_application.identity.commands.create_api_key import CreateApiKey
from workout_application.identity.commands.disable_second_factor import DisableSecondFactor
from workout_application.identity.commands.exchange_id_token import ExchangeIdToken
from workout_application.identity.commands.grant_user_role import GrantUserRole
from workout_application.identity.commands.lock_user import LockUser
from workout_application.identity.commands.log_in import LogIn
from workout_application.identity.commands.register_user import AccountType, RegisterUser
from workout_application.identity.commands.replace_user_roles import ReplaceUserRoles
from workout_application.identity.commands.reset_password import ResetPassword
from workout_application.identity.commands.update_profile import UpdateProfile
from workout_application.identity.commands.verify_second_factor import VerifySecondFactor
from workout_application.identity.passwords import LONGEST_PASSWORD, SHORTEST_PASSWORD
from workout_application.identity.ports import AccountFilter, LoginFilter
from workout_application.identity.queries.list_logins import ListLogins
from workout_application.identity.queries.list_own_logins import ListOwnLogins
from workout_application.identity.queries.list_users import ListUsers
from workout_application.messaging.actor import Actor, Role
from workout_application.messaging.api_scopes import ApiScope
from workout_domain.identity.user import (
    LONGEST_PICTURE_URL,
    LONGEST_REASON,
    Gender,
    Profile,
    checked_picture_url,
    checked_username,
)
from workout_domain.kernel.load import MeasurementUnit
from workout_presentation.api.fields import Body, Day, Email, Instant, TimeZone, by_rule
from workout_presentation.api.lists import Moment, PageQuery, ending, starting

GenderName = Literal["not_specified", "male", "female", "other"]
RoleName = Literal["trainer", "athlete", "admin"]
LoginSort = Literal["login_time", "-login_time"]
PersonName = Annotated[str, StringConstraints(min_length=1, max_length=100, strip_whitespace=True)]
Username = Annotated[
    str,
    StringConstraints(min_length=3, max_length=50, strip_whitespace=True),
    by_rule(checked_username),
]
PictureUrl = Annotated[
    str,
    StringConstraints(max_length=LONGEST_PICTURE_URL),
    by_rule(lambda address: checked_picture_url(address) or ""),
]
Password = Annotated[str, StringConstraints(max_length=1024)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=64)]
NewPassword = Annotated[
    str, StringConstraints(min_length=SHORTEST_PASSWORD, max_length=LONGEST_PASSWORD)
]
Token = Annotated[str, StringConstraints(min_length=1, max_length=4096)]
IdToken = Annotated[str, StringConstraints(min_length=1, max_length=16_384)]


class ProfileBody(Body):
    """The part of an account its owner may change."""

    first_name: PersonName
    last_name: PersonName
    date_of_birth: Day | None = None
    gender: GenderName = "not_specified"
    phone_number: Annotated[str, StringConstraints(max_length=20)] | None = None
    profile_picture_url: PictureUrl | None = Field(None, examples=["https://example.com/ana.png"])
    preferred_unit: MeasurementUnit = MeasurementUnit.KILOGRAMS
    time_zone: TimeZone = "UTC"

    def profile(self) -> Profile:
        """Read the profile out of the body."""
        return Profile(
            first_name=self.first_name,
            last_name=self.last_name,
            date_of_birth=self.date_of_birth,
            gender=Gender[self.gender.upper()],
            phone_number=self.phone_number,
            profile_picture_url=self.profile_picture_url,
            preferred_unit=self.preferred_unit,
            time_zone=self.time_zone,
        )


class UpdateProfileBody(ProfileBody):
    """A whole new profile."""

    def to_command(self, expected_revision: int | None) -> UpdateProfile:
        """Make the command."""
        return UpdateProfile(profile=self.profile(), expected_revision=expected_revision)


class RegisterBody(ProfileBody):
    """A new account."""

    username: Username = Field(examples=["ana.coach"])
    email: Email = Field(examples=["ana@example.com"])
    password: NewPassword = Field(examples=["correct horse battery staple"])
    account_type: AccountType = AccountType.ATHLETE

    def to_command(self) -> RegisterUser:
        """Make the command."""
        return RegisterUser(
            username=self.username,
            email=self.email,
            password=self.password,
            profile=self.profile(),
            account_type=self.account_type,
        )


class TransportBody(Body):
    """How tokens shall travel: in the body, or as cookies a browser keeps."""

    transport: Literal["body", "cookie"] = "body"

    @property
    def by_cookie(self) -> bool:
        """Whether cookies were asked for."""
        return self.transport == "cookie"


class LogInBody(TransportBody):
    """Credentials; ``username`` may be an e-mail address."""

    username: Annotated[str, StringConstraints(min_length=1, max_length=254)]
    password: Password

    def to_command(self) -> LogIn:
        """Make the command."""
        return LogIn(username=self.username, password=self.password)


class VerifySecondFactorBody(TransportBody):
    """The challenge of a sign-in, and a code of the authenticator app or a recovery code."""

    challenge_token: Token
    code: Code

    def to_command(self) -> VerifySecondFactor:
        """Make the command."""
        return VerifySecondFactor(challenge_token=self.challenge_token, code=self.code)


class CodeBody(Body):
    """A code of the second factor."""

    code: Code


class DisableSecondFactorBody(Body):
    """A code, a recovery code or the password."""

    code: Code | None = None
    password: Password | None = None

    def to_command(self) -> DisableSecondFactor:
        """Make the command."""
        return DisableSecondFactor(code=self.code, password=self.password)


class ChangePasswordBody(Body):
    """The password there is, and the one there shall be."""

    current_password: Password
    new_password: NewPassword = Field(examples=["correct horse battery staple"])

    def to_command(self) -> ChangePassword:
        """Make the command."""
        return ChangePassword(
            current_password=self.current_password, new_password=self.new_password
        )


class ApiKeyBody(Body):
    """A new API key."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=100, strip_whitespace=True)]
    scopes: Annotated[list[ApiScope], Field(min_length=1, max_length=len(ApiScope))]
    expires_at: Instant | None = None

    def to_command(self) -> CreateApiKey:
        """Make the command."""
        return CreateApiKey(name=self.name, scopes=self.scopes, expires_at=self.expires_at)


class OwnLoginListQuery(PageQuery):
    """Which page of one's own attempts to sign in."""

    sort: LoginSort = "-login_time"

    def to_query(self) -> ListOwnLogins:
        """Make the query."""
        return ListOwnLogins(page=self.page_request(frozenset({self.sort})))


class RefreshTokenBody(Body):
    """The refresh token of a session; whoever signed in by cookie sends none."""

    refresh_token: Token | None = None


class OneTimeTokenBody(Body):
    """A token out of a mail."""

    token: Token


class AddressBody(Body):
    """An e-mail address; the answer does not tell whether anybody has it."""

    email: Email = Field(examples=["ana@example.com"])


class ResetPasswordBody(Body):
    """A token out of a mail, and the password wanted from now on."""

    token: Token
    new_password: NewPassword = Field(examples=["correct horse battery staple"])

    def to_command(self) -> ResetPassword:
        """Make the command."""
        return ResetPassword(token=self.token, new_password=self.new_password)


class ExchangeIdTokenBody(TransportBody):
    """An identity token of the configured issuer."""

    id_token: IdToken

    def to_command(self) -> ExchangeIdToken:
        """Make the command."""
        return ExchangeIdToken(id_token=self.id_token)


class LockBody(Body):
    """Why an account is shut; kept in the audit log."""

    reason: Annotated[str, StringConstraints(max_length=LONGEST_REASON)] | None = None

    def to_command(self, user_id: UUID) -> LockUser:
        """Make the command."""
        return LockUser(user_id=user_id, reason=self.reason)


class RoleBody(Body):
    """One role."""

    role: RoleName

    def to_command(self, user_id: UUID) -> GrantUserRole:
        """Make the command."""
        return GrantUserRole(user_id=user_id, role=Role(self.role))


class RolesBody(Body):
    """All roles an account shall hold."""

    roles: Annotated[list[RoleName], Field(max_length=3, examples=[["trainer", "athlete"]])]

    def to_command(self, user_id: UUID, expected_revision: int | None) -> ReplaceUserRoles:
        """Make the command."""
        return ReplaceUserRoles(
            user_id=user_id,
            roles=frozenset(Role(name) for name in self.roles),
            expected_revision=expected_revision,
        )


class UserListQuery(PageQuery):
    """Which accounts are asked for, and which page of them."""

    search: Annotated[str, StringConstraints(max_length=200)] | None = Field(
        None, description="Part of a username, an e-mail address or a name, in whatever case."
    )
    role: RoleName | None = Field(None, description="Only accounts that have this role.")
    is_locked: bool | None = Field(None, description="Only those locked, or only the others.")
    suspicious: bool | None = Field(
        None, description="Odd sign-ins within 24 hours that nobody has looked into."
    )
    sort: Literal[
        "created_at", "-created_at", "username", "-username", "email", "-email", "name", "-name",
        "locked_at", "-locked_at",
    ] = "-created_at"  # fmt: skip

    def to_query(self) -> ListUsers:
        """Make the query."""
        where = AccountFilter(
            search=self.search,
            role=self.role,
            is_locked=self.is_locked,
            suspicious=self.suspicious,
        )
        return ListUsers(page=self.page_request(frozenset({self.sort})), where=where)


class LoginListQuery(PageQuery):
    """Which attempts to sign in are asked for, and which page of them."""

    user_id: UUID | None = Field(None, description="Only attempts at this account.")
    is_successful: bool | None = Field(None, description="Only those that succeeded, or failed.")
    ip_address: Annotated[str, StringConstraints(max_length=45)] | None = Field(
        None, description="Only attempts from this address."
    )
    from_date: Moment | None = None
    to_date: Moment | None = None
    sort: LoginSort = "-login_time"

    def to_query(self, actor: Actor) -> ListLogins:
        """Make the query; days are those of the caller."""
        where = LoginFilter(
            user_id=self.user_id,
            is_successful=self.is_successful,
            ip_address=self.ip_address,
            from_date=starting(self.from_date, actor),
            to_date=ending(self.to_date, actor),
        )
        return ListLogins(page=self.page_request(frozenset({self.sort})), where=where)
