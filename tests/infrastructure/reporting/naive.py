"""Every figure worked out again from all sets at once, as plainly as can be."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median
from typing import Any
from uuid import UUID

from tests.builders.histories import Performed, Training
from workout_domain.kernel.formulas.one_rep_max import Formula, factor


def counting(sessions: Iterable[Training]) -> list[Training]:
    """Return the sessions that count, the earliest first."""
    alive = [one for one in sessions if not one.is_deleted]
    return sorted(alive, key=lambda one: (one.at, one.id.bytes))


def within(sessions: Iterable[Training], first: date, last: date) -> list[Training]:
    """Return those of some local days."""
    return [one for one in sessions if first <= one.day <= last]


def is_working(one: Performed) -> bool:
    """Tell whether a set is none that warms up."""
    return one.code != "warm_up"


def is_hard(one: Performed) -> bool:
    """Tell whether a set was hard, or nobody knows."""
    effort = one.rpe
    if effort is None and one.rir is not None:
        effort = 10 - one.rir
    return is_working(one) and (effort is None or effort >= 6)


def loads(one: Performed) -> list[Decimal]:
    """Return what each successful repetition moved, where that is known."""
    if one.seconds is not None or one.meters is not None:
        return []
    return [rep.kg for rep in one.reps if rep.success and rep.kg is not None]


def median_factor(reps: int) -> Decimal:
    """Return what the median of the formulas multiplies a load with."""
    return median(factor(formula, reps) for formula in Formula)


def estimate(one: Performed) -> Decimal | None:
    """Return the median estimate of a set."""
    moved = loads(one)
    if not is_working(one) or not 1 <= len(moved) <= 36 or min(moved) == 0:
        return None
    return min(moved) * median_factor(len(moved))


def figures(sets: Iterable[Performed]) -> dict[str, Any]:
    """Add sets up."""
    sets = list(sets)
    working = [one for one in sets if is_working(one)]
    reps = [rep for one in sets for rep in one.reps]
    return {
        "working_sets": len(working),
        "warm_up_sets": len(sets) - len(working),
        "hard_sets": sum(is_hard(one) for one in sets),
        "sided_hard_sets": sum(is_hard(one) and one.side is not None for one in sets),
        "successful_reps": sum(rep.success for rep in reps),
        "failed_reps": sum(not rep.success for rep in reps),
        "working_reps": sum(rep.success for one in working for rep in one.reps),
        "loaded_reps": sum(len(loads(one)) for one in working),
        "tonnage_kg": sum((kg for one in working for kg in loads(one)), Decimal()),
        "warm_up_tonnage_kg": sum(
            (kg for one in sets if not is_working(one) for kg in loads(one)), Decimal()
        ),
        "seconds": sum((one.seconds or Decimal() for one in working), Decimal()),
        "meters": sum((one.meters or Decimal() for one in working), Decimal()),
    }


def exercises_of(sessions: Iterable[Training]) -> dict[UUID, list[tuple[Training, Performed]]]:
    """Return all sets of each exercise, with their sessions, in order."""
    found: dict[UUID, list[tuple[Training, Performed]]] = {}
    for session in counting(sessions):
        for one in session.counted:
            found.setdefault(one.exercise_id, []).append((session, one))
    return found


@dataclass(frozen=True)
class Found:
    """A record, or a candidate for one."""

    kind: str
    reps: int
    value: Decimal
    set_id: UUID | None
    session_id: UUID
    day: date
    previous: Decimal | None = None
    is_current: bool = True


def _first_best(pairs: Iterable[tuple[Decimal | int | None, UUID | None]]) -> Any:
    known = [(value, set_id) for value, set_id in pairs if value]
    return max(known, key=lambda pair: pair[0]) if known else None


def candidates(session: Training, exercise_id: UUID) -> Iterator[Found]:
    """List the best of one session in each kind; of equal ones the earliest set."""
    sets = [one for one in session.counted if one.exercise_id == exercise_id and is_working(one)]
    if not sets:
        return
    bests: dict[tuple[str, int], Any] = {
        ("weight", 0): _first_best((max(loads(one), default=None), one.id) for one in sets),
        ("e1rm", 0): _first_best((estimate(one), one.id) for one in sets),
        ("set_volume", 0): _first_best((sum(loads(one), Decimal()), one.id) for one in sets),
        ("session_volume", 0): _first_best([(figures(sets)["tonnage_kg"], None)]),
        ("most_reps", 0): _first_best(
            (sum(rep.success for rep in one.reps), one.id)
            for one in sets
            if not one.weight and one.seconds is None and one.meters is None
        ),
        ("duration", 0): _first_best((one.seconds, one.id) for one in sets),
        ("distance", 0): _first_best((one.meters, one.id) for one in sets),
    }
    for reps in range(1, 37):
        bests["reps", reps] = _first_best(
            (min(loads(one)), one.id) for one in sets if len(loads(one)) == reps
        )
    for (kind, reps), best in bests.items():
        if best is not None:
            yield Found(kind, reps, Decimal(best[0]), best[1], session.id, session.day)


def records(sessions: Iterable[Training], exercise_id: UUID) -> list[Found]:
    """Go through all sessions in order and keep whatever was strictly better than all before."""
    kept: list[Found] = []
    for session in counting(sessions):
        new = list(candidates(session, exercise_id))
        for one in new:
            rivals = [two for two in kept if two.kind == one.kind and two.reps >= one.reps]
            beside = [two for two in new if two.kind == one.kind and two.reps > one.reps]
            previous = max(
                (two.value for two in rivals if two.session_id != session.id), default=None
            )
            if any(two.value >= one.value for two in beside):
                continue
            if previous is None or one.value > previous:
                kept.append(Found(**{**one.__dict__, "previous": previous}))
    return [Found(**{**one.__dict__, "is_current": _is_current(one, kept)}) for one in kept]


def _is_current(one: Found, kept: list[Found]) -> bool:
    return not any(
        two.kind == one.kind and two.reps >= one.reps and two.value >= one.value and two is not one
        for two in kept
    )


def last_of(done: list[tuple[Training, Performed]]) -> date:
    """Return the local day of the latest session of an exercise."""
    return max(done, key=lambda pair: (pair[0].at, pair[0].id.bytes))[0].day
