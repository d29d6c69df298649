"""How far one exercise of a session has come, and what of it another exercise can take over."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from workout_domain.training.errors import ExerciseNotPlanned, NoSetsLeft
from workout_domain.training.resolving import ExerciseLoads, FoundLoad, resolved
from workout_domain.training.targets import SetTarget


def completes(completed_sets: int, planned_sets: int | None) -> bool:
    """Tell whether an exercise is done: never where nothing was planned."""
    return planned_sets is not None and completed_sets >= planned_sets


@dataclass(frozen=True, slots=True)
class SetsLeft:
    """How many planned sets are still to be done, and what each is to be where that was said."""

    count: int
    targets: tuple[SetTarget, ...] | None


class ExerciseLog:
    """
    How far one exercise of a session has come; sets are planned only where a workout did.

    ``targets`` is what each of them is to be, as plan and programs said when the session began.
    ``substituted_exercise_id`` is the exercise that was planned, where this one stands in for it.
    """

    def __init__(
        self,
        *,
        log_id: UUID,
        exercise_id: UUID,
        planned_sets: int | None,
        targets: tuple[SetTarget, ...] | None = None,
        order_index: int,
    ) -> None:
        self.id = log_id
        self.exercise_id = exercise_id
        self.planned_sets = planned_sets
        self.targets = targets
        self.completed_sets = 0
        self.is_completed = False
        self.order_index = order_index
        self.substituted_exercise_id: UUID | None = None

    @property
    def asked_for(self) -> UUID:
        """The exercise that was planned: this one, or the one it stands in for."""
        return self.substituted_exercise_id or self.exercise_id

    def left(self, logged: Collection[int | None]) -> SetsLeft:
        """
        Return what of the plan is still to be done.

        Args:
            logged: for each set of the exercise the number of the target it met, or None.

        A set done by the athlete's word alone counts as well, and meets the first open target.

        Raises:
            ExerciseNotPlanned: nothing was planned.
            NoSetsLeft: everything is done.
        """
        if self.planned_sets is None:
            raise ExerciseNotPlanned("The session does not plan this exercise.")
        still_open = [one for one in self.targets or () if one.number not in logged]
        met = len(logged) if self.targets is None else len(self.targets) - len(still_open)
        done = max(met, self.completed_sets)
        if done >= self.planned_sets:
            raise NoSetsLeft("All planned sets of this exercise are done.")
        targets = None if self.targets is None else tuple(still_open[done - met :])
        return SetsLeft(self.planned_sets - done, targets)

    def give_up(self, left: SetsLeft) -> None:
        """Ask only for what is done already, under the numbers it has; that completes it."""
        kept = (self.planned_sets or 0) - left.count
        self.completed_sets = max(self.completed_sets, kept)
        if not kept:
            self._forget_plan()
            return
        gone = {one.number for one in left.targets or ()}
        if self.targets is not None:
            self.targets = tuple(one for one in self.targets if one.number not in gone)
        self.planned_sets = kept
        self.is_completed = True

    def become(self, exercise_id: UUID) -> None:
        """Be the log of another exercise, of which nothing is planned yet."""
        self.exercise_id = exercise_id
        self._forget_plan()

    def take(self, left: SetsLeft, *, asked_for: UUID) -> None:
        """
        Ask, after whatever it asks for already, for what is left of an exercise.

        Repetitions, effort, tempo, rest and percentages go over, weights never: they are those of
        another lift.
        """
        before = max([self.planned_sets or 0, *(one.number for one in self.targets or ())])
        if left.targets is not None:
            taken = (
                one.without_load().numbered(number)
                for number, one in enumerate(left.targets, before + 1)
            )
            self.targets = (*(self.targets or ()), *taken)
        self.planned_sets = (self.planned_sets or 0) + left.count
        self.is_completed = completes(self.completed_sets, self.planned_sets)
        self.substituted_exercise_id = None if asked_for == self.exercise_id else asked_for

    def resolve_percentages(self, weights: Mapping[Decimal, FoundLoad]) -> None:
        """Say how heavy sets are for which only a percentage of the training max is known."""
        if self.targets is not None:
            loads = ExerciseLoads(of_percentages=weights)
            self.targets = resolved(self.targets, loads, lambda _: False)

    def _forget_plan(self) -> None:
        self.planned_sets = None
        self.targets = None
        self.is_completed = False
        self.substituted_exercise_id = None
