"""What was really moved: the weight that is noted, and the part of the body that moves with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from workout_domain.kernel.load import Load

ESTIMATED: Final = "estimated"
"""The noted weight was computed and nobody moved it, so it counts nowhere as lifted."""

_NOTHING: Final = Decimal(0)


class LoadKind(StrEnum):
    """What a noted weight means; the catalogue's words, as training needs them."""

    EXTERNAL = "external"
    BODYWEIGHT = "bodyweight"
    ASSISTED = "assisted"


@dataclass(frozen=True, slots=True)
class LoadRule:
    """
    How the weight noted of a set becomes the weight that was moved; kept with the set.

    ``bodyweight_kg`` is exact and None where nobody knows it; ``bodyweight_share`` is the part of
    the body that moves, 1 for a pull-up. Both are None where the body does not count.
    """

    kind: str
    bodyweight_kg: Decimal | None = None
    bodyweight_share: Decimal | None = None

    @classmethod
    def of(cls, kind: str, share: Decimal | None, bodyweight: Load | None) -> "LoadRule":
        """Return the rule of an exercise for an athlete who weighs that much."""
        if kind in {LoadKind.EXTERNAL, ESTIMATED}:
            return cls(kind)
        return cls(kind, None if bodyweight is None else bodyweight.exact_kilograms, share)

    def weighing(self, bodyweight: Load | None) -> "LoadRule":
        """Return the same rule for another body weight."""
        return LoadRule.of(self.kind, self.bodyweight_share, bodyweight)

    def effective_kg(self, noted: Load | None) -> Decimal | None:
        """
        Return the exact kilograms moved, or None where they are not known.

        On the bar it is the noted weight; a body moves its share and what was added to it, or less
        by the assistance, which is noted as a positive weight. It never falls below zero.

        Source: formulas, section 1: effective load = body weight x share + external weight.
        """
        if self.kind == LoadKind.EXTERNAL:
            return None if noted is None else noted.exact_kilograms
        if self.bodyweight_kg is None or self.bodyweight_share is None:
            return None
        body = self.bodyweight_kg * self.bodyweight_share
        weight = _NOTHING if noted is None else noted.exact_kilograms
        if self.kind == LoadKind.ASSISTED:
            return max(body - weight, _NOTHING)
        return body + weight


def volume_of(reps: Iterable[tuple[Decimal | None, bool]]) -> Decimal | None:
    """
    Add up the exact kilograms of successful repetitions, each given as (moved, success).

    None where of no repetition is known what was moved: that is not a volume of nothing.
    """
    known = [(weight, success) for weight, success in reps if weight is not None]
    if not known:
        return None
    return sum((weight for weight, success in known if success), _NOTHING)


ONLY_COMPUTED: Final = LoadRule(ESTIMATED)
