"""
Warm-ups: a ramp of sets up to a working weight that changes few plates on the way.

The steps are shares of the working weight, as versioned data. Each may be loaded a little lighter
or heavier, so that fewer plates go on and off between them.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

from workout_domain.kernel.guards import at_least
from workout_domain.kernel.load import Load
from workout_domain.strength.plate_search import Combination, PlateSearch
from workout_domain.strength.plates import Implement, Loading, PlateStock, Rack

MOST_REPS: Final = 100
_CANDIDATES_A_STEP: Final = 24
_TENTH: Final = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Step:
    """One set of a ramp: what share of the working weight, how often."""

    share: Decimal
    reps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WarmUpScheme:
    """
    How a ramp goes: first the empty bar, then the steps, and before few repetitions a heavy one.

    A step may miss its share by ``tolerance``, a share of the working weight too.

    Source: common practice of barbell training, e.g. M. Rippetoe, Starting Strength, 3rd ed., 2011:
    the empty bar, then three to four sets in even steps, of five, three, two and one repetitions.
    """

    name: str
    version: str
    empty_bar_reps: int
    steps: tuple[Step, ...]
    heavy_step: Step
    heavy_up_to_reps: int
    tolerance: Decimal

    def steps_before(self, reps: int) -> tuple[Step, ...]:
        """Return the steps before working sets of so many repetitions."""
        return (*self.steps, self.heavy_step) if reps <= self.heavy_up_to_reps else self.steps


RAMP: Final = WarmUpScheme(
    name="ramp",
    version="1",
    empty_bar_reps=10,
    steps=(Step(Decimal("0.4"), 5), Step(Decimal("0.6"), 3), Step(Decimal("0.8"), 2)),
    heavy_step=Step(Decimal("0.9"), 1),
    heavy_up_to_reps=3,
    tolerance=Decimal("0.075"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RampSet:
    """One set: its loading as a change of the one before; ``percentage`` is of the working set."""

    loading: Loading
    reps: int
    percentage: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class WarmUp:
    """The sets before the working set, lightest first, and the working set itself."""

    sets: tuple[RampSet, ...]
    work_set: RampSet
    scheme: WarmUpScheme

    @property
    def changes(self) -> int:
        """How many plates go on or come off per side, from the empty bar to the working set."""
        return sum(one.loading.changes for one in (*self.sets, self.work_set))


def warm_up(
    target: Load,
    reps: int,
    implement: Implement,
    stock: Iterable[PlateStock],
    *,
    scheme: WarmUpScheme = RAMP,
) -> WarmUp:
    """
    Return the ramp to a working set, or to what comes nearest to it; none to the empty bar.

    Steps that no loading comes near are left out, and so are those not heavier than the one before.

    Raises:
        BelowBar: the target is lighter than the empty implement.
        TooManyCombinations: there are too many sums to search.
        Invalid: too many kinds of plates, or repetitions out of bounds.
    """
    at_least(reps, 1, field="reps", largest=MOST_REPS)
    rack = Rack(implement, stock)
    room = rack.room_for(target)
    plain = rack.search(room, _fewest_plates)
    work = plain.heaviest_up_to(room // implement.sides)
    final = Counter(rack.plates(work))
    frugal = rack.search(room, lambda load, count: max(0, count - final[load]))
    steps = scheme.steps_before(reps)
    near = _Near(rack.implement, scheme, work, (frugal, plain))
    path = _easiest_path([near.candidates(step) for step in steps], work)
    chosen = [
        (found, step.reps) for found, step in zip(path, steps, strict=True) if found is not None
    ]
    if work.mass:
        chosen.insert(0, (_empty(work), scheme.empty_bar_reps))
    *sets, work_set = _as_changes(rack, target, [*chosen, (work, reps)])
    return WarmUp(sets=tuple(sets), work_set=work_set, scheme=scheme)


@dataclass(frozen=True, slots=True)
class _Near:
    """Finds loadings near a step: those that use the working set's plates, then any."""

    implement: Implement
    scheme: WarmUpScheme
    work: Combination
    searches: tuple[PlateSearch, ...]

    def candidates(self, step: Step) -> list[Combination]:
        """Return loadings between empty bar and working set, those nearest to the step first."""
        total = self.implement.mass + self.implement.sides * self.work.mass
        middle, reach = int(step.share * total), int(self.scheme.tolerance * total)
        found = {
            one.counts: one
            for search in self.searches
            for one in search.within(
                max(self._per_side(middle - reach), 1),
                min(self._per_side(middle + reach), self.work.mass - 1),
                around=self._per_side(middle),
                most=_CANDIDATES_A_STEP,
            )
        }
        return list(found.values())

    def _per_side(self, total: int) -> int:
        return (total - self.implement.mass) // self.implement.sides


def _easiest_path(
    steps: Sequence[Sequence[Combination]], work: Combination
) -> list[Combination | None]:
    """
    Choose a loading for each step, None where there is none, so that few plates change in all.

    Of equal paths the one nearest to the middle of the candidates wins, which come nearest first.
    """
    paths: list[tuple[int, int, list[Combination | None]]] = [(0, 0, [])]
    for candidates in steps:
        going_on = [
            _best([path for path in paths if _last(path[2], work).mass < one.mass], one, place)
            for place, one in enumerate(candidates)
            if any(_last(path[2], work).mass < one.mass for path in paths)
        ]
        # A step is left out only where none of its loadings can follow any of those before.
        paths = going_on or [(changes, misses, [*path, None]) for changes, misses, path in paths]
    ends = [
        (changes + _changes(_last(path, work), work), misses, number)
        for number, (changes, misses, path) in enumerate(paths)
    ]
    return paths[min(ends)[2]][2]


def _best(
    paths: Sequence[tuple[int, int, list[Combination | None]]], one: Combination, place: int
) -> tuple[int, int, list[Combination | None]]:
    changes, misses, number = min(
        (changes + _changes(_last(path, one), one), misses + place, number)
        for number, (changes, misses, path) in enumerate(paths)
    )
    return changes, misses, [*paths[number][2], one]


def _last(path: Sequence[Combination | None], like: Combination) -> Combination:
    return next((one for one in reversed(path) if one is not None), _empty(like))


def _empty(like: Combination) -> Combination:
    return Combination(0, (0,) * len(like.counts))


def _changes(before: Combination, after: Combination) -> int:
    pairs = zip(before.counts, after.counts, strict=True)
    return sum(abs(one - other) for one, other in pairs)


def _as_changes(
    rack: Rack, target: Load, chosen: Sequence[tuple[Combination, int]]
) -> list[RampSet]:
    loadings: list[Loading] = []
    for found, _ in chosen:
        on_now = Counter(loadings[-1].per_side if loadings else ())
        loadings.append(rack.loading(found, target, on_now))
    return [
        RampSet(
            loading=loading,
            reps=reps,
            percentage=(100 * loading.achieved / loadings[-1].achieved).quantize(
                _TENTH, rounding=ROUND_HALF_EVEN
            ),
        )
        for loading, (_, reps) in zip(loadings, chosen, strict=True)
    ]


def _fewest_plates(_load: Load, _count: int) -> int:
    return 0
