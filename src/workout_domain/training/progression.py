"""Why a set is to be done with a weight that nobody entered for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

_IDS = ("rule_id", "training_max_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Progression:
    """
    What a weight follows from, as it was when the session began.

    ``rule_id`` is the progression rule that asked for it, ``training_max_id`` what a percentage
    was taken of; ``reason`` is the code by which programs explain it, such as ``from_load``.
    """

    reason: str
    rule_id: UUID | None = None
    training_max_id: UUID | None = None

    def document(self) -> dict[str, str]:
        """Return its JSON form: what it does not follow from is absent."""
        ids = {name: getattr(self, name) for name in _IDS}
        said = {name: str(value) for name, value in ids.items() if value is not None}
        return {**said, "reason": self.reason}

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> "Progression":
        """Return what ``document`` is the JSON form of."""
        ids = {name: UUID(document[name]) for name in _IDS if name in document}
        return cls(reason=document["reason"], **ids)
