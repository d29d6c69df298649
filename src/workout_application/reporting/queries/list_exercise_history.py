"""Somebody asks what they did of one exercise the last times: the sets, session by session."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, requires, signed_in
from workout_application.reporting.answering import Report, ReportAnswer, ReportDesk
from workout_application.reporting.estimates import estimate_view
from workout_application.reporting.history import LoggedSession, LoggedSet, LogReader
from workout_application.reporting.policies import ReportGuard
from workout_application.reporting.ports import Person
from workout_application.reporting.progression import (
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
    XAxis,
    YAxis,
)
from workout_application.reporting.staleness import exercise_of, sessions_of
from workout_application.reporting.tables import table_of
from workout_application.reporting.units import shown, shown_or_none
from workout_application.reporting.views import ExerciseSessionView, HistorySetView
from workout_domain.reporting.records import MEDIAN
from workout_shared.pages import PageRequest

_COMPONENT: Final = "exercise_history"
_OPERATION: Final = "list_exercise_history"


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class ListExerciseHistory(Query[ReportAnswer]):
    """
    Answers with ``ExerciseSessionView`` items of ``exercise_id``, the newest first unless sorted.

    The first item of the first page is what was done last. Charts and tables show the page.
    """

    question: Question
    exercise_id: UUID
    formula: str = MEDIAN
    page: PageRequest = field(default_factory=lambda: PageRequest(sort="-date"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A row of the table: one set and when it was."""

    date: date
    session_id: str
    session_name: str
    set: HistorySetView


class ListExerciseHistoryHandler:
    """Reads a page of sessions, and their sets."""

    def __init__(
        self, guard: ReportGuard, points: ProgressionReader, log: LogReader, desk: ReportDesk
    ) -> None:
        self._guard, self._points, self._log, self._desk = guard, points, log, desk

    async def handle(self, query: ListExerciseHistory, actor: Actor) -> ReportAnswer:
        """Read it."""
        asked = query.question
        person = await self._guard.admit(actor, asked.athlete_id, _OPERATION)
        user_id = person.user_id
        return await self._desk.answer(
            _COMPONENT,
            person,
            asked.format,
            asked=replace(query, question=asked.of_anybody),
            depends_on=(exercise_of(user_id, query.exercise_id), sessions_of(user_id)),
            make=lambda: self._report(query, person),
        )

    async def _report(self, query: ListExerciseHistory, person: Person) -> Report:
        search = ProgressionSearch(exercise_id=query.exercise_id, window=query.question.window)
        found = await self._points.points(person.user_id, search, query.page)
        ids = tuple(UUID(one.session_id) for one in found.items if one.session_id is not None)
        logged = await self._log.sessions(person.user_id, query.exercise_id, ids)
        # A session deleted between the two readings is left out.
        there = [(session_id, one) for session_id, one in zip(ids, found.items, strict=True)]
        views = [_view(one, logged[id_], query) for id_, one in there if id_ in logged]
        name = found.items[0].exercise_name if found.items else None
        return Report(
            data=views,
            chart=lambda: _chart(views, name, query.question.unit),
            tables=lambda: [table_of("Exercise history", _Line, _lines(views))],
            page=query.page,
            total=found.total,
        )


def _view(
    found: ProgressPoint, logged: LoggedSession, query: ListExerciseHistory
) -> ExerciseSessionView:
    unit = query.question.unit
    return ExerciseSessionView(
        session_id=str(found.session_id),
        session_name=logged.name,
        status=logged.status,
        date=found.day,
        session_date=found.session_date,
        sets=tuple(_set_view(number, one, unit) for number, one in enumerate(logged.sets, start=1)),
        volume=shown(found.figures.tonnage_kg, unit),
        unit=unit,
        best_e1rm=estimate_view(found.best_e1rm, unit, query.formula),
    )


def _set_view(number: int, one: LoggedSet, unit: str) -> HistorySetView:
    return HistorySetView(
        number=number,
        set_id=one.set_id,
        set_type=one.set_type,
        is_warm_up=one.is_warm_up,
        weight=one.weight,
        unit=one.unit,
        effective_load=shown_or_none(one.effective_kg, unit),
        effective_load_unit=unit,
        successful_reps=one.successful_reps,
        failed_reps=one.failed_reps,
        rpe=one.rpe,
        rir=one.rir,
        side=one.side,
        duration_seconds=one.duration_seconds,
        distance_meters=one.distance_meters,
    )


def _lines(views: Sequence[ExerciseSessionView]) -> Iterator[_Line]:
    for session in views:
        for one in session.sets:
            yield _Line(
                date=session.date,
                session_id=session.session_id,
                session_name=session.session_name,
                set=one,
            )


def _chart(views: Sequence[ExerciseSessionView], name: str | None, unit: str) -> ChartSeries:
    volumes: dict[date, Decimal] = defaultdict(Decimal)
    for one in views:
        volumes[one.date] += one.volume
    days = tuple(sorted(volumes))
    values = tuple(volumes[day] for day in days)
    return ChartSeries(
        title="Volume by session" if name is None else f"Volume by session: {name}",
        kind=ChartKind.BAR,
        x=XAxis(label="Day", type=LabelType.DATE),
        y=YAxis(label="Volume", unit=unit),
        labels=days,
        series=(Series(name="Volume", values=values, unit=unit),),
    )
