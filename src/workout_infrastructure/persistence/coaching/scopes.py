"""How scopes are stored: a text array that holds nothing but scopes."""

from collections.abc import Iterable

from sqlalchemy import CheckConstraint, Column, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import TypeDecorator

from workout_domain.coaching.scopes import Scope, Scopes, in_order


class ScopeSet(TypeDecorator[Scopes]):
    """A frozen set of scopes as a text array, in the enum's order."""

    impl = ARRAY(Text)
    cache_ok = True

    def process_bind_param(self, value: Iterable[Scope] | None, dialect: object) -> list[str]:  # noqa: ARG002 - SQLAlchemy's form
        """Write them."""
        return in_order(value or ())

    def process_result_value(self, value: list[str] | None, dialect: object) -> Scopes:  # noqa: ARG002 - as above
        """Read them."""
        return frozenset(Scope(text) for text in value or ())


def scopes_column() -> tuple[Column[Scopes], CheckConstraint]:
    """Return a column called ``scopes``, with the check that refuses anything else in it."""
    known = ", ".join(f"'{scope.value}'" for scope in Scope)
    check = CheckConstraint(f"scopes <@ ARRAY[{known}]::text[]", name="scopes")
    return Column("scopes", ScopeSet, nullable=False), check
