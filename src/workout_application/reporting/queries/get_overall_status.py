"""Somebody asks how training goes on the whole: repetitions that succeeded and failed, and more."""

from dataclasses import dataclass, replace
from typing import Final

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, requires, signed_in
from workout_application.reporting.answering import Report, ReportAnswer, ReportDesk
from workout_application.reporting.figures import OverallFigures
from workout_application.reporting.policies import ReportGuard
from workout_application.reporting.ports import FigureReader, Person
from workout_application.reporting.questions import Question
from workout_application.reporting.series import (
    ChartKind,
    ChartSeries,
    LabelType,
    Series,
    XAxis,
    YAxis,
)
from workout_application.reporting.staleness import sessions_of, sets_of
from workout_application.reporting.tables import table_of
from workout_application.reporting.units import share, shown, three_places
from workout_application.reporting.views import OverallStatusView

_COMPONENT: Final = "overall_status"
_OPERATION: Final = "get_overall_status"


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class GetOverallStatus(Query[ReportAnswer]):
    """Answers with an ``OverallStatusView``; without a period, of all time."""

    question: Question
    include_warm_ups: bool = False


class GetOverallStatusHandler:
    """Reads totals."""

    def __init__(self, guard: ReportGuard, figures: FigureReader, desk: ReportDesk) -> None:
        self._guard, self._figures, self._desk = guard, figures, desk

    async def handle(self, query: GetOverallStatus, actor: Actor) -> ReportAnswer:
        """Read them."""
        asked = query.question
        person = await self._guard.admit(actor, asked.athlete_id, _OPERATION)
        return await self._desk.answer(
            _COMPONENT,
            person,
            asked.format,
            asked=replace(query, question=asked.of_anybody),
            depends_on=(sets_of(person.user_id), sessions_of(person.user_id)),
            make=lambda: self._report(query, person),
        )

    async def _report(self, query: GetOverallStatus, person: Person) -> Report:
        asked = query.question
        found = await self._figures.overall(person.user_id, asked.window, asked.exercise_id)
        view = _view(found, asked.unit, with_warm_ups=query.include_warm_ups)
        return Report(
            data=view,
            chart=lambda: _chart(view),
            tables=lambda: [table_of("Overall status", OverallStatusView, [view])],
        )


def _view(found: OverallFigures, unit: str, *, with_warm_ups: bool) -> OverallStatusView:
    figures = found.figures
    return OverallStatusView(
        sessions=found.sessions,
        completed_sessions=found.completed_sessions,
        minutes=three_places(found.minutes),
        sets=figures.sets,
        working_sets=figures.working_sets,
        warm_up_sets=figures.warm_up_sets,
        hard_sets=figures.hard_sets,
        successful_reps=figures.successful_reps,
        failed_reps=figures.failed_reps,
        total_reps=figures.successful_reps + figures.failed_reps,
        success_rate=share(figures.success_rate),
        volume=shown(figures.volume_kg(with_warm_ups=with_warm_ups), unit),
        unit=unit,
        duration_seconds=three_places(figures.seconds),
        distance_meters=three_places(figures.meters),
    )


def _chart(view: OverallStatusView) -> ChartSeries:
    return ChartSeries(
        title="Repetitions",
        kind=ChartKind.BAR,
        x=XAxis(label="Outcome", type=LabelType.CATEGORY),
        y=YAxis(label="Repetitions"),
        labels=("successful", "failed"),
        series=(Series(name="Repetitions", values=(view.successful_reps, view.failed_reps)),),
    )
