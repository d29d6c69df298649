"""What clients send about accounts and sign-in."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from workout_application.identity.commands.register_user import (
    SHORTEST_PASSWORD,
    AccountType,
    RegisterUser,
)
from workout_application.identity.commands.update_profile import UpdateProfile
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
NewPassword = Annotated[str, StringConstraints(min_length=SHORTEST_PASSWORD, max_length=1024)]
Token = Annotated[str, StringConstraints(min_length=1, max_length=4096)]


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
