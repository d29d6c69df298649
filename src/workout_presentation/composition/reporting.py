"""Reporting, wired."""

from dependency_injector import containers, providers

from workout_infrastructure.charts.studio import Studio
from workout_infrastructure.charts.tables import CsvTables


class ReportingContainer(containers.DeclarativeContainer):
    """One line per handler."""

    studio = providers.Singleton(Studio)
    tables = providers.Singleton(CsvTables)
