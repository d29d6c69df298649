"""What was lifted: sets and their repetitions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID

from workout_domain.kernel.errors import FieldError, Invalid
from workout_domain.kernel.guards import at_least, not_ahead, not_negative
from workout_domain.kernel.load import Load, MeasurementUnit
from workout_domain.training.deviation import Deviation
from workout_domain.training.effective_load import LoadRule, volume_of
from workout_domain.training.errors import (
    ExerciseMeasuredOtherwise,
    RepNotFound,
    RepNumberTaken,
)
from workout_domain.training.targets import SetTarget

MOST_REPS: Final = 1000
LOWEST_RPE: Final = Decimal(1)
HIGHEST_RPE: Final = Decimal(10)


class Measure(StrEnum):
    """What an exercise is measured in; the catalogue's words, as training needs them."""

    WEIGHT_REPS = "weight_reps"
    REPS = "reps"
    DURATION = "duration"
    DISTANCE = "distance"
    WEIGHT_DURATION = "weight_duration"
    WEIGHT_DISTANCE = "weight_distance"
    DISTANCE_DURATION = "distance_duration"


class Side(StrEnum):
    """Which side worked, where only one did."""

    LEFT = "left"
    RIGHT = "right"


_NEEDS: Final[dict[str, tuple[str, ...]]] = {
    Measure.WEIGHT_REPS: ("reps",),
    Measure.REPS: ("reps",),
    Measure.DURATION: ("duration_seconds",),
    Measure.WEIGHT_DURATION: ("duration_seconds",),
    Measure.DISTANCE: ("distance_meters",),
    Measure.WEIGHT_DISTANCE: ("distance_meters",),
    Measure.DISTANCE_DURATION: ("distance_meters", "duration_seconds"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RepDraft:
    """One repetition as reported; without a load it has the set's."""

    rep_number: int
    load: Load | None = None
    success: bool = True

    def __post_init__(self) -> None:
        at_least(self.rep_number, 1, field="rep_number", largest=MOST_REPS)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetDraft:
    """One set as reported, before it is accepted."""

    load: Load | None = None
    reps: tuple[RepDraft, ...] = ()
    duration_seconds: Decimal | None = None
    distance_meters: Decimal | None = None
    rpe: Decimal | None = None
    rir: Decimal | None = None
    side: Side | None = None
    description: str | None = None
    notes: str | None = None

    def __post_init__(self) -> None:
        not_negative(self.duration_seconds, field="duration_seconds")
        not_negative(self.distance_meters, field="distance_meters")
        not_negative(self.rir, field="rir")
        if self.rpe is not None and not LOWEST_RPE <= self.rpe <= HIGHEST_RPE:
            raise Invalid.field("/rpe", "out_of_range", "rpe must lie between 1 and 10.")

    def refuse_unless_measured_as(self, measure: str) -> None:
        """
        Check that the set says what its exercise is measured in; anything beyond is welcome.

        An exercise over a distance in a time needs one of the two.

        Raises:
            Invalid: a measure is missing, or a repetition number stands twice.
        """
        needed = _NEEDS[measure]
        given = {
            "reps": bool(self.reps),
            "duration_seconds": self.duration_seconds is not None,
            "distance_meters": self.distance_meters is not None,
        }
        if not any(given[name] for name in needed):
            sentence = f"An exercise measured in {measure} needs {' or '.join(needed)}."
            pointers = ["number_reps" if name == "reps" else name for name in needed]
            raise Invalid(sentence, [FieldError(f"/{p}", "required", sentence) for p in pointers])
        numbers = [rep.rep_number for rep in self.reps]
        if len(set(numbers)) != len(numbers):
            raise Invalid.field("/reps", "duplicate", "Each rep_number may stand only once.")
        if len(numbers) > MOST_REPS:
            raise Invalid.field("/reps", "too_long", f"A set has at most {MOST_REPS} repetitions.")


def refuse_unless_measured_alike(planned: str, substitute: str) -> None:
    """
    Let an exercise stand in for another only where each set of that one says all it needs.

    An exercise over a distance in a time takes sets of either, but cannot be left for one of the
    two. The same is asked of exercises that become others.

    Raises:
        ExerciseMeasuredOtherwise: some sets could not be performed with it.
    """
    if not set(_NEEDS[planned]) <= set(_NEEDS[substitute]):
        raise ExerciseMeasuredOtherwise.field(
            "/exercise_id",
            "exercise_measured_otherwise",
            f"Sets planned in {planned} cannot be done in {substitute}.",
        )


def no_such_parent() -> Invalid:
    """Return the refusal of a set that is said to follow one of elsewhere, or itself."""
    return Invalid.field(
        "/parent_set_id",
        "parent_set",
        "parent_set_id must name another set of the same session and exercise.",
    )


def successes(reps: Iterable[bool]) -> int | None:
    """Count the repetitions that succeeded; None where there are none at all."""
    counted = list(reps)
    return sum(counted) if counted else None


def successful_reps(number: int) -> tuple[RepDraft, ...]:
    """Return that many successful repetitions, numbered from 1."""
    return tuple(RepDraft(rep_number=count) for count in range(1, number + 1))


class Rep:
    """One repetition: a success unless said otherwise."""

    def __init__(
        self,
        *,
        rep_id: UUID,
        session_id: UUID,
        draft: RepDraft,
        set_load: Load | None,
        at: datetime,
    ) -> None:
        self.id = rep_id
        self.session_id = session_id
        self.rep_number = draft.rep_number
        self.load = draft.load or set_load
        self.success = draft.success
        self.effective_kg: Decimal | None = None
        self.client_generated_id: str | None = None
        self.created_at = at

    @property
    def weight(self) -> Decimal | None:
        """The weight lifted, in ``unit``."""
        return None if self.load is None else self.load.amount

    @property
    def unit(self) -> MeasurementUnit | None:
        """The unit of the weight."""
        return None if self.load is None else self.load.unit


class PerformedSet:
    """
    One set of one exercise, as it was performed.

    ``effective_kg`` of the set and of each repetition is what was really moved, exact, and None
    where that is not known; ``load_rule`` says how it comes of the noted weights. ``target`` is
    what the set was to be, ``deviation`` how far it is from that; both None where nothing was
    planned.
    """

    def __init__(
        self,
        *,
        set_id: UUID,
        session_id: UUID,
        exercise_id: UUID,
        set_type_id: UUID,
        load_rule: LoadRule,
        draft: SetDraft,
        sequence: int,
        performed_at: datetime,
        client_generated_id: str | None,
        at: datetime,
        parent_set_id: UUID | None = None,
        target: SetTarget | None = None,
    ) -> None:
        self.id = set_id
        self.session_id = session_id
        self.exercise_id = exercise_id
        self.set_type_id = set_type_id
        self.load_rule = load_rule
        self.parent_set_id = parent_set_id
        self.target = target
        self.target_number = None if target is None else target.number
        self.sequence = sequence
        self.performed_at = performed_at
        self.client_generated_id = client_generated_id
        self.created_at = at
        self.updated_at = at
        self.deleted_at: datetime | None = None
        self._reps: list[Rep] = []
        self._write(draft)

    @property
    def reps(self) -> tuple[Rep, ...]:
        """The repetitions in their order."""
        return tuple(sorted(self._reps, key=lambda rep: rep.rep_number))

    @property
    def draft(self) -> SetDraft:
        """The set as it would be reported now."""
        return SetDraft(
            load=self.load,
            reps=tuple(
                RepDraft(rep_number=rep.rep_number, load=rep.load, success=rep.success)
                for rep in self.reps
            ),
            duration_seconds=self.duration_seconds,
            distance_meters=self.distance_meters,
            rpe=self.rpe,
            rir=self.rir,
            side=self.side,
            description=self.description,
            notes=self.notes,
        )

    @property
    def volume_kg(self) -> Decimal | None:
        """The exact kilograms of all successful repetitions; None where no weight is known."""
        return volume_of((rep.effective_kg, rep.success) for rep in self._reps)

    def correct(
        self, draft: SetDraft, *, set_type_id: UUID, performed_at: datetime, at: datetime
    ) -> None:
        """
        Replace what the set says, its repetitions apart.

        Repetitions that had the set's weight take the new one along.

        Raises:
            Invalid: it would have been performed in the future.
        """
        not_ahead(performed_at, now=at, field="performed_at")
        for rep in self._reps:
            if rep.load == self.load:
                rep.load = draft.load
        self.set_type_id = set_type_id
        self.performed_at = performed_at
        self.updated_at = at
        self._write(draft)

    def weigh(self, bodyweight: Load | None) -> None:
        """Compute anew what was moved, for an athlete who weighs that much."""
        self.load_rule = self.load_rule.weighing(bodyweight)
        self._compute()

    def replace_reps(self, reps: list[Rep]) -> None:
        """Put other repetitions in place of all."""
        self._reps[:] = reps
        self._compute()

    def add_rep(self, rep: Rep) -> None:
        """
        Add one repetition.

        Raises:
            RepNumberTaken: the set has one of this number.
        """
        if any(other.rep_number == rep.rep_number for other in self._reps):
            raise RepNumberTaken(f"The set has a repetition number {rep.rep_number} already.")
        self._reps.append(rep)
        self._compute()

    def correct_rep(self, rep_id: UUID, draft: RepDraft) -> Rep:
        """Replace what one repetition says; refuse a number another one has."""
        rep = self.rep(rep_id)
        taken = any(r.rep_number == draft.rep_number for r in self._reps if r is not rep)
        if taken:
            raise RepNumberTaken(f"The set has a repetition number {draft.rep_number} already.")
        rep.rep_number = draft.rep_number
        rep.load = draft.load or self.load
        rep.success = draft.success
        self._compute()
        return rep

    def remove_rep(self, rep_id: UUID) -> None:
        """Take one repetition out."""
        self._reps.remove(self.rep(rep_id))
        self._compute()

    def rep(self, rep_id: UUID) -> Rep:
        """
        Return one repetition of this set.

        Raises:
            RepNotFound: it has none of this id.
        """
        for rep in self._reps:
            if rep.id == rep_id:
                return rep
        raise RepNotFound("No such repetition.")

    def _write(self, draft: SetDraft) -> None:
        self.load = draft.load
        self.duration_seconds = draft.duration_seconds
        self.distance_meters = draft.distance_meters
        self.rpe = draft.rpe
        self.rir = draft.rir
        self.side = draft.side
        self.description = draft.description
        self.notes = draft.notes
        self._compute()

    def _compute(self) -> None:
        self.number_reps = len(self._reps)
        self.effective_kg = self.load_rule.effective_kg(self.load)
        for rep in self._reps:
            rep.effective_kg = self.load_rule.effective_kg(rep.load)
        self.deviation = self._deviation()

    def _deviation(self) -> Deviation | None:
        if self.target is None:
            return None
        return Deviation.of(
            self,
            self.target,
            kind=self.load_rule.kind,
            successful_reps=successes(rep.success for rep in self._reps),
        )
