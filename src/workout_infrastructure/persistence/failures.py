"""What the database refuses, as refusals of this product."""

from typing import Final

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError

from workout_application.messaging.behaviours.transact import TransactionContended
from workout_domain.kernel.errors import Conflict, DomainError, Invalid, StaleRevision
from workout_infrastructure.persistence.database import DatabaseUnavailable

CONTENDED: Final = {"40001", "40P01"}
UNAVAILABLE: Final = ("08", "57P", "53")
BAD_DATA: Final = ("22",)
_BROKEN_CONNECTION: Final = {
    "ConnectionDoesNotExistError",
    "InterfaceError",
    "InternalClientError",
}
DUPLICATE: Final = "23505"
CONSTRAINT: Final = "23"


class AlreadyExists(Conflict):
    """Another thing with the same unique property exists."""

    code = "already_exists"


class ConstraintViolated(Invalid):
    """The database refused a value that no rule before it refused."""

    code = "constraint_violated"


_BY_CONSTRAINT: dict[str, DomainError] = {}


def refuse_as(constraint: str, refusal: DomainError) -> None:
    """Declare which refusal the violation of a named constraint stands for."""
    _BY_CONSTRAINT[constraint] = refusal


def translated(error: BaseException) -> BaseException:
    """
    Return the refusal or failure a database error stands for; anything else comes back as it is.

    asyncpg reports unencodable input (NUL, lone surrogates, numbers out of range) in several
    unrelated classes, so the SQLSTATE and the client-side classes are looked at, not the type.
    """
    if isinstance(error, StaleDataError):
        return StaleRevision("Somebody changed this in the meantime; read it again.")
    if isinstance(error, (PoolTimeout, ConnectionError)):
        return DatabaseUnavailable("The database does not answer.")
    driver_error = _driver_error(error)
    if driver_error is None:
        return error
    return _of_driver(driver_error) or error


def _driver_error(error: BaseException) -> BaseException | None:
    if isinstance(error, DBAPIError):
        origin = error.orig
        inner = None if origin is None else origin.__cause__
        if isinstance(error, (InterfaceError, OperationalError)) and inner is None:
            return error
        return inner or origin
    return error if type(error).__module__.startswith("asyncpg") else None


def _of_driver(error: BaseException) -> BaseException | None:
    state = getattr(error, "sqlstate", None) or ""
    if state in CONTENDED:
        return TransactionContended(str(error))
    if state == DUPLICATE or state.startswith(CONSTRAINT):
        return _of_constraint(error, state)
    if state.startswith(BAD_DATA) or type(error).__name__ == "DataError":
        return Invalid("A value cannot be stored.")
    if state.startswith(UNAVAILABLE) or isinstance(error, (OSError, OperationalError)):
        return DatabaseUnavailable("The database does not answer.")
    # The last is how asyncpg stumbles over a server that says goodbye between two statements.
    if type(error).__name__ in _BROKEN_CONNECTION:
        return DatabaseUnavailable("The database does not answer.")
    return None


def _of_constraint(error: BaseException, state: str) -> DomainError:
    name = getattr(error, "constraint_name", None) or ""
    known = _BY_CONSTRAINT.get(name)
    if known is not None:
        return type(known)(known.message, **known.facts)
    if state == DUPLICATE:
        return AlreadyExists("This exists already.")
    return ConstraintViolated("A value is not allowed.")
