"""A monthly report as figures, as a table and as a document."""

from datetime import UTC, datetime
from decimal import Decimal
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from workout_application.reporting.monthly import (
    MOST_BARS,
    AthleteMonth,
    MonthFigures,
    MonthlyReport,
    document_of,
    table_of,
    view_of,
)
from workout_application.reporting.series import ChartSeries
from workout_domain.reporting.month import Month

NOON = datetime(2026, 4, 1, 12, tzinfo=UTC)
counts = st.integers(0, 1000)
amounts = st.decimals(0, 10**6, places=9)
figures = st.builds(
    MonthFigures,
    sessions=counts,
    completed_sessions=counts,
    minutes=amounts,
    working_sets=counts,
    repetitions=counts,
    volume_kg=amounts,
    planned_workouts=counts,
    completed_workouts=counts,
    personal_records=counts,
)


def a_report(*of: MonthFigures) -> MonthlyReport:
    """Make a report of athletes called by their number."""
    return MonthlyReport(
        trainer_name="Carla Coach",
        month=Month(2026, 3),
        generated_at=NOON,
        athletes=tuple(
            AthleteMonth(athlete_id=uuid4(), name=f"Athlete {number}", figures=one)
            for number, one in enumerate(of)
        ),
    )


@given(st.lists(figures, max_size=5))
def test_totals_are_the_sums_and_completion_is_of_the_sums(of: list[MonthFigures]) -> None:
    view = view_of(a_report(*of))

    totals, exact = view.totals, a_report(*of).totals
    assert exact.volume_kg == sum((one.volume_kg for one in of), Decimal())
    assert exact.minutes == sum((one.minutes for one in of), Decimal())
    assert totals.sessions == sum(one.sessions for one in view.athletes)
    assert totals.personal_records == sum(one.personal_records for one in view.athletes)
    assert totals.volume_kg == round(exact.volume_kg, 4)
    planned = sum(one.planned_workouts for one in of)
    done = sum(one.completed_workouts for one in of)
    assert totals.completion == (round(Decimal(done) / planned, 4) if planned else None)


def test_the_table_has_a_row_for_everybody_and_one_for_all() -> None:
    table = table_of(
        a_report(
            MonthFigures(sessions=3, volume_kg=Decimal("1500.25"), planned_workouts=3),
            MonthFigures(sessions=1, completed_workouts=1, planned_workouts=3),
        )
    )

    assert [row[0] for row in table.rows] == ["Athlete 0", "Athlete 1", "All"]
    columns = [column.header for column in table.columns]
    assert table.rows[2][columns.index("Sessions")] == 4
    assert table.rows[0][columns.index("Volume (kg)")] == Decimal("1500.2")
    assert [row[columns.index("Completion (%)")] for row in table.rows] == [
        Decimal("0.0"),
        Decimal("33.3"),
        Decimal("16.7"),
    ]
    assert table.title == "Athletes in March 2026"


def test_the_document_shows_the_volume_of_those_who_moved_most() -> None:
    of = [MonthFigures(volume_kg=Decimal(number)) for number in range(MOST_BARS + 5)]
    document = document_of(a_report(*of))

    chart = document.parts[1]
    assert isinstance(chart, ChartSeries)
    assert len(chart.labels) == MOST_BARS
    assert chart.labels[0] == f"Athlete {MOST_BARS + 4}"
    assert (document.title, document.subtitle) == ("Monthly report", "March 2026 · Carla Coach")
    assert document.created_at == NOON


def test_without_volume_there_is_no_chart() -> None:
    assert len(document_of(a_report(MonthFigures(sessions=1))).parts) == 1
    assert len(document_of(a_report()).parts) == 1
