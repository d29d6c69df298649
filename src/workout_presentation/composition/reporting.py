"""Reporting, wired."""

from typing import Any, Final

from dependency_injector import containers, providers

from workout_application.messaging.jobs import JobType
from workout_application.reporting.analytics import ANALYTICS
from workout_application.reporting.answering import ReportDesk
from workout_application.reporting.commands.generate_monthly_report import (
    GenerateMonthlyReport,
    GenerateMonthlyReportHandler,
)
from workout_application.reporting.commands.process_athlete_analytics import (
    ProcessAthleteAnalytics,
    ProcessAthleteAnalyticsHandler,
)
from workout_application.reporting.commands.rebuild_reports import (
    RebuildReports,
    RebuildReportsHandler,
)
from workout_application.reporting.commands.request_due_monthly_reports import (
    RequestDueMonthlyReports,
    RequestDueMonthlyReportsHandler,
)
from workout_application.reporting.commands.request_monthly_report import (
    RequestMonthlyReport,
    RequestMonthlyReportHandler,
)
from workout_application.reporting.commands.settle_reports import (
    SettleReports,
    SettleReportsHandler,
)
from workout_application.reporting.keeping import KeptReports
from workout_application.reporting.monthly import MONTHLY_REPORT
from workout_application.reporting.policies import ReportGuard
from workout_application.reporting.queries.check_reports import CheckReports, CheckReportsHandler
from workout_application.reporting.queries.get_adherence import GetAdherence, GetAdherenceHandler
from workout_application.reporting.queries.get_load_trend import GetLoadTrend, GetLoadTrendHandler
from workout_application.reporting.queries.get_monthly_report import (
    GetMonthlyReport,
    GetMonthlyReportHandler,
)
from workout_application.reporting.queries.get_muscle_volume import (
    GetMuscleVolume,
    GetMuscleVolumeHandler,
)
from workout_application.reporting.queries.get_overall_status import (
    GetOverallStatus,
    GetOverallStatusHandler,
)
from workout_application.reporting.queries.get_recent_activity import (
    GetRecentActivity,
    GetRecentActivityHandler,
)
from workout_application.reporting.queries.get_roster import GetRoster, GetRosterHandler
from workout_application.reporting.queries.get_weight_progression import (
    GetWeightProgression,
    GetWeightProgressionHandler,
)
from workout_application.reporting.queries.list_exercise_history import (
    ListExerciseHistory,
    ListExerciseHistoryHandler,
)
from workout_application.reporting.queries.list_exercise_performance import (
    ListExercisePerformance,
    ListExercisePerformanceHandler,
)
from workout_application.reporting.queries.list_personal_records import (
    ListPersonalRecords,
    ListPersonalRecordsHandler,
)
from workout_application.reporting.queries.list_trained_accounts import (
    ListTrainedAccounts,
    ListTrainedAccountsHandler,
)
from workout_application.reporting.reactions.when_histories_change_fold_them import (
    WhenHistoriesChangeFoldThem,
)
from workout_application.reporting.reactions.when_session_changes_fold_it import (
    WhenSessionChangesFoldIt,
)
from workout_application.reporting.reactions.when_session_ends_process_analytics import (
    WhenSessionEndsProcessAnalytics,
)
from workout_application.reporting.reactions.when_training_changed_outdate_reports import (
    WhenTrainingChangedOutdateReports,
)
from workout_application.reporting.reactions.when_user_deleted_forget_figures import (
    WhenUserDeletedForgetFigures,
)
from workout_application.reporting.reactions.when_user_deleted_forget_reports import (
    WhenUserDeletedForgetReports,
)
from workout_infrastructure.charts.studio import Studio
from workout_infrastructure.charts.tables import CsvTables
from workout_infrastructure.persistence.reporting.adherence import SqlPlanReader
from workout_infrastructure.persistence.reporting.athlete_analytics import (
    SqlAnalyticsShelf,
    SqlAthleteFigures,
)
from workout_infrastructure.persistence.reporting.athletes import SqlAthletes
from workout_infrastructure.persistence.reporting.checking import SqlReportChecking
from workout_infrastructure.persistence.reporting.days import SqlDayReader
from workout_infrastructure.persistence.reporting.figures import SqlFigureReader
from workout_infrastructure.persistence.reporting.folding import SqlReportFolding
from workout_infrastructure.persistence.reporting.history import SqlLogReader
from workout_infrastructure.persistence.reporting.monthly_reports import (
    SqlMonthlyReportReader,
    SqlMonthlyReports,
)
from workout_infrastructure.persistence.reporting.progression import SqlProgressionReader
from workout_infrastructure.persistence.reporting.records import SqlRecordReader
from workout_infrastructure.persistence.reporting.roster import SqlRosterReader
from workout_infrastructure.persistence.reporting.roster_figures import SqlRosterFigures
from workout_presentation.api.operations import BASE

