"""Somebody asks how much of what was planned was done, of twelve weeks unless told else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, requires, signed_in
from workout_application.reporting.answering import Report, ReportAnswer, ReportDesk
from workout_application.reporting.figures import PlannedWeek
from workout_application.reporting.periods import bounded, week_name
from workout_application.reporting.policies import ReportGuard
from workout_application.reporting.ports import Person, PlanReader
from workout_application.reporting.questions import Question
from workout_application.reporting.series import (
    ChartKind,
    ChartSeries,
    LabelType,
    Series,
    XAxis,
    YAxis,
)
from workout_application.reporting.staleness import plans_of, sessions_of, sets_of
from workout_application.reporting.tables import table_of
from workout_application.reporting.units import share
from workout_application.reporting.views import AdherenceView, AdherenceWeekView
from workout_domain.kernel.local_day import local_day
from workout_shared.clock import Clock

_COMPONENT: Final = "adherence"
_OPERATION: Final = "get_adherence"
_DAYS: Final = 84


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class GetAdherence(Query[ReportAnswer]):
    """Answers with an ``AdherenceView``."""

    question: Question


class GetAdherenceHandler:
    """Reads plans and what became of them, week by week."""

    def __init__(
        self, guard: ReportGuard, plans: PlanReader, desk: ReportDesk, clock: Clock
    ) -> None:
        self._guard, self._plans, self._desk, self._clock = guard, plans, desk, clock

    async def handle(self, query: GetAdherence, actor: Actor) -> ReportAnswer:
        """
        Read them.

        Raises:
            Invalid: the period is longer than fifty-three weeks.
        """
        question = query.question
        person = await self._guard.admit(actor, question.athlete_id, _OPERATION)
        today = local_day(self._clock.now(), person.time_zone)
        asked = bounded(question, person.time_zone, today, _DAYS)
        of_plans = () if person.athlete_id is None else (plans_of(person.athlete_id),)
        return await self._desk.answer(
            _COMPONENT,
            person,
            question.format,
            asked=(asked, today, person.time_zone),
            depends_on=(sets_of(person.user_id), sessions_of(person.user_id), *of_plans),
            make=lambda: self._report(asked, person, today),
        )

    async def _report(self, asked: Question, person: Person, today: date) -> Report:
        weeks = await self._plans.weeks(person, asked.window, asked.exercise_id, today=today)
        view = AdherenceView(
            from_date=asked.window.from_day,
            to_date=asked.window.to_day,
            weeks=tuple(
                AdherenceWeekView(
                    week=week_name(one.week), starts_on=one.week, **adherence_figures([one])
                )
                for one in weeks
            ),
            **adherence_figures(weeks),
        )
        return Report(
            data=view,
            chart=lambda: _chart(view),
            tables=lambda: [table_of("Adherence", AdherenceWeekView, view.weeks)],
        )


def adherence_figures(weeks: Sequence[PlannedWeek]) -> dict[str, Any]:
    """Return the fields of an ``AdherenceFiguresView`` over some weeks."""
    planned = sum(one.planned for one in weeks)
    completed = sum(one.completed for one in weeks)
    missed = sum(one.missed for one in weeks)
    planned_sets = sum(one.planned_sets for one in weeks)
    completed_sets = sum(one.completed_sets for one in weeks)
    return {
        "planned": planned,
        "completed": completed,
        "completed_on_day": sum(one.completed_on_day for one in weeks),
        "missed": missed,
        "upcoming": planned - completed - missed,
        "completion": _share(completed, completed + missed),
        "planned_sets": planned_sets,
        "completed_sets": completed_sets,
        "set_completion": _share(completed_sets, planned_sets),
    }


def _share(part: int, whole: int) -> Decimal | None:
    return share(Decimal(part) / whole) if whole else None


def _chart(view: AdherenceView) -> ChartSeries:
    return ChartSeries(
        title="Planned workouts by week",
        kind=ChartKind.STACKED_BAR,
        x=XAxis(label="Week from", type=LabelType.DATE),
        y=YAxis(label="Workouts"),
        labels=tuple(week.starts_on for week in view.weeks),
        series=(
            Series(name="Completed", values=tuple(week.completed for week in view.weeks)),
            Series(name="Missed", values=tuple(week.missed for week in view.weeks)),
            Series(name="Upcoming", values=tuple(week.upcoming for week in view.weeks)),
        ),
    )
