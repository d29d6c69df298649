"""Why reporting refuses."""

from workout_domain.kernel.errors import NotFound


class MonthlyReportNotFound(NotFound):
    """The report of this month was not made yet."""

    code = "monthly_report_not_found"
