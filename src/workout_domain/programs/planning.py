"""What percentages of a training max come to, where a coach plans with them."""

from dataclasses import replace
from decimal import Decimal

from workout_domain.kernel.load import LARGEST_LOAD, Load
from workout_domain.programs.loading import STEPS, Loading, LoadKind, converted
from workout_domain.programs.prescribing import share_of


def planned_share(
    training_max: Load, percent: Decimal, *, kind: LoadKind, rule: Loading | None
) -> Load | None:
    """
    Return the weight that a planned percentage of a training max comes to.

    It is a multiple of the step of the athlete's rule for the exercise, in its unit and whatever
    its limits; without a rule, the nearest multiple of the usual step in the training max's own
    unit. A percentage of assistance says nothing.
    """
    if kind is LoadKind.ASSISTED:
        return None
    unit = training_max.unit
    said = rule or Loading(unit=unit, step=STEPS[unit])
    loading = replace(said, minimum=Decimal(0), maximum=LARGEST_LOAD)
    share = share_of(converted(training_max.amount, unit, loading.unit), percent)
    return Load(loading.loadable(share, kind=kind).value, loading.unit)
