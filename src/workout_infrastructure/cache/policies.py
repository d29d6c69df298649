"""How long answers of each category are kept, as the settings say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

# An answer so popular is made anew before it ends, within the last part of its life.
POPULAR_READS: Final = 3
LAST_PART: Final = 0.2


@dataclass(frozen=True, slots=True)
class CategoryPolicy:
    """
    How answers of one category are kept.

    ``sliding_seconds`` after the last read an answer ends, and ``seconds`` after it was made
    whatever happens; with neither it slides 30 minutes.
    """

    seconds: float | None = None
    sliding_seconds: float | None = None
    is_on: bool = True


DEFAULT: Final = CategoryPolicy()


@dataclass(frozen=True, slots=True)
class CachePolicies:
    """The policies of all categories, and how many entries a process keeps without Redis."""

    categories: Mapping[str, CategoryPolicy] = field(default_factory=dict)
    entries: int = 10_000

    def of(self, category: str) -> CategoryPolicy:
        """Return a category's policy; one that nobody set slides half an hour."""
        return self.categories.get(category, DEFAULT)
