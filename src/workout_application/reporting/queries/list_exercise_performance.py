"""Somebody asks how each exercise goes: successes, failures, sets, volume and bests."""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, requires, signed_in
from workout_application.reporting.answering import Report, ReportAnswer, ReportDesk
from workout_application.reporting.estimates import estimate_view, weight_view
from workout_application.reporting.figures import ExerciseFigures
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
from workout_application.reporting.staleness import EXERCISES, sessions_of, sets_of
from workout_application.reporting.tables import table_of
from workout_application.reporting.units import share, shown, three_places
from workout_application.reporting.views import ExercisePerformanceView
from workout_domain.reporting.records import MEDIAN
from workout_shared.pages import PageRequest

_COMPONENT: Final = "exercise_performance"
_OPERATION: Final = "list_exercise_performance"


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class ListExercisePerformance(Query[ReportAnswer]):
    """Answers with ``ExercisePerformanceView`` items, those done last first unless sorted."""

    question: Question
    formula: str = MEDIAN
    include_warm_ups: bool = False
    page: PageRequest = field(default_factory=PageRequest)


class ListExercisePerformanceHandler:
    """Reads a page."""

    def __init__(self, guard: ReportGuard, figures: FigureReader, desk: ReportDesk) -> None:
        self._guard, self._figures, self._desk = guard, figures, desk

    async def handle(self, query: ListExercisePerformance, actor: Actor) -> ReportAnswer:
        """Read it."""
        asked = query.question
        person = await self._guard.admit(actor, asked.athlete_id, _OPERATION)
        return await self._desk.answer(
            _COMPONENT,
            person,
            asked.format,
            asked=replace(query, question=asked.of_anybody),
            depends_on=(sets_of(person.user_id), sessions_of(person.user_id), EXERCISES),
            make=lambda: self._report(query, person),
        )

    async def _report(self, query: ListExercisePerformance, person: Person) -> Report:
        asked = query.question
        found = await self._figures.exercises(
            person.user_id, asked.window, asked.exercise_id, query.page
        )
        views = [_view(one, query) for one in found.items]
        return Report(
            data=views,
            chart=lambda: _chart(views, asked.unit),
            tables=lambda: [table_of("Exercise performance", ExercisePerformanceView, views)],
            page=query.page,
            total=found.total,
        )


def _view(found: ExerciseFigures, query: ListExercisePerformance) -> ExercisePerformanceView:
    figures, unit = found.figures, query.question.unit
    best = weight_view(found.best_weight, unit)
    return ExercisePerformanceView(
        exercise_id=found.exercise_id,
        exercise_name=found.exercise_name,
        sessions=found.sessions,
        sets=figures.sets,
        working_sets=figures.working_sets,
        warm_up_sets=figures.warm_up_sets,
        hard_sets=figures.hard_sets,
        successful_reps=figures.successful_reps,
        failed_reps=figures.failed_reps,
        success_rate=share(figures.success_rate),
        volume=shown(figures.volume_kg(with_warm_ups=query.include_warm_ups), unit),
        unit=unit,
        best_weight=None if best is None else best.value,
        best_set=best,
        best_e1rm=estimate_view(found.best_e1rm, unit, query.formula),
        average_intensity=share(_average_intensity(found)),
        duration_seconds=three_places(figures.seconds),
        distance_meters=three_places(figures.meters),
        last_done=found.last_date,
    )


def _average_intensity(found: ExerciseFigures) -> Decimal | None:
    if found.best_e1rm is None or not found.figures.loaded_reps:
        return None
    return found.figures.tonnage_kg / (found.figures.loaded_reps * found.best_e1rm.value)


def _chart(views: list[ExercisePerformanceView], unit: str) -> ChartSeries:
    return ChartSeries(
        title="Volume by exercise",
        kind=ChartKind.BAR,
        x=XAxis(label="Exercise", type=LabelType.CATEGORY),
        y=YAxis(label="Volume", unit=unit),
        labels=tuple(one.exercise_name for one in views),
        series=(Series(name="Volume", values=tuple(one.volume for one in views), unit=unit),),
    )
