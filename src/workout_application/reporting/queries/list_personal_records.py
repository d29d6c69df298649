"""Somebody asks in what they are better than ever: the records that stand, or all there were."""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Query, requires, signed_in
from workout_application.reporting.answering import Report, ReportAnswer, ReportDesk
from workout_application.reporting.estimates import estimated_kg, version_of
from workout_application.reporting.figures import Listed
from workout_application.reporting.policies import ReportGuard
from workout_application.reporting.ports import Person
from workout_application.reporting.questions import Question
from workout_application.reporting.record_charts import (
    BAR_SORT,
    MOST_POINTS,
    chart_of_exercise,
    chart_of_exercises,
)
from workout_application.reporting.records import HeldRecord, RecordReader, RecordSearch
from workout_application.reporting.staleness import EXERCISES, exercise_of, sessions_of, sets_of
from workout_application.reporting.tables import table_of
from workout_application.reporting.units import shown, three_places
from workout_application.reporting.views import EstimateOriginView, PersonalRecordView
from workout_domain.kernel.formulas.one_rep_max import reliability
from workout_domain.reporting.records import MEASURED_IN_LOAD, MEDIAN, RecordKind
from workout_shared.pages import PageRequest

_COMPONENT: Final = "personal_records"
_OPERATION: Final = "list_personal_records"
_MEASURES: Final = {
    RecordKind.MOST_REPS: "repetitions",
    RecordKind.DURATION: "seconds",
    RecordKind.DISTANCE: "meters",
}


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class ListPersonalRecords(Query[ReportAnswer]):
    """
    Answers with ``PersonalRecordView`` items, the newest first unless sorted.

    A period is when records were set. Sets are compared by the median of the formulas, and
    estimates told by ``formula``. A chart shows one exercise over time, beaten records included,
    or the page of what stands in one kind, the best first: estimates, unless ``kind`` says else.
    """

    question: Question
    kind: RecordKind | None = None
    current: bool = True
    formula: str = MEDIAN
    page: PageRequest = field(default_factory=PageRequest)


class ListPersonalRecordsHandler:
    """Reads a page."""

    def __init__(self, guard: ReportGuard, records: RecordReader, desk: ReportDesk) -> None:
        self._guard, self._records, self._desk = guard, records, desk

    async def handle(self, query: ListPersonalRecords, actor: Actor) -> ReportAnswer:
        """Read it."""
        asked = query.question
        person = await self._guard.admit(actor, asked.athlete_id, _OPERATION)
        user_id = person.user_id
        named = asked.exercise_id
        logged = sets_of(user_id) if named is None else exercise_of(user_id, named)
        return await self._desk.answer(
            _COMPONENT,
            person,
            asked.format,
            asked=replace(query, question=asked.of_anybody),
            depends_on=(logged, sessions_of(user_id), EXERCISES),
            make=lambda: self._report(query, person),
        )

    async def _report(self, query: ListPersonalRecords, person: Person) -> Report:
        found, page = await self._found(query, person)
        views = [_view(one, query) for one in found.items]
        named = query.question.exercise_id
        return Report(
            data=views,
            chart=lambda: chart_of_exercises(views) if named is None else chart_of_exercise(views),
            tables=lambda: [table_of("Personal records", PersonalRecordView, views)],
            page=page,
            total=found.total,
        )

    async def _found(
        self, query: ListPersonalRecords, person: Person
    ) -> tuple[Listed[HeldRecord], PageRequest]:
        asked, page = query.question, query.page
        kinds = None if query.kind is None else (query.kind,)
        search = RecordSearch(
            window=asked.window,
            exercise_id=asked.exercise_id,
            kinds=kinds,
            is_current=query.current,
            formula=query.formula,
            unit=asked.unit,
        )
        if asked.format.is_chart and asked.exercise_id is not None:
            search = replace(search, is_current=False)
            page = PageRequest(page_size=MOST_POINTS)
        elif asked.format.is_chart:
            search = replace(search, is_current=True, kinds=kinds or (RecordKind.E1RM,))
            page = replace(page, sort=page.sort or BAR_SORT)
        return await self._records.records(person.user_id, search, page), page


def _view(found: HeldRecord, query: ListPersonalRecords) -> PersonalRecordView:
    unit, value, previous = query.question.unit, *_told(found, query.formula)
    return PersonalRecordView(
        exercise_id=found.exercise_id,
        exercise_name=found.exercise_name,
        kind=found.kind,
        reps=found.reps or None,
        value=_measured(value, found.kind, unit),
        unit=_MEASURES.get(found.kind, unit),
        previous_value=None if previous is None else _measured(previous, found.kind, unit),
        improvement=None if previous is None else _measured(value - previous, found.kind, unit),
        is_current=found.is_current,
        set_id=found.set_id,
        session_id=found.session_id,
        date=found.local_date,
        estimate=_origin(found, unit, query.formula),
    )


def _told(found: HeldRecord, formula: str) -> tuple[Decimal, Decimal | None]:
    """Return a record and the one before; estimates as the formula makes them of their sets."""
    if found.load_kg is None or found.load_reps is None:
        return found.value, found.previous
    value = estimated_kg(found.load_kg, found.load_reps, formula)
    if found.previous_load_kg is None or found.previous_load_reps is None:
        return value, None
    return value, estimated_kg(found.previous_load_kg, found.previous_load_reps, formula)


def _measured(value: Decimal, kind: RecordKind, unit: str) -> Decimal:
    return shown(value, unit) if kind in MEASURED_IN_LOAD else three_places(value)


def _origin(found: HeldRecord, unit: str, formula: str) -> EstimateOriginView | None:
    if found.load_kg is None or found.load_reps is None:
        return None
    return EstimateOriginView(
        formula=formula,
        version=version_of(formula),
        reliability=reliability(found.load_reps),
        weight=shown(found.load_kg, unit),
        reps=found.load_reps,
    )
