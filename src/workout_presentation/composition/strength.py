"""Strength tools, wired."""

from typing import Any

from dependency_injector import containers, providers

from workout_application.strength.commands.create_plate_inventory import (
    CreatePlateInventory,
    CreatePlateInventoryHandler,
)
from workout_application.strength.commands.delete_plate_inventory import (
    DeletePlateInventory,
    DeletePlateInventoryHandler,
)
from workout_application.strength.commands.replace_plate_inventory import (
    ReplacePlateInventory,
    ReplacePlateInventoryHandler,
)
from workout_application.strength.gear import GearRoom
from workout_application.strength.queries.calculate_plates import (
    CalculatePlates,
    CalculatePlatesHandler,
)
from workout_application.strength.queries.estimate_one_rep_max import (
    EstimateOneRepMax,
    EstimateOneRepMaxHandler,
)
from workout_application.strength.queries.get_plate_inventory import (
    GetPlateInventory,
    GetPlateInventoryHandler,
)
from workout_application.strength.queries.list_plate_inventories import (
    ListPlateInventories,
    ListPlateInventoriesHandler,
)
from workout_application.strength.queries.plan_warm_up import PlanWarmUp, PlanWarmUpHandler
from workout_application.strength.queries.score_points import ScorePoints, ScorePointsHandler
from workout_application.strength.queries.suggest_one_rep_maxes import (
    SuggestOneRepMaxes,
    SuggestOneRepMaxesHandler,
)
from workout_application.strength.reactions.when_user_deleted_erase_plate_inventories import (
    WhenUserDeletedErasePlateInventories,
)
from workout_infrastructure.persistence.strength.best_sets import SqlBestSets
from workout_infrastructure.persistence.strength.plate_inventories import (
    SqlOwnedInventories,
    SqlPlateInventoryReader,
    SqlPlateInventoryRepository,
)
from workout_infrastructure.persistence.strength.telemetry import (
    NoCalculatorTelemetry,
    SqlCalculatorTelemetry,
)


class StrengthContainer(containers.DeclarativeContainer):
    """One line per handler."""

    settings: providers.Dependency[Any] = providers.Dependency()
    work: providers.Dependency[Any] = providers.Dependency()
    units_of_work: providers.Dependency[Any] = providers.Dependency()
    pool: providers.Dependency[Any] = providers.Dependency()
    read_pool: providers.Dependency[Any] = providers.Dependency()
    clock: providers.Dependency[Any] = providers.Dependency()
    identifiers: providers.Dependency[Any] = providers.Dependency()

    inventories = providers.Singleton(SqlPlateInventoryRepository, work)
    # The primary: whoever has just changed an inventory calculates with it.
    reader = providers.Singleton(SqlPlateInventoryReader, pool)
    room = providers.Singleton(GearRoom, reader)
    telemetry: providers.Provider[Any] = providers.Singleton(
        lambda settings, units_of_work: (
            SqlCalculatorTelemetry(units_of_work)
            if settings.tool_telemetry
            else NoCalculatorTelemetry()
        ),
        settings,
        units_of_work,
    )

    reactions = providers.List(
        providers.Singleton(
            WhenUserDeletedErasePlateInventories, providers.Singleton(SqlOwnedInventories, work)
        )
    )

    handlers = providers.Dict(
        {
            EstimateOneRepMax: providers.Singleton(EstimateOneRepMaxHandler),
            SuggestOneRepMaxes: providers.Singleton(
                SuggestOneRepMaxesHandler, providers.Singleton(SqlBestSets, read_pool), clock
            ),
            ScorePoints: providers.Singleton(ScorePointsHandler),
            CalculatePlates: providers.Singleton(CalculatePlatesHandler, room, telemetry, clock),
            PlanWarmUp: providers.Singleton(PlanWarmUpHandler, room),
            CreatePlateInventory: providers.Singleton(
                CreatePlateInventoryHandler, inventories, identifiers, clock
            ),
            ReplacePlateInventory: providers.Singleton(
                ReplacePlateInventoryHandler, inventories, clock
            ),
            DeletePlateInventory: providers.Singleton(
                DeletePlateInventoryHandler, inventories, clock
            ),
            ListPlateInventories: providers.Singleton(ListPlateInventoriesHandler, reader),
            GetPlateInventory: providers.Singleton(GetPlateInventoryHandler, reader),
        }
    )
