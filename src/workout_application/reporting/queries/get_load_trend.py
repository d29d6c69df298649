"""Somebody asks where the load is going, of twelve weeks unless told else."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from typing import Final

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, requires, signed_in
from workout_application.reporting.answering import Report, ReportAnswer, ReportDesk
from workout_application.reporting.figures import DayFigures, TrainingDays
from workout_application.reporting.periods import bounded, days_of, monday_of, week_name
from workout_application.reporting.policies import ReportGuard
from workout_application.reporting.ports import DayReader, Person
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
from workout_application.reporting.units import converted, four_places, share, three_places
from workout_application.reporting.views import (
    LoadDayView,
    LoadRatiosView,
    LoadTrendView,
    LoadWeekView,
)
from workout_domain.kernel.formulas.training_load import (
    ACUTE_DAYS,
    CHRONIC_DAYS,
    exponential_averages,
    load_trend,
    monotony,
    strain,
)
from workout_domain.kernel.local_day import local_day
from workout_shared.clock import Clock

_COMPONENT: Final = "load_trend"
_OPERATION: Final = "get_load_trend"
_DAYS: Final = 84
_WEEK: Final = 7


class LoadMeasure(StrEnum):
    """What counts as load: session RPE times minutes, or kilograms moved."""

    SESSION_RPE = "session_rpe"
    VOLUME = "volume"


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class GetLoadTrend(Query[ReportAnswer]):
    """Answers with a ``LoadTrendView``."""

    question: Question
    measure: LoadMeasure = LoadMeasure.SESSION_RPE


class GetLoadTrendHandler:
    """Reads the days and works out what they come to."""

    def __init__(self, guard: ReportGuard, days: DayReader, desk: ReportDesk, clock: Clock) -> None:
        self._guard, self._days, self._desk, self._clock = guard, days, desk, clock

    async def handle(self, query: GetLoadTrend, actor: Actor) -> ReportAnswer:
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
            depends_on=(sets_of(person.user_id), sessions_of(person.user_id)),
            make=lambda: self._report(asked, person),
        )

    async def _report(self, asked: GetLoadTrend, person: Person) -> Report:
        question = asked.question
        trained = await self._days.days(person.user_id, question.window, question.exercise_id)
        view = _view(trained, asked)
        return Report(
            data=view,
            chart=lambda: _chart(view),
            tables=lambda: [table_of("Load by day", LoadDayView, view.days)],
        )


def _view(trained: TrainingDays, asked: GetLoadTrend) -> LoadTrendView:
    question = asked.question
    is_volume = asked.measure is LoadMeasure.VOLUME
    days = _known_days(trained, question)
    found = {day.day: day for day in trained.days}
    daily = [_load(found.get(day), asked) for day in days]
    is_known = is_volume or _is_rated(trained)
    return LoadTrendView(
        from_date=question.window.from_day,
        to_date=question.window.to_day,
        measure=asked.measure,
        unit=question.unit if is_volume else None,
        load=three_places(sum(daily, Decimal())),
        unrated_sessions=sum(day.unrated_sessions for day in trained.days),
        trend=_ratios(daily) if is_known else None,
        weeks=_weeks(days, daily),
        days=_days(days, daily, found, is_known=is_known),
    )


def _known_days(trained: TrainingDays, question: Question) -> list[date]:
    """Return the days from when on somebody trained: before that a day without is no rest."""
    first = trained.first_ever
    return [] if first is None else [day for day in days_of(question.window) if day >= first]


def _is_rated(trained: TrainingDays) -> bool:
    """Whether anything is known of the load; of sessions nobody rated at all, nothing is."""
    sessions = sum(day.sessions for day in trained.days)
    return sessions == 0 or sum(day.unrated_sessions for day in trained.days) < sessions


def _load(day: DayFigures | None, asked: GetLoadTrend) -> Decimal:
    if day is None:
        return Decimal()
    if asked.measure is LoadMeasure.SESSION_RPE:
        return day.session_load
    return converted(day.figures.tonnage_kg, asked.question.unit)


def _days(
    days: list[date],
    daily: Sequence[Decimal],
    found: dict[date, DayFigures],
    *,
    is_known: bool,
) -> tuple[LoadDayView, ...]:
    acute, chronic = (exponential_averages(daily, span) for span in (ACUTE_DAYS, CHRONIC_DAYS))
    views = []
    for place, day in enumerate(days):
        has_average, of_day = is_known and place + 1 >= CHRONIC_DAYS, found.get(day)
        views.append(
            LoadDayView(
                date=day,
                load=three_places(daily[place]),
                sessions=of_day.sessions if of_day else 0,
                unrated_sessions=of_day.unrated_sessions if of_day else 0,
                acute=four_places(acute[place]) if has_average else None,
                chronic=four_places(chronic[place]) if has_average else None,
            )
        )
    return tuple(views)


def _weeks(days: list[date], daily: Sequence[Decimal]) -> tuple[LoadWeekView, ...]:
    views = []
    pairs = zip(days, daily, strict=True)
    for monday, of_week in groupby(pairs, key=lambda pair: monday_of(pair[0])):
        loads = [load for _, load in of_week]
        is_whole = len(loads) == _WEEK
        views.append(
            LoadWeekView(
                week=week_name(monday),
                starts_on=monday,
                load=three_places(sum(loads, Decimal())),
                monotony=share(monotony(loads)) if is_whole else None,
                strain=share(strain(loads)) if is_whole else None,
            )
        )
    return tuple(views)


def _ratios(daily: Sequence[Decimal]) -> LoadRatiosView | None:
    trend = load_trend(daily)
    if trend is None:
        return None
    return LoadRatiosView(
        acute=four_places(trend.acute),
        chronic=four_places(trend.chronic),
        coupled=share(trend.coupled),
        uncoupled=share(trend.uncoupled),
        ewma_acute=four_places(trend.ewma_acute),
        ewma_chronic=four_places(trend.ewma_chronic),
        ewma=share(trend.ewma),
    )


def _chart(view: LoadTrendView) -> ChartSeries:
    return ChartSeries(
        title="Load trend",
        kind=ChartKind.LINE,
        x=XAxis(label="Day", type=LabelType.DATE),
        y=YAxis(label="Load a day", unit=view.unit),
        labels=tuple(day.date for day in view.days),
        series=(
            Series(name="7 days", values=tuple(day.acute for day in view.days), unit=view.unit),
            Series(name="28 days", values=tuple(day.chronic for day in view.days), unit=view.unit),
        ),
        notes=("A trend of the load; it predicts no injury.",),
    )
