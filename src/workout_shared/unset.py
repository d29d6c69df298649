"""Tells "leave it as it is" from "make it null", for changes that name only some fields."""

from enum import Enum
from typing import Final, Literal, TypeVar

T = TypeVar("T")


class _Mark(Enum):
    UNSET = "unset"


Unset = Literal[_Mark.UNSET]
UNSET: Final = _Mark.UNSET


def given(value: T | Unset, present: T) -> T:
    """Return what was given, or what is present where nothing was."""
    return present if value is UNSET else value
