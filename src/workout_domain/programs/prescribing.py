"""What a rule asks for next: worked out of where it stands, nothing else."""

from dataclasses import dataclass, replace
from decimal import Decimal

from workout_domain.programs.loading import Loading, LoadKind, converted
from workout_domain.programs.parameters import Parameters, PercentageSet, RuleKind, TrainingDay
from workout_domain.programs.reckoning import Operation, Reckoning
from workout_domain.programs.steps import AskedSet, State, Step, StepReason
from workout_domain.programs.wording import counted, plain, weight


def share_of(training_max: Decimal, percent: Decimal) -> Reckoning:
    """Return a percentage of a training max, not rounded."""
    begun = Reckoning.of(training_max, "training_max")
    return begun.then(Operation.MULTIPLY, percent / 100, "percentage")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """What decides beside a rule's history: its parameters, and what a weight means on the lift."""

    parameters: Parameters
    load_kind: LoadKind

    def begun(self) -> State:
        """Return where the rule stands before anything was done."""
        return State(load=self.parameters.start)

    def goes_on_from(self, state: State, before: "Scheme") -> State:
        """
        Return where the rule stands once its parameters were changed.

        It goes on from its load, counted anew, unless the new parameters start elsewhere; a rule
        that changes its kind or its cycle begins that from the first day.
        """
        now, then = self.parameters, before.parameters
        if now.kind is not then.kind and RuleKind.TRAINING_MAX_PERCENTAGE in {now.kind, then.kind}:
            return self.begun()
        if now.kind is RuleKind.TRAINING_MAX_PERCENTAGE:
            return replace(state, once=None) if now.weeks == then.weeks else State()
        if now.start != then.start or state.load is None:
            return self.begun()
        moved = Reckoning.of(converted(state.load, then.unit, now.unit), "load")
        return State(load=now.loading.within(moved).value)

    def overridden(self, state: State, load: Decimal) -> State:
        """Return where the rule stands once somebody said what is lifted next."""
        if self.parameters.kind is RuleKind.TRAINING_MAX_PERCENTAGE:
            return replace(state, once=load)
        return State(load=load)

    def prescribe(self, state: State, training_max: Decimal | None = None) -> Step:
        """Return what is asked for next; ``training_max`` is in the rule's unit."""
        if self.parameters.kind is RuleKind.TRAINING_MAX_PERCENTAGE:
            return self._of_the_day(state, training_max)
        return self._straight(state)

    def day(self, state: State) -> TrainingDay:
        """Return the day of the cycle at which the rule stands."""
        weeks = self.parameters.weeks or ()
        return weeks[state.week - 1].days[state.day - 1]

    def loadable(self, reckoning: Reckoning) -> Reckoning:
        """Bring a figure to a load that may be put on."""
        return self.parameters.loading.loadable(reckoning, kind=self.load_kind)

    @property
    def loading(self) -> Loading:
        """The loads that may be put on."""
        return self.parameters.loading

    def _straight(self, state: State) -> Step:
        parameters = self.parameters
        load = self.loadable(Reckoning.of(state.load or Decimal(0), "load"))
        reps = parameters.reps_min or parameters.reps or 1
        sets = tuple(
            AskedSet(
                number=number,
                load=load.value,
                reps=reps,
                reps_max=parameters.reps_max,
                rpe=parameters.target_rpe,
                reckoning=load,
            )
            for number in range(1, (parameters.sets or 0) + 1)
        )
        return Step(
            sets=sets,
            unit=parameters.unit,
            reason=StepReason.FROM_LOAD,
            sentence=self._straight_sentence(load.value, reps),
        )

    def _straight_sentence(self, load: Decimal, reps: int) -> str:
        parameters = self.parameters
        upper = "" if parameters.reps_max is None else f" to {parameters.reps_max}"
        effort = "" if parameters.target_rpe is None else f" at RPE {plain(parameters.target_rpe)}"
        assisted = " of assistance" if self.load_kind is LoadKind.ASSISTED else ""
        sets = counted(parameters.sets or 0, "set")
        return f"{sets} of {reps}{upper}{effort} with {weight(load, parameters.unit)}{assisted}."

    def _of_the_day(self, state: State, training_max: Decimal | None) -> Step:
        day = self.day(state)
        reason = StepReason.FROM_TRAINING_MAX
        if state.once is not None:
            reason = StepReason.FROM_OVERRIDE
        elif training_max is None:
            reason = StepReason.TRAINING_MAX_MISSING
        sets = tuple(
            self._at_percentage(number, one, day, state.once, training_max)
            for number, one in enumerate(day.sets, start=1)
        )
        return Step(
            sets=sets,
            unit=self.parameters.unit,
            reason=reason,
            sentence=self._day_sentence(state, reason, training_max),
            training_max=training_max,
            week=state.week,
            day=state.day,
            cycle=state.cycle,
        )

    def _at_percentage(
        self,
        number: int,
        one: PercentageSet,
        day: TrainingDay,
        once: Decimal | None,
        training_max: Decimal | None,
    ) -> AskedSet:
        reckoning = None
        if once is not None:
            begun = Reckoning.of(once, "override").then(
                Operation.MULTIPLY, one.percent, "percentage"
            )
            of_top = begun.then(Operation.DIVIDE, day.top_percent, "top_percentage")
            reckoning = self.loadable(of_top)
        elif training_max is not None:
            reckoning = self.loadable(share_of(training_max, one.percent))
        return AskedSet(
            number=number,
            load=None if reckoning is None else reckoning.value,
            reps=one.reps,
            is_amrap=one.is_amrap,
            percent=one.percent,
            reckoning=reckoning,
        )

    def _day_sentence(self, state: State, reason: StepReason, training_max: Decimal | None) -> str:
        place = f"Cycle {state.cycle}, week {state.week}, day {state.day}"
        if reason is StepReason.FROM_OVERRIDE and state.once is not None:
            top = weight(state.once, self.parameters.unit)
            return f"{place}: the heaviest set was set to {top}, the others in proportion."
        if training_max is None:
            return f"{place}: percentages of a training max that nobody has set yet."
        of = weight(training_max, self.parameters.unit)
        return f"{place}: percentages of a training max of {of}."
