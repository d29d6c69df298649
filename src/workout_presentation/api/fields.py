"""The kinds of fields request bodies are made of: bounded, and strict about what JSON holds."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any, Self, get_args

from email_validator import EmailNotValidError, validate_email
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError
from pydantic_core.core_schema import ErrorType

from workout_domain.kernel.errors import FieldError, Invalid
from workout_domain.kernel.local_day import checked_time_zone

_EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
_LATEST = datetime(2200, 1, 1, tzinfo=UTC)
_OF_PYDANTIC = frozenset(get_args(ErrorType))
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Body(BaseModel):
    """A request body: unknown fields are refused, so a typo never passes silently."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True, allow_inf_nan=False)


BrokenRule = tuple[str | tuple[str | int, ...], str, str]
"""A field, or the way to one further inside; a code; a sentence."""


def by_pointer(errors: Iterable[FieldError]) -> Iterator[BrokenRule]:
    """Tell broken rules of the domain as a body tells its own."""
    for error in errors:
        way = tuple(int(part) if part.isdigit() else part for part in error.pointer[1:].split("/"))
        yield way, error.code, error.message


class RuledBody(Body):
    """A body with rules across its fields, reported with everything else that is wrong."""

    @classmethod
    def broken_rules(cls, sent: dict[str, Any]) -> Iterator[BrokenRule]:  # noqa: ARG003 - for those who override it
        """Yield field, code and sentence of each rule that the body as sent breaks."""
        yield from ()

    @model_validator(mode="wrap")
    @classmethod
    def _with_rules(cls, sent: Any, read: ModelWrapValidatorHandler[Self]) -> Self:  # noqa: ANN401 - any JSON value
        broken = [
            InitErrorDetails(
                type=PydanticCustomError(code, sentence),
                loc=(field,) if isinstance(field, str) else field,
                input=None,
            )
            for field, code, sentence in (cls.broken_rules(sent) if isinstance(sent, dict) else ())
        ]
        try:
            body = read(sent)
        except ValidationError as error:
            found = [_detail(one) for one in error.errors(include_url=False)]
            raise ValidationError.from_exception_data(cls.__name__, [*found, *broken]) from None
        if broken:
            raise ValidationError.from_exception_data(cls.__name__, broken)
        return body


def _detail(found: Any) -> InitErrorDetails:  # noqa: ANN401 - pydantic's error details
    kind = found["type"]
    told = kind if kind in _OF_PYDANTIC else PydanticCustomError(kind, found["msg"])
    detail = InitErrorDetails(type=told, loc=found["loc"], input=found.get("input"))
    if "ctx" in found:
        detail["ctx"] = found["ctx"]
    return detail


def _a_number(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    # Left alone, pydantic reads texts and booleans as numbers.
    if isinstance(value, bool | str):
        raise ValueError("must be a number")  # noqa: TRY004 - pydantic turns ValueError into 400
    return value


def _day(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    # Left alone, pydantic takes numbers for seconds since 1970 and instants at midnight for days.
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError("must be a date as YYYY-MM-DD")
    return value


def by_rule(rule: Callable[[str], str]) -> AfterValidator:
    """Let a rule of the domain check a field, so that it is told beside all other wrong fields."""

    def check(value: str) -> str:
        try:
            return rule(value)
        except Invalid as refusal:
            (found,) = refusal.errors
            raise PydanticCustomError(found.code, found.message) from None

    return AfterValidator(check)


def _a_text(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    # Left alone, pydantic takes numbers, also in texts, for seconds since 1970.
    if not isinstance(value, str) or "T" not in value.upper():
        raise ValueError("must be an RFC 3339 instant")
    return value


def _in_utc(value: datetime) -> datetime:
    if not _EARLIEST <= value <= _LATEST:
        raise ValueError("must lie between the years 1900 and 2200")
    return value.astimezone(UTC)


def _email(value: str) -> str:
    try:
        checked = validate_email(value, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        if "special-use" not in str(error):
            raise ValueError(str(error)) from None
        return value
    return checked.normalized


Instant = Annotated[AwareDatetime, AfterValidator(_in_utc), BeforeValidator(_a_text)]
"""An RFC 3339 instant, brought to UTC."""

TimeZone = Annotated[str, StringConstraints(max_length=64), by_rule(checked_time_zone)]
"""The name of an IANA time zone."""

Day = Annotated[date, BeforeValidator(_day)]
"""A date as YYYY-MM-DD."""

Email = Annotated[str, StringConstraints(max_length=254), AfterValidator(_email)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
ShortText = Annotated[str, StringConstraints(max_length=200)]
LongText = Annotated[str, StringConstraints(max_length=10_000)]
ClientId = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[!-~]+$")]
"""What a client calls the thing it makes, so that a repeat is recognised."""

Number = BeforeValidator(_a_number)
Weight = Annotated[
    Decimal, Field(ge=0, le=Decimal("9999.999"), max_digits=7, decimal_places=3), Number
]
BodyWeight = Annotated[
    Decimal, Field(gt=0, le=Decimal("9999.999"), max_digits=7, decimal_places=3), Number
]
Count = Annotated[int, Field(ge=0, le=1000), Number]
Positive = Annotated[int, Field(gt=0, le=1000), Number]
Seconds = Annotated[int, Field(ge=0, le=864_000), Number]
Duration = Annotated[Decimal, Field(ge=0, le=864_000, max_digits=9, decimal_places=3), Number]
Distance = Annotated[Decimal, Field(ge=0, le=10_000_000, max_digits=11, decimal_places=3), Number]
Minutes = Annotated[Decimal, Field(ge=0, le=100_000, max_digits=9, decimal_places=3), Number]
Effort = Annotated[
    Decimal, Field(ge=1, le=10, multiple_of=Decimal("0.5"), decimal_places=1), Number
]
RepsLeft = Annotated[
    Decimal, Field(ge=0, le=20, multiple_of=Decimal("0.5"), decimal_places=1), Number
]
