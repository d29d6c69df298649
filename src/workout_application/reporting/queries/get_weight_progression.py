"""Somebody asks how the loads of one exercise went up over time."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, requires, signed_in
from workout_application.reporting.answering import Report, ReportAnswer, ReportDesk
from workout_application.reporting.estimates import estimate_view, estimated_kg
from workout_application.reporting.policies import ReportGuard
from workout_application.reporting.ports import Person
from workout_application.reporting.progression import (
    Grouping,
    ProgressionReader,
    ProgressionSearch,
    ProgressPoint,
)
from workout_application.reporting.questions import Question
from workout_application.reporting.series import (
    ChartKind,
    ChartSeries,
    LabelType,
    Series,
    Value,
    XAxis,
    YAxis,
)
from workout_application.reporting.staleness import EXERCISES, exercise_of, sessions_of
from workout_application.reporting.tables import table_of
from workout_application.reporting.units import share, shown, shown_or_none, three_places
from workout_application.reporting.views import WeightPointView
from workout_domain.kernel.formulas.volume import inol, inol_band
from workout_domain.reporting.records import MEDIAN
from workout_shared.pages import PageRequest

MOST_POINTS: Final = 2_000
_COMPONENT: Final = "weight_progression"
_OPERATION: Final = "get_weight_progression"
_HUNDRED: Final = Decimal(100)


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class GetWeightProgression(Query[ReportAnswer]):
    """
    Answers with ``WeightPointView`` items of ``exercise_id``, the earliest first unless sorted.

    Charts show all points of the period, the newest 2,000 at most.
    """

    question: Question
    exercise_id: UUID
    grouping: Grouping = Grouping.SESSION
    formula: str = MEDIAN
    include_warm_ups: bool = False
    page: PageRequest = field(default_factory=PageRequest)

    @property
    def search(self) -> ProgressionSearch:
        """What is looked for."""
        return ProgressionSearch(
            exercise_id=self.exercise_id, window=self.question.window, grouping=self.grouping
        )


class GetWeightProgressionHandler:
    """Reads a page, or a line."""

    def __init__(self, guard: ReportGuard, points: ProgressionReader, desk: ReportDesk) -> None:
        self._guard, self._points, self._desk = guard, points, desk

    async def handle(self, query: GetWeightProgression, actor: Actor) -> ReportAnswer:
        """Read it."""
        asked = query.question
        person = await self._guard.admit(actor, asked.athlete_id, _OPERATION)
        user_id = person.user_id
        return await self._desk.answer(
            _COMPONENT,
            person,
            asked.format,
            asked=replace(query, question=asked.of_anybody),
            depends_on=(exercise_of(user_id, query.exercise_id), sessions_of(user_id), EXERCISES),
            make=lambda: self._report(query, person),
        )

    async def _report(self, query: GetWeightProgression, person: Person) -> Report:
        if query.question.format.is_chart:
            line = await self._points.line(person.user_id, query.search, MOST_POINTS)
            return Report(data=None, chart=lambda: _chart(line, query), tables=list)
        found = await self._points.points(person.user_id, query.search, query.page)
        views = [_view(one, query) for one in found.items]
        return Report(
            data=views,
            chart=lambda: _chart(found.items, query),
            tables=lambda: [table_of("Weight progression", WeightPointView, views)],
            page=query.page,
            total=found.total,
        )


def _view(found: ProgressPoint, query: GetWeightProgression) -> WeightPointView:
    figures, unit, best = found.figures, query.question.unit, found.best_weight
    record = _record_kg(found, query.formula)
    load = _inol(found, record)
    return WeightPointView(
        date=found.day,
        session_date=found.session_date,
        session_id=found.session_id,
        sessions=found.sessions,
        weight=None if best is None else shown(best.value, unit),
        unit=unit,
        set_id=None if best is None else best.set_id,
        best_e1rm=estimate_view(found.best_e1rm, unit, query.formula),
        volume=shown(figures.volume_kg(with_warm_ups=query.include_warm_ups), unit),
        sets=figures.sets,
        working_sets=figures.working_sets,
        hard_sets=figures.hard_sets,
        successful_reps=figures.successful_reps,
        failed_reps=figures.failed_reps,
        average_intensity=share(_average_intensity(found, record)),
        inol=share(load),
        inol_band=None if load is None else inol_band(load),
        record_weight=shown_or_none(found.record_weight, unit),
        record_e1rm=shown_or_none(record, unit),
        duration_seconds=three_places(figures.seconds),
        distance_meters=three_places(figures.meters),
    )


def _record_kg(found: ProgressPoint, formula: str) -> Decimal | None:
    return None if found.record_e1rm is None else estimated_kg(*found.record_e1rm, formula)


def _average_intensity(found: ProgressPoint, record: Decimal | None) -> Decimal | None:
    if record is None or not found.figures.loaded_reps:
        return None
    return found.figures.tonnage_kg / (found.figures.loaded_reps * record)


def _inol(found: ProgressPoint, record: Decimal | None) -> Decimal | None:
    if record is None or not found.lifts:
        return None
    return sum((inol(reps, kg / record * _HUNDRED) for kg, reps in found.lifts), Decimal())


def _chart(points: Sequence[ProgressPoint], query: GetWeightProgression) -> ChartSeries:
    unit = query.question.unit
    days = tuple(sorted({one.day for one in points}))
    lines: dict[str, list[Decimal | None]] = {
        "Heaviest repetition": [
            None if (best := one.best_weight) is None else best.value for one in points
        ],
        "Estimated maximum": [_best_kg(one, query.formula) for one in points],
        "Best so far": [one.record_weight for one in points],
    }
    return ChartSeries(
        title=f"Weight progression: {points[0].exercise_name}" if points else "Weight progression",
        kind=ChartKind.LINE,
        x=XAxis(label="Day", type=LabelType.DATE),
        y=YAxis(label="Load", unit=unit),
        labels=days,
        series=tuple(
            Series(name=name, values=_by_day(days, points, values, unit), unit=unit)
            for name, values in lines.items()
        ),
    )


def _best_kg(found: ProgressPoint, formula: str) -> Decimal | None:
    best = found.best_e1rm
    if best is None or best.load_kg is None or best.load_reps is None:
        return None
    return estimated_kg(best.load_kg, best.load_reps, formula)


def _by_day(
    days: Sequence[date],
    points: Sequence[ProgressPoint],
    values: Sequence[Decimal | None],
    unit: str,
) -> tuple[Value, ...]:
    """Return the best of each day: there may have been several sessions."""
    best: dict[date, Decimal] = {}
    for point, value in zip(points, values, strict=True):
        if value is not None:
            best[point.day] = max(value, best.get(point.day, value))
    return tuple(shown_or_none(best.get(day), unit) for day in days)