One = providers.Singleton

JOBS: Final = [
    JobType(name=ANALYTICS, command=ProcessAthleteAnalytics, queue="low", frees_key=True),
    JobType(
        name=MONTHLY_REPORT,
        command=GenerateMonthlyReport,
        queue="low",
        timeout_seconds=300,
        result_link=lambda asked: f"{BASE}/reports/monthly/{asked['year']}/{asked['month']}",
    ),
]


class ReportingContainer(containers.DeclarativeContainer):
    """One line per handler."""

    cache: providers.Dependency[Any] = providers.Dependency()
    keeper: providers.Dependency[Any] = providers.Dependency()
    work: providers.Dependency[Any] = providers.Dependency()
    pool: providers.Dependency[Any] = providers.Dependency()
    read_pool: providers.Dependency[Any] = providers.Dependency()
    coach_guard: providers.Dependency[Any] = providers.Dependency()
    background: providers.Dependency[Any] = providers.Dependency()
    progress: providers.Dependency[Any] = providers.Dependency()
    clock: providers.Dependency[Any] = providers.Dependency()
    identifiers: providers.Dependency[Any] = providers.Dependency()

    studio = One(Studio)
    tables = One(CsvTables)
    kept = One(KeptReports, keeper)
    desk = One(ReportDesk, kept, studio, tables, clock)
    folding = One(SqlReportFolding, work)
    checking = One(SqlReportChecking, read_pool)
    figures = One(SqlFigureReader, read_pool)
    progression = One(SqlProgressionReader, read_pool)
    days = One(SqlDayReader, read_pool)
    guard = One(ReportGuard, One(SqlAthletes, read_pool), coach_guard)
    shelf = One(SqlAnalyticsShelf, work)
    monthly = One(SqlMonthlyReports, work, identifiers)

    reactions = providers.List(
        One(WhenSessionChangesFoldIt, folding, clock),
        One(WhenHistoriesChangeFoldThem, folding, clock),
        One(WhenTrainingChangedOutdateReports, cache),
        One(WhenSessionEndsProcessAnalytics, background),
        One(WhenUserDeletedForgetFigures, monthly, shelf),
        One(WhenUserDeletedForgetReports, folding),
    )

    handlers = providers.Dict(
        {
            RebuildReports: One(RebuildReportsHandler, folding, clock),
            ListTrainedAccounts: One(ListTrainedAccountsHandler, checking),
            SettleReports: One(SettleReportsHandler, folding, clock),
            CheckReports: One(CheckReportsHandler, checking),
            GetOverallStatus: One(GetOverallStatusHandler, guard, figures, desk),
            GetRecentActivity: One(GetRecentActivityHandler, guard, days, figures, desk, clock),
            GetMuscleVolume: One(GetMuscleVolumeHandler, guard, days, desk, clock),
            GetLoadTrend: One(GetLoadTrendHandler, guard, days, desk, clock),
            GetAdherence: One(
                GetAdherenceHandler, guard, One(SqlPlanReader, read_pool), desk, clock
            ),
            GetRoster: One(GetRosterHandler, guard, One(SqlRosterReader, read_pool), desk, clock),
            ListExercisePerformance: One(ListExercisePerformanceHandler, guard, figures, desk),
            GetWeightProgression: One(GetWeightProgressionHandler, guard, progression, desk),
            ListExerciseHistory: One(
                ListExerciseHistoryHandler, guard, progression, One(SqlLogReader, read_pool), desk
            ),
            ListPersonalRecords: One(
                ListPersonalRecordsHandler, guard, One(SqlRecordReader, read_pool), desk
            ),
            ProcessAthleteAnalytics: One(
                ProcessAthleteAnalyticsHandler, One(SqlAthleteFigures, work), shelf, clock
            ),
            RequestMonthlyReport: One(RequestMonthlyReportHandler, background, clock),
            RequestDueMonthlyReports: One(
                RequestDueMonthlyReportsHandler, monthly, background, clock
            ),
            GenerateMonthlyReport: One(
                GenerateMonthlyReportHandler, One(SqlRosterFigures, work), monthly, progress, clock
            ),
            GetMonthlyReport: One(
                GetMonthlyReportHandler, One(SqlMonthlyReportReader, pool), tables, studio
            ),
        }
    )
