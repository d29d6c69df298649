"""Somebody asks what was done lately: by day and by exercise, of thirty days unless told else."""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, requires, signed_in
from workout_application.reporting.answering import Report, ReportAnswer, ReportDesk
from workout_application.reporting.figures import DayFigures, ExerciseFigures
from workout_application.reporting.periods import bounded, days_of
from workout_application.reporting.policies import ReportGuard
from workout_application.reporting.ports import DayReader, FigureReader, Person
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
from workout_application.reporting.units import shown, three_places
from workout_application.reporting.views import (
    ActivityDayView,
    ExerciseActivityView,
    RecentActivityView,
)
from workout_domain.kernel.local_day import local_day
from workout_shared.clock import Clock
from workout_shared.pages import PageRequest

_COMPONENT: Final = "recent_activity"
_OPERATION: Final = "get_recent_activity"
_DAYS: Final = 30


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class GetRecentActivity(Query[ReportAnswer]):
    """Answers with a ``RecentActivityView``; its exercises are paged."""

    question: Question
    page: PageRequest = field(default_factory=PageRequest)


class GetRecentActivityHandler:
    """Reads the days and a page of the exercises."""

    def __init__(
        self,
        guard: ReportGuard,
        days: DayReader,
        figures: FigureReader,
        desk: ReportDesk,
        clock: Clock,
    ) -> None:
        self._guard, self._days, self._figures = guard, days, figures
        self._desk, self._clock = desk, clock

    async def handle(self, query: GetRecentActivity, actor: Actor) -> ReportAnswer:
        """
        Read them.

        Raises:
            Invalid: the period is longer than fifty-three weeks.
        """
        question = query.question
        person = await self._guard.admit(actor, question.athlete_id, _OPERATION)
        today = local_day(self._clock.now(), person.time_zone)
        asked = replace(query, question=bounded(question, person.time_zone, today, _DAYS))
        return await self._desk.answer(
            _COMPONENT,
            person,
            question.format,
            asked=asked,
            depends_on=(sets_of(person.user_id), sessions_of(person.user_id), EXERCISES),
            make=lambda: self._report(asked, person),
        )

    async def _report(self, asked: GetRecentActivity, person: Person) -> Report:
        question = asked.question
        whose = person.user_id, question.window, question.exercise_id
        trained = await self._days.days(*whose)
        exercises = await self._figures.exercises(*whose, asked.page)
        view = _view(trained.days, exercises.items, question)
        return Report(
            data=view,
            chart=lambda: _chart(view, question),
            tables=lambda: [
                table_of("Days", ActivityDayView, view.days),
                table_of("Exercises", ExerciseActivityView, view.exercises),
            ],
            page=asked.page,
            total=exercises.total,
        )


def _view(
    days: tuple[DayFigures, ...], exercises: tuple[ExerciseFigures, ...], question: Question
) -> RecentActivityView:
    window, unit = question.window, question.unit
    tonnage = sum((day.figures.tonnage_kg for day in days), Decimal())
    return RecentActivityView(
        from_date=window.from_day,
        to_date=window.to_day,
        sessions=sum(day.sessions for day in days),
        completed_sessions=sum(day.completed_sessions for day in days),
        active_days=len(days),
        minutes=three_places(sum((day.minutes for day in days), Decimal())),
        working_sets=sum(day.figures.working_sets for day in days),
        hard_sets=sum(day.figures.hard_sets for day in days),
        successful_reps=sum(day.figures.successful_reps for day in days),
        failed_reps=sum(day.figures.failed_reps for day in days),
        volume=shown(tonnage, unit),
        unit=unit,
        days=tuple(_day(day, unit) for day in days),
        exercises=tuple(_exercise(one, unit) for one in exercises),
    )


def _day(day: DayFigures, unit: str) -> ActivityDayView:
    return ActivityDayView(
        date=day.day,
        sessions=day.sessions,
        minutes=three_places(day.minutes),
        working_sets=day.figures.working_sets,
        hard_sets=day.figures.hard_sets,
        successful_reps=day.figures.successful_reps,
        failed_reps=day.figures.failed_reps,
        volume=shown(day.figures.tonnage_kg, unit),
    )


def _exercise(one: ExerciseFigures, unit: str) -> ExerciseActivityView:
    return ExerciseActivityView(
        exercise_id=one.exercise_id,
        exercise_name=one.exercise_name,
        sessions=one.sessions,
        working_sets=one.figures.working_sets,
        hard_sets=one.figures.hard_sets,
        successful_reps=one.figures.successful_reps,
        failed_reps=one.figures.failed_reps,
        volume=shown(one.figures.tonnage_kg, unit),
        last_done=one.last_date,
    )


def _chart(view: RecentActivityView, question: Question) -> ChartSeries:
    volumes = {day.date: day.volume for day in view.days}
    labels = tuple(days_of(question.window))
    values = tuple(volumes.get(day, Decimal()) for day in labels)
    return ChartSeries(
        title="Volume by day",
        kind=ChartKind.BAR,
        x=XAxis(label="Day", type=LabelType.DATE),
        y=YAxis(label="Volume", unit=view.unit),
        labels=labels,
        series=(Series(name="Volume", values=values, unit=view.unit),),
    )
