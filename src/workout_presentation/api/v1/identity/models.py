"""What clients send about accounts and sign-in."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from workout_application.identity.commands.register_user import (
    AccountType,
    RegisterUser,
)
from workout_application.identity.commands.reset_password import ResetPassword
from workout_application.identity.commands.update_profile import UpdateProfile
from workout_application.identity.passwords import LONGEST_PASSWORD, SHORTEST_PASSWORD
from workout_domain.identity.user import Gender, Profile, checked_time_zone, checked_username
from workout_domain.kernel.load import MeasurementUnit
from workout_presentation.api.fields import Body, Day, Email, by_rule

GenderName = Literal["not_specified", "male", "female", "other"]
PersonName = Annotated[str, StringConstraints(min_length=1, max_length=100, strip_whitespace=True)]
Username = Annotated[
    str,
    StringConstraints(min_length=3, max_length=50, strip_whitespace=True),
    by_rule(checked_username),
]
TimeZone = Annotated[str, StringConstraints(max_length=64), by_rule(checked_time_zone)]
Password = Annotated[str, StringConstraints(max_length=1024)]
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
    profile_picture_url: Annotated[str, StringConstraints(max_length=2048)] | None = None
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


class LogInBody(Body):
    """Credentials; ``username`` may be an e-mail address."""

    username: Annotated[str, StringConstraints(min_length=1, max_length=254)]
    password: Password
    transport: Literal["body"] = "body"


class RefreshTokenBody(Body):
    """The refresh token of a session."""

    refresh_token: Token


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


class ExchangeIdTokenBody(Body):
    """An identity token of the configured issuer."""

    id_token: IdToken
