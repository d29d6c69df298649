"""Reporting, wired."""

from typing import Any

from dependency_injector import containers, providers

from workout_application.reporting.keeping import KeptReports
from workout_application.reporting.reactions.when_training_changed_outdate_reports import (
    WhenTrainingChangedOutdateReports,
)
from workout_infrastructure.charts.studio import Studio
from workout_infrastructure.charts.tables import CsvTables


class ReportingContainer(containers.DeclarativeContainer):
    """One line per handler."""

    cache: providers.Dependency[Any] = providers.Dependency()
    keeper: providers.Dependency[Any] = providers.Dependency()

    studio = providers.Singleton(Studio)
    tables = providers.Singleton(CsvTables)

    kept = providers.Singleton(KeptReports, keeper)

    reactions = providers.List(providers.Singleton(WhenTrainingChangedOutdateReports, cache))
