"""What kind of set a set is: seeded with the product, kept by administrators."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from workout_domain.catalogue.errors import SetTypeNeeded
from workout_domain.catalogue.events import SetTypeCreated, SetTypeDeleted, SetTypeUpdated
from workout_domain.kernel.aggregate import Aggregate
from workout_domain.kernel.errors import Invalid
from workout_domain.kernel.guards import optional_text, required_text

LONGEST_CODE: Final = 50
LONGEST_NAME: Final = 100
LONGEST_DESCRIPTION: Final = 500
CODE: Final = r"[a-z][a-z0-9_]*"
PROMISED: Final = frozenset({"normal", "warm_up", "drop_set", "failure"})
"""The codes clients may count on; they are never deleted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTypeDetails:
    """What an administrator may change about a type of set."""

    name: str
    description: str | None = None
    is_warm_up: bool = False


class SetType(Aggregate):
    """
    A kind of set, named to programs by ``code``, which never changes.

    Sets of a type that ``is_warm_up`` count in no estimate of strength.
    """

    def __init__(
        self, *, set_type_id: UUID, code: str, details: SetTypeDetails, at: datetime
    ) -> None:
        super().__init__(at=at)
        self.id = set_type_id
        self.code = code
        self._write(details)

    @classmethod
    def create(
        cls, *, set_type_id: UUID, code: str, details: SetTypeDetails, at: datetime
    ) -> "SetType":
        """
        Add a type of set.

        Raises:
            Invalid: the code is no lower snake case word, or a text is not acceptable.
        """
        made = cls(set_type_id=set_type_id, code=_checked_code(code), details=details, at=at)
        made._record(
            SetTypeCreated(
                occurred_at=at,
                set_type_id=made.id,
                code=made.code,
                is_warm_up=made.is_warm_up,
            )
        )
        return made

    def update(self, details: SetTypeDetails, *, at: datetime) -> None:
        """Replace everything but the code; sets of the type count anew at once."""
        before = self.is_warm_up
        self._write(details)
        self._record(
            SetTypeUpdated(
                occurred_at=at,
                set_type_id=self.id,
                code=self.code,
                is_warm_up=self.is_warm_up,
                warm_up_changed=self.is_warm_up != before,
            )
        )

    def delete(self, *, is_used: bool, at: datetime) -> None:
        """
        Take it out of the catalogue.

        Raises:
            SetTypeNeeded: clients count on its code, or sets of it were performed.
        """
        if self.code in PROMISED:
            raise SetTypeNeeded(f"Clients rely on the type of set {self.code}.")
        if is_used:
            raise SetTypeNeeded("Sets of this type were performed.")
        self.deleted_at = at
        self._record(SetTypeDeleted(occurred_at=at, set_type_id=self.id, code=self.code))

    def _write(self, details: SetTypeDetails) -> None:
        self.name = required_text(details.name, field="name", longest=LONGEST_NAME)
        self.description = optional_text(
            details.description, field="description", longest=LONGEST_DESCRIPTION
        )
        self.is_warm_up = details.is_warm_up


def _checked_code(code: str) -> str:
    if len(code) > LONGEST_CODE or not re.fullmatch(CODE, code):
        raise Invalid.field(
            "/code", "code", "A code is a lower case word of letters, digits and underscores."
        )
    return code
