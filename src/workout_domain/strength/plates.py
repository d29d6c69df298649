"""
Which plates to put on a bar: exact, by what is there, and honest about what cannot be loaded.

The order of preference: nearest to the target and not above it, fewest changes of what is loaded
already, fewest plates, heaviest first. Taking the heaviest plate that fits, again and again, is
not enough: of one pair of 25 and two of 20 it makes 70 of a wanted 100, where 20 and 20 are right.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from workout_domain.kernel.errors import Invalid
from workout_domain.kernel.load import Load, MeasurementUnit
from workout_domain.strength.errors import BelowBar
from workout_domain.strength.mass import amount_in, mass_of
from workout_domain.strength.plate_search import Combination, Denomination, PlateSearch

MOST_DENOMINATIONS: Final = 40
MOST_PAIRS: Final = 100
BOTH_SIDES: Final = 2
Costing = Callable[[Load, int], int]
"""What it costs to use so many plates of a load on one side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlateStock:
    """
    How many pairs of one kind of plate there are.

    Raises:
        Invalid: the plate weighs nothing, or the number of pairs is not 0 to 100.
    """

    load: Load
    pairs: int

    def __post_init__(self) -> None:
        if self.load.amount <= 0:
            raise Invalid.field("/plates", "greater_than", "A plate must weigh more than 0.")
        if not 0 <= self.pairs <= MOST_PAIRS:
            raise Invalid.field(
                "/plates", "out_of_range", f"pairs must lie between 0 and {MOST_PAIRS}."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Implement:
    """
    What the plates go on: a bar with both its collars together, loaded on two sides or on one.

    On one side (a landmine, a belt, a machine) both plates of a pair may be used.

    Raises:
        Invalid: it is loaded on neither one side nor two.
    """

    bar: Load
    collars: Load | None = None
    sides: int = BOTH_SIDES

    def __post_init__(self) -> None:
        if self.sides not in {1, BOTH_SIDES}:
            raise Invalid.field("/sides", "out_of_range", "sides must be 1 or 2.")

    @property
    def mass(self) -> int:
        """What it weighs empty, in tens of nanograms."""
        return mass_of(self.bar) + (0 if self.collars is None else mass_of(self.collars))


@dataclass(frozen=True, slots=True, kw_only=True)
class Loading:
    """
    The plates of one side, heaviest first, and what they come to with the bar.

    ``achieved`` and ``remainder`` are in the unit of the target; a remainder is what is missing,
    negative where the target was exceeded; ``loadable`` is whether there is none. ``put_on`` and
    ``taken_off`` are the changes per side of what was loaded before.
    """

    per_side: tuple[Load, ...]
    achieved: Decimal
    remainder: Decimal
    unit: MeasurementUnit
    loadable: bool
    put_on: tuple[Load, ...]
    taken_off: tuple[Load, ...]

    @property
    def changes(self) -> int:
        """How many plates go on or come off, per side."""
        return len(self.put_on) + len(self.taken_off)


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedChoice:
    """One of several fixed weights (dumbbells, a stack), and how far it is from the target."""

    chosen: Load
    achieved: Decimal
    remainder: Decimal
    unit: MeasurementUnit
    loadable: bool


STANDARD_BARS: Final = {
    MeasurementUnit.KILOGRAMS: Load(Decimal(20), MeasurementUnit.KILOGRAMS),
    MeasurementUnit.POUNDS: Load(Decimal(45), MeasurementUnit.POUNDS),
}
_STANDARD_PAIRS: Final = {
    MeasurementUnit.KILOGRAMS: {"25": 8, "20": 1, "15": 1, "10": 1, "5": 1, "2.5": 1, "1.25": 1},
    MeasurementUnit.POUNDS: {"45": 8, "35": 1, "25": 1, "10": 2, "5": 1, "2.5": 1},
}


def standard_plates(unit: MeasurementUnit) -> tuple[PlateStock, ...]:
    """Return the plates of a usual gym, for those who say nothing of their own."""
    return tuple(
        PlateStock(load=Load(Decimal(weight), unit), pairs=pairs)
        for weight, pairs in _STANDARD_PAIRS[unit].items()
    )


def load_plates(
    target: Load,
    implement: Implement,
    stock: Iterable[PlateStock],
    *,
    loaded: Sequence[Load] = (),
    may_exceed: bool = False,
) -> Loading:
    """
    Return the best loading; ``loaded`` are the plates on each side now.

    With ``may_exceed`` the nearest loading counts, also one above the target; of two equally near
    the lighter.

    Raises:
        BelowBar: the target is lighter than the empty implement.
        TooManyCombinations: there are too many sums to search.
        Invalid: there are too many kinds of plates.
    """
    on_now = Counter(loaded)
    rack = Rack(implement, stock)
    room = rack.room_for(target)
    search = rack.search(room * (2 if may_exceed else 1), _changes_of(on_now))
    found = search.heaviest_up_to(room // implement.sides)
    if may_exceed:
        above = search.lightest_above(room // implement.sides)
        missing = room - implement.sides * found.mass
        if above is not None and implement.sides * above.mass - room < missing:
            found = above
    return rack.loading(found, target, on_now)


class Rack:
    """An implement and the plates that may go on it."""

    def __init__(self, implement: Implement, stock: Iterable[PlateStock]) -> None:
        self.implement = implement
        pairs: Counter[Load] = Counter()
        for one in stock:
            pairs[one.load] += one.pairs
        if len(pairs) > MOST_DENOMINATIONS:
            raise Invalid.field(
                "/plates", "too_long", f"There may be {MOST_DENOMINATIONS} kinds of plates."
            )
        per_pair = 1 if implement.sides == BOTH_SIDES else 2
        self._plates = sorted(pairs, key=mass_of, reverse=True)
        self._available = [pairs[load] * per_pair for load in self._plates]

    def room_for(self, target: Load) -> int:
        """
        Return what plates must weigh together for a target.

        Raises:
            BelowBar: the target is lighter than the empty implement.
        """
        room = mass_of(target) - self.implement.mass
        if room < 0:
            empty = amount_in(self.implement.mass, target.unit)
            raise BelowBar.field(
                "/target", "below_bar", f"The empty bar weighs {empty} {target.unit} already."
            )
        return room

    def search(self, room: int, cost_of: Costing) -> PlateSearch:
        """Return every combination of plates that weighs at most ``room`` on all sides."""
        denominations = [
            Denomination(
                mass_of(load),
                load.unit,
                tuple(cost_of(load, count) for count in range(available + 1)),
            )
            for load, available in zip(self._plates, self._available, strict=True)
        ]
        return PlateSearch(denominations, limit=room // self.implement.sides)

    def plates(self, found: Combination) -> tuple[Load, ...]:
        """Return the plates of a combination, heaviest first."""
        counted = zip(self._plates, found.counts, strict=True)
        return tuple(load for load, count in counted for _ in range(count))

    def loading(self, found: Combination, target: Load, on_now: Counter[Load]) -> Loading:
        """Present a combination, as a change of what is loaded."""
        achieved = self.implement.mass + self.implement.sides * found.mass
        per_side = self.plates(found)
        wanted = Counter(per_side)
        return Loading(
            per_side=per_side,
            achieved=amount_in(achieved, target.unit),
            remainder=amount_in(mass_of(target) - achieved, target.unit),
            unit=target.unit,
            loadable=achieved == mass_of(target),
            put_on=_heaviest_first(wanted - on_now),
            taken_off=_heaviest_first(on_now - wanted),
        )


def choose_fixed(target: Load, weights: Iterable[Load], *, may_exceed: bool = False) -> FixedChoice:
    """
    Return the heaviest fixed weight up to the target, or with ``may_exceed`` the nearest one.

    Raises:
        BelowBar: all are heavier than the target, and none may be.
    """
    wanted = mass_of(target)
    fitting = [load for load in weights if may_exceed or mass_of(load) <= wanted]
    if not fitting:
        raise BelowBar.field("/target", "below_bar", "The lightest weight there is heavier.")
    chosen = min(fitting, key=lambda load: (abs(mass_of(load) - wanted), mass_of(load)))
    achieved = mass_of(chosen)
    return FixedChoice(
        chosen=chosen,
        achieved=amount_in(achieved, target.unit),
        remainder=amount_in(wanted - achieved, target.unit),
        unit=target.unit,
        loadable=achieved == wanted,
    )


def _changes_of(on_now: Counter[Load]) -> Costing:
    # Plates that the stock lacks come off whatever is chosen, so they cost nothing here.
    return lambda load, count: abs(count - on_now[load])


def _heaviest_first(plates: Counter[Load]) -> tuple[Load, ...]:
    return tuple(sorted(plates.elements(), key=mass_of, reverse=True))
