"""A trainer looks at all their athletes: who goes on well, and who needs attention."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, requires, trainer
from workout_application.reporting.answering import Report, ReportAnswer, ReportDesk
from workout_application.reporting.policies import ReportGuard, oneself
from workout_application.reporting.questions import ReportFormat
from workout_application.reporting.roster import (
    RECENT_DAYS,
    RosterFigures,
    RosterMember,
    RosterReader,
)
from workout_application.reporting.roster_views import (
    RosterAthleteView,
    RosterFiguresView,
    RosterLoadView,
    RosterMuscleView,
    RosterPlansView,
)
from workout_application.reporting.series import (
    ChartKind,
    ChartSeries,
    LabelType,
    Series,
    XAxis,
    YAxis,
)
from workout_application.reporting.staleness import EXERCISES, roster_of
from workout_application.reporting.tables import table_of
from workout_application.reporting.units import four_places, share, shown, three_places
from workout_domain.reporting.attention import Lately
from workout_shared.clock import Clock
from workout_shared.pages import PageRequest

_COMPONENT: Final = "roster"
_OPERATION: Final = "get_roster"
_KEPT_SECONDS: Final = 30
"""What athletes do of their own does not outdate it, and a coach wants to see it soon."""


@requires(trainer)
@dataclass(frozen=True, slots=True, kw_only=True)
class GetRoster(Query[ReportAnswer]):
    """Answers with ``RosterAthleteView`` items: those who need attention first, then by name."""

    group_id: UUID | None = None
    unit: str
    format: ReportFormat
    page: PageRequest


class GetRosterHandler:
    """Reads the athletes with every request, and their figures where they are not kept."""

    def __init__(
        self, guard: ReportGuard, roster: RosterReader, desk: ReportDesk, clock: Clock
    ) -> None:
        self._guard, self._roster, self._desk, self._clock = guard, roster, desk, clock

    async def handle(self, query: GetRoster, actor: Actor) -> ReportAnswer:
        """Read them; whoever withdrew the right to see reports is not shown any more."""
        now = self._clock.now()
        members = await self._roster.members(actor.trainer_id, query.group_id, at=now)
        self._guard.note_shown(actor, [one.athlete_id for one in members], _OPERATION)
        return await self._desk.answer(
            _COMPONENT,
            oneself(actor),
            query.format,
            asked=(replace(query, group_id=None), members),
            depends_on=(roster_of(actor.trainer_id), EXERCISES),
            make=lambda: self._report(query, members, actor.trainer_id),
            seconds=_KEPT_SECONDS,
        )

    async def _report(
        self, query: GetRoster, members: Sequence[RosterMember], trainer_id: UUID
    ) -> Report:
        figures = await self._roster.figures(trainer_id, members)
        views = [_view(one, figures[one.athlete_id], query.unit) for one in members]
        views.sort(key=lambda view: -len(view.needs_attention))
        page = views[query.page.offset :][: query.page.page_size]
        return Report(
            data=page,
            chart=lambda: _chart(page),
            tables=lambda: [table_of("Roster", RosterFiguresView, page)],
            page=query.page,
            total=len(views),
        )


def _view(member: RosterMember, found: RosterFigures, unit: str) -> RosterAthleteView:
    days_since = _days_since(found.last_session, member.today)
    lately = Lately(days_since=days_since, missed=found.missed_lately, upcoming=found.upcoming)
    return RosterAthleteView(
        athlete_id=str(member.athlete_id),
        user_id=str(member.user_id),
        username=member.username,
        name=member.name,
        is_training_now=found.is_training_now,
        last_session=found.last_session,
        days_since_last_session=days_since,
        sessions_7_days=found.sessions_7_days,
        sessions_28_days=found.sessions_28_days,
        volume_this_week=shown(found.tonnage_kg_this_week, unit),
        volume_last_week=shown(found.tonnage_kg_last_week, unit),
        unit=unit,
        hard_sets_this_week=found.hard_sets_this_week,
        new_records=found.new_records,
        plans=_plans(found),
        load=_load(found, member.today),
        needs_attention=lately.reasons,
        muscles_this_week=tuple(
            RosterMuscleView(muscle=muscle, hard_sets=three_places(sets))
            for muscle, sets in sorted(found.muscles.items(), key=_most_first)
        ),
    )


def _most_first(item: tuple[str, Decimal]) -> Any:  # noqa: ANN401 - a key to sort by
    muscle, sets = item
    return -sets, muscle


def _days_since(day: date | None, today: date) -> int | None:
    return None if day is None else max(0, (today - day).days)


def _plans(found: RosterFigures) -> RosterPlansView:
    return RosterPlansView(
        due=found.due,
        completed=found.completed,
        missed=found.missed,
        completion=share(Decimal(found.completed) / found.due) if found.due else None,
        upcoming=found.upcoming,
        next_planned=found.next_planned,
    )


def _load(found: RosterFigures, today: date) -> RosterLoadView | None:
    first = found.first_session
    if first is None or (today - first).days < RECENT_DAYS - 1:
        return None
    ratio = found.acute_load / found.chronic_load if found.chronic_load else None
    return RosterLoadView(
        acute=four_places(found.acute_load),
        chronic=four_places(found.chronic_load),
        ratio=share(ratio),
        unrated_sessions=found.unrated_sessions,
    )


def _chart(views: Sequence[RosterAthleteView]) -> ChartSeries:
    return ChartSeries(
        title="Planned workouts of 28 days",
        kind=ChartKind.STACKED_BAR,
        x=XAxis(label="Athlete", type=LabelType.CATEGORY),
        y=YAxis(label="Workouts"),
        labels=tuple(view.name for view in views),
        series=(
            Series(name="Completed", values=tuple(view.plans.completed for view in views)),
            Series(name="Missed", values=tuple(view.plans.missed for view in views)),
        ),
    )
