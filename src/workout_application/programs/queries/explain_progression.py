"""Somebody asks why this load: the rule, what led here, the calculation, and what else."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, requires, signed_in
from workout_application.programs.policies import PERFORMED, ProgramGuard
from workout_application.programs.ports import (
    LatestEntries,
    ReadEntry,
    ReadRule,
    RuleReader,
    TrainingMaxReader,
)
from workout_application.programs.views import (
    ApplicationView,
    ExplanationView,
    ParametersView,
    StateView,
    StepView,
    SupposedView,
    TrainingMaxView,
)
from workout_domain.kernel.load import MeasurementUnit
from workout_domain.kernel.local_day import local_day
from workout_domain.programs.errors import ProgressionRuleNotFound
from workout_domain.programs.loading import LoadKind, converted
from workout_domain.programs.prescribing import Scheme
from workout_domain.programs.supposing import supposed
from workout_shared.clock import Clock


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainProgression(Query[ExplanationView]):
    """Answers with what is asked for today, and every figure it comes from."""

    rule_id: UUID


class ExplainProgressionHandler:
    """Reads what was decided, and works out what follows."""

    def __init__(
        self,
        rules: RuleReader,
        training_maxes: TrainingMaxReader,
        guard: ProgramGuard,
        clock: Clock,
    ) -> None:
        self._rules, self._training_maxes = rules, training_maxes
        self._guard, self._clock = guard, clock

    async def handle(self, query: ExplainProgression, actor: Actor) -> ExplanationView:
        """Explain it."""
        unknown = ProgressionRuleNotFound("No such progression rule.")
        rule = await self._rules.one(query.rule_id)
        if rule is None:
            raise unknown
        await self._guard.admit_reader(actor, rule.athlete_id, PERFORMED, unknown=unknown)
        self._guard.note_read(actor, rule.athlete_id, query.rule_id, "explain_progression")
        latest = await self._rules.latest(query.rule_id)
        now = self._clock.now()
        current = await self._training_maxes.current(rule.athlete_id, rule.exercise_id, at=now)
        maximum = current[0] if current else None
        as_of = local_day(now, rule.time_zone)
        return _explanation(query.rule_id, rule, latest, maximum, as_of)


def _explanation(
    rule_id: UUID,
    rule: ReadRule,
    latest: LatestEntries,
    maximum: TrainingMaxView | None,
    as_of: date,
) -> ExplanationView:
    scheme, state = rule.scheme, rule.state
    figure = None
    if maximum is not None:
        unit = MeasurementUnit(maximum.unit)
        figure = converted(maximum.value, unit, scheme.parameters.unit)
    step = scheme.prescribe(state, figure)
    because = "" if latest.last is None else f" {latest.last.entry.sentence}"
    return ExplanationView(
        rule_id=rule_id,
        athlete_id=rule.athlete_id,
        exercise_id=rule.exercise_id,
        exercise_name=rule.exercise_name,
        as_of=as_of,
        version=rule.version,
        parameters=ParametersView.of(scheme.parameters),
        state=StateView.of(state, scheme.parameters),
        next=StepView.of(step),
        sentence=f"{step.sentence}{because}",
        last=_shown(latest.last),
        last_session=_shown(latest.last_session),
        otherwise=_otherwise(latest.last_session, scheme.load_kind),
        ahead=[SupposedView.of(one) for one in supposed(scheme, state, figure)],
        training_max=maximum,
        proposal=_shown(latest.proposal),
    )


def _otherwise(last: ReadEntry | None, load_kind: LoadKind) -> list[SupposedView]:
    """Tell what had followed if the last session had gone in another way than it did."""
    if last is None:
        return []
    entry = last.entry
    scheme = Scheme(parameters=entry.parameters, load_kind=load_kind)
    ways = supposed(scheme, entry.before, entry.training_max)
    return [SupposedView.of(one) for one in ways if one.outcome is not entry.outcome]


def _shown(read: ReadEntry | None) -> ApplicationView | None:
    return None if read is None else read.shown
