"""Somebody asks how many hard sets each muscle did a week, of twelve weeks unless told else."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Final

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, requires, signed_in
from workout_application.reporting.answering import Report, ReportAnswer, ReportDesk
from workout_application.reporting.figures import MuscleWeek
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
from workout_application.reporting.staleness import EXERCISES, sessions_of, sets_of
from workout_application.reporting.tables import table_of
from workout_application.reporting.units import shown, three_places
from workout_application.reporting.views import (
    MuscleSetsView,
    MuscleTotalView,
    MuscleVolumeView,
    MuscleWeekView,
)
from workout_domain.kernel.local_day import local_day
from workout_domain.reporting.muscles import weighted_sets
from workout_shared.clock import Clock

_COMPONENT: Final = "muscle_volume"
_OPERATION: Final = "get_muscle_volume"
_DAYS: Final = 84
_WEEK: Final = 7


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class GetMuscleVolume(Query[ReportAnswer]):
    """Answers with a ``MuscleVolumeView``."""

    question: Question


class GetMuscleVolumeHandler:
    """Reads muscles week by week."""

    def __init__(self, guard: ReportGuard, days: DayReader, desk: ReportDesk, clock: Clock) -> None:
        self._guard, self._days, self._desk, self._clock = guard, days, desk, clock

    async def handle(self, query: GetMuscleVolume, actor: Actor) -> ReportAnswer:
        """
        Read them.

        Raises:
            Invalid: the period is longer than fifty-three weeks.
        """
        question = query.question
        person = await self._guard.admit(actor, question.athlete_id, _OPERATION)
        today = local_day(self._clock.now(), person.time_zone)
        asked = bounded(question, person.time_zone, today, _DAYS)
        return await self._desk.answer(
            _COMPONENT,
            person,
            question.format,
            asked=asked,
            depends_on=(sets_of(person.user_id), sessions_of(person.user_id), EXERCISES),
            make=lambda: self._report(asked, person),
        )

    async def _report(self, asked: Question, person: Person) -> Report:
        found = await self._days.muscles(person.user_id, asked.window, asked.exercise_id)
        view = _view(found, asked)
        return Report(
            data=view,
            chart=lambda: _chart(view),
            tables=lambda: [table_of("Muscles", MuscleTotalView, view.muscles)],
        )


def _view(found: list[MuscleWeek], asked: Question) -> MuscleVolumeView:
    by_week = {week: list(rows) for week, rows in groupby(found, key=lambda one: one.week)}
    mondays = sorted({monday_of(day) for day in days_of(asked.window)})
    return MuscleVolumeView(
        from_date=asked.window.from_day,
        to_date=asked.window.to_day,
        unit=asked.unit,
        muscles=_totals(found, asked),
        weeks=tuple(
            MuscleWeekView(
                week=week_name(monday),
                starts_on=monday,
                muscles=tuple(_sets(one.muscle, [one], asked) for one in by_week.get(monday, ())),
            )
            for monday in mondays
        ),
    )


def _totals(found: list[MuscleWeek], asked: Question) -> tuple[MuscleTotalView, ...]:
    weeks = Decimal(len(days_of(asked.window))) / _WEEK
    totals = [
        _sets(muscle, list(rows), asked)
        for muscle, rows in groupby(
            sorted(found, key=lambda one: one.muscle), key=lambda one: one.muscle
        )
    ]
    return tuple(
        MuscleTotalView(
            muscle=one.muscle,
            hard_sets=one.hard_sets,
            primary_sets=one.primary_sets,
            secondary_sets=one.secondary_sets,
            volume=one.volume,
            sets_per_week=three_places(one.hard_sets / weeks),
        )
        for one in sorted(totals, key=lambda one: (-one.hard_sets, one.muscle))
    )


def _sets(muscle: str, rows: Iterable[MuscleWeek], asked: Question) -> MuscleSetsView:
    rows = list(rows)
    primary = sum((one.primary_sets for one in rows), Decimal())
    secondary = sum((one.secondary_sets for one in rows), Decimal())
    return MuscleSetsView(
        muscle=muscle,
        hard_sets=three_places(weighted_sets(primary, secondary)),
        primary_sets=three_places(primary),
        secondary_sets=three_places(secondary),
        volume=shown(sum((one.tonnage_kg for one in rows), Decimal()), asked.unit),
    )


def _chart(view: MuscleVolumeView) -> ChartSeries:
    by_week = [{one.muscle: one.hard_sets for one in week.muscles} for week in view.weeks]
    return ChartSeries(
        title="Hard sets by muscle and week",
        kind=ChartKind.STACKED_BAR,
        x=XAxis(label="Week from", type=LabelType.DATE),
        y=YAxis(label="Hard sets"),
        labels=tuple(week.starts_on for week in view.weeks),
        series=tuple(
            Series(
                name=total.muscle,
                values=tuple(sets.get(total.muscle, Decimal()) for sets in by_week),
            )
            for total in view.muscles
        ),
        notes=("Muscles that help with an exercise count by half.",),
    )
