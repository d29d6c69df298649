"""What was done of one exercise in one session, as a rule looks at it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeVar
from uuid import UUID

from workout_domain.kernel.load import MeasurementUnit
from workout_domain.programs.loading import Loading, LoadKind, converted
from workout_domain.programs.reckoning import without_zeros

T = TypeVar("T")
W = TypeVar("W")
_NOTHING: Final = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """
    One set as it was performed.

    ``weight`` is as logged and None where none was; ``reps`` succeeded, ``failed_reps`` did not.
    ``ignored`` says why the set does not count (a warm-up, what follows a drop), ``side`` which
    side worked alone. ``body_kg`` is the part of the body weight that was moved, in kilograms.
    """

    number: int
    reps: int
    failed_reps: int = 0
    weight: Decimal | None = None
    unit: MeasurementUnit = MeasurementUnit.KILOGRAMS
    rpe: Decimal | None = None
    side: str | None = None
    body_kg: Decimal | None = None
    ignored: str | None = None
    set_id: UUID | None = None

    def load(self, loading: Loading, kind: LoadKind) -> Decimal | None:
        """
        Return the weight as the rule compares it, in its unit; None where it is not known.

        What was logged in the other unit is rounded to the rule's step: with plates of one unit
        no multiple of the other's can be met. On a lift of the body no weight is none added.
        """
        exact = self.exact(loading.unit, kind)
        if exact is None or self.unit is loading.unit:
            return exact
        return loading.nearest(exact)

    def exact(self, unit: MeasurementUnit, kind: LoadKind) -> Decimal | None:
        """Return the weight in a unit, not rounded; None where it is not known."""
        if self.weight is None:
            return None if kind is LoadKind.EXTERNAL else _NOTHING
        return without_zeros(converted(self.weight, self.unit, unit))


@dataclass(frozen=True, slots=True, kw_only=True)
class Performance:
    """The sets of one exercise in one session."""

    works: tuple[Work, ...]

    @property
    def counted(self) -> tuple[Work, ...]:
        """The sets that count."""
        return tuple(one for one in self.works if one.ignored is None)

    def sides(self) -> tuple[tuple[Work, ...], ...]:
        """
        Return the sets that count, one group for each side that worked alone.

        What both sides did together belongs to either.
        """
        alone = sorted({one.side for one in self.counted if one.side is not None})
        if not alone:
            return (self.counted,)
        return tuple(
            tuple(one for one in self.counted if one.side in {None, side}) for side in alone
        )


def most_met(targets: Sequence[T], works: Sequence[W], meets: Callable[[T, W], bool]) -> int:
    """
    Return how many targets can be met at once, each by a set of its own.

    Source: augmenting paths, H. W. Kuhn, The Hungarian method, 1955; in whatever order the sets
    were done, none is spent on a target that a lesser one meets.
    """
    taken: dict[int, int] = {}

    def finds_a_set(target: int, tried: set[int]) -> bool:
        for number, work in enumerate(works):
            if number in tried or not meets(targets[target], work):
                continue
            tried.add(number)
            if number not in taken or finds_a_set(taken[number], tried):
                taken[number] = target
                return True
        return False

    return sum(finds_a_set(target, set()) for target in range(len(targets)))
