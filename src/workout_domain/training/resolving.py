"""What a plan leaves to programs: weights by rules, and what percentages come to."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain, repeat

from workout_domain.kernel.load import Load
from workout_domain.training.progression import Progression
from workout_domain.training.targets import SetTarget


@dataclass(frozen=True, slots=True)
class FoundLoad:
    """A weight that programs ask for, and why."""

    load: Load
    progression: Progression


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseLoads:
    """
    What programs ask for of one exercise on a day.

    ``of_percentages`` holds what percentages of the training max come to, where there is one.
    ``in_turn`` is what a rule asks for of the sets it judges, one after another, and ``beyond`` of
    all further ones; None where it says nothing.
    """

    of_percentages: Mapping[Decimal, FoundLoad] = field(default_factory=dict)
    in_turn: tuple[FoundLoad | None, ...] = ()
    beyond: FoundLoad | None = None


def is_open(target: SetTarget) -> bool:
    """Tell whether a plan leaves it to programs how heavy a set is to be."""
    return target.load is None


def resolved(
    targets: Iterable[SetTarget], loads: ExerciseLoads, is_judged: Callable[[SetTarget], bool]
) -> tuple[SetTarget, ...]:
    """
    Return targets with a weight wherever the plan left it open and programs know it.

    A weight that was planned stays, and a percentage stays beside what it comes to. A rule's loads
    are those of the sets for which ``is_judged`` holds, in order, planned weights among them.
    """
    by_rule = chain(loads.in_turn, repeat(loads.beyond))
    return tuple(
        _resolved(target, loads, next(by_rule) if is_judged(target) else None) for target in targets
    )


def _resolved(target: SetTarget, loads: ExerciseLoads, by_rule: FoundLoad | None) -> SetTarget:
    percentage, found = target.percent_of_training_max, by_rule
    if percentage is not None:
        found = loads.of_percentages.get(percentage)
    if found is None or not is_open(target):
        return target
    return target.resolved_to(found.load, found.progression)
