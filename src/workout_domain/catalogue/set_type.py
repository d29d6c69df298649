"""What kind of set a set is: reference data, seeded with the product."""

from datetime import datetime
from uuid import UUID

from workout_domain.kernel.aggregate import Aggregate
from workout_domain.kernel.guards import optional_text, required_text

LONGEST_CODE = 50
LONGEST_NAME = 100
LONGEST_DESCRIPTION = 500


class SetType(Aggregate):
    """
    A kind of set, named to programs by ``code``.

    Sets of a type that ``is_warm_up`` count in no estimate of strength.
    """

    def __init__(
        self,
        *,
        set_type_id: UUID,
        code: str,
        name: str,
        description: str | None = None,
        is_warm_up: bool = False,
        at: datetime,
    ) -> None:
        super().__init__(at=at)
        self.id = set_type_id
        self.code = required_text(code, field="code", longest=LONGEST_CODE)
        self.name = required_text(name, field="name", longest=LONGEST_NAME)
        self.description = optional_text(
            description, field="description", longest=LONGEST_DESCRIPTION
        )
        self.is_warm_up = is_warm_up
