"""Catalogue, wired."""

from collections.abc import Mapping
from typing import Any, Final

from dependency_injector import containers, providers

from workout_application.catalogue.caching import CATALOGUE
from workout_application.catalogue.commands.archive_exercise import (
    ArchiveExercise,
    ArchiveExerciseHandler,
)
from workout_application.catalogue.commands.create_exercise import (
    CreateExercise,
    CreateExerciseHandler,
)
from workout_application.catalogue.commands.create_set_type import (
    CreateSetType,
    CreateSetTypeHandler,
)
from workout_application.catalogue.commands.delete_exercise import (
    DeleteExercise,
    DeleteExerciseHandler,
)
from workout_application.catalogue.commands.delete_set_type import (
    DeleteSetType,
    DeleteSetTypeHandler,
)
from workout_application.catalogue.commands.merge_exercise import (
    MergeExercise,
    MergeExerciseHandler,
)
from workout_application.catalogue.commands.unarchive_exercise import (
    UnarchiveExercise,
    UnarchiveExerciseHandler,
)
from workout_application.catalogue.commands.update_exercise import (
    UpdateExercise,
    UpdateExerciseHandler,
)
from workout_application.catalogue.commands.update_set_type import (
    UpdateSetType,
    UpdateSetTypeHandler,
)
from workout_application.catalogue.queries.get_exercise import (
    GetExercise,
    GetExerciseHandler,
)
from workout_application.catalogue.queries.get_set_type import (
    GetSetType,
    GetSetTypeHandler,
)
from workout_application.catalogue.queries.list_exercise_merges import (
    ListExerciseMerges,
    ListExerciseMergesHandler,
)
from workout_application.catalogue.queries.list_exercises import (
    ListExercises,
    ListExercisesHandler,
)
from workout_application.catalogue.queries.list_set_types import (
    ListSetTypes,
    ListSetTypesHandler,
)
from workout_application.catalogue.queries.recommend_exercises import (
    RecommendExercises,
    RecommendExercisesHandler,
)
from workout_application.catalogue.queries.suggest_substitutes import (
    SuggestSubstitutes,
    SuggestSubstitutesHandler,
)
from workout_application.catalogue.reactions.when_exercise_changed_outdate_catalogue import (
    WhenExerciseChangedOutdateCatalogue,
)
from workout_application.catalogue.reactions.when_exercise_history_moved_count_it import (
    WhenExerciseHistoryMovedCountIt,
)
from workout_application.catalogue.reactions.when_user_deleted_archive_exercises import (
    WhenUserDeletedArchiveExercises,
)
from workout_application.coaching.commands.accept_invitation import AcceptInvitation
from workout_application.coaching.commands.end_relation import EndRelation
from workout_application.identity.commands.delete_account import DeleteAccount
from workout_application.messaging.messages import Message
from workout_infrastructure.persistence.catalogue.archiving import SqlOwnedExercises
from workout_infrastructure.persistence.catalogue.exercises import SqlExerciseRepository
from workout_infrastructure.persistence.catalogue.merges import SqlExerciseMerges, SqlMergeReader
from workout_infrastructure.persistence.catalogue.readers import SqlCatalogueReader
from workout_infrastructure.persistence.catalogue.set_types import SqlSetTypeRepository

OUTDATED_BY: Final[Mapping[type[Message[Any]], tuple[str, ...]]] = {
    # They change whose exercises an athlete sees.
    AcceptInvitation: (CATALOGUE,),
    EndRelation: (CATALOGUE,),
    DeleteAccount: (CATALOGUE,),
}


class CatalogueContainer(containers.DeclarativeContainer):
    """One line per handler."""

    cache: providers.Dependency[Any] = providers.Dependency()
    work: providers.Dependency[Any] = providers.Dependency()
    pool: providers.Dependency[Any] = providers.Dependency()
    clock: providers.Dependency[Any] = providers.Dependency()
    identifiers: providers.Dependency[Any] = providers.Dependency()
    guard: providers.Dependency[Any] = providers.Dependency()

    exercises = providers.Singleton(SqlExerciseRepository, work)
    merges = providers.Singleton(SqlExerciseMerges, work)
    set_types = providers.Singleton(SqlSetTypeRepository, work)
    reader = providers.Singleton(SqlCatalogueReader, pool)

    reactions = providers.List(
        providers.Singleton(
            WhenUserDeletedArchiveExercises, providers.Singleton(SqlOwnedExercises, work)
        ),
        providers.Singleton(WhenExerciseChangedOutdateCatalogue, cache),
        providers.Singleton(WhenExerciseHistoryMovedCountIt, merges),
    )

    handlers = providers.Dict(
        {
            CreateExercise: providers.Singleton(
                CreateExerciseHandler, exercises, identifiers, clock
            ),
            UpdateExercise: providers.Singleton(UpdateExerciseHandler, exercises, clock),
            DeleteExercise: providers.Singleton(DeleteExerciseHandler, exercises, clock),
            ArchiveExercise: providers.Singleton(ArchiveExerciseHandler, exercises, clock),
            UnarchiveExercise: providers.Singleton(UnarchiveExerciseHandler, exercises, clock),
            MergeExercise: providers.Singleton(
                MergeExerciseHandler, exercises, merges, identifiers, clock
            ),
            CreateSetType: providers.Singleton(CreateSetTypeHandler, set_types, identifiers, clock),
            UpdateSetType: providers.Singleton(UpdateSetTypeHandler, set_types, clock),
            DeleteSetType: providers.Singleton(DeleteSetTypeHandler, set_types, clock),
            GetExercise: providers.Singleton(GetExerciseHandler, reader),
            ListExercises: providers.Singleton(ListExercisesHandler, reader),
            ListExerciseMerges: providers.Singleton(
                ListExerciseMergesHandler, reader, providers.Singleton(SqlMergeReader, pool)
            ),
            RecommendExercises: providers.Singleton(
                RecommendExercisesHandler, reader, guard, clock
            ),
            SuggestSubstitutes: providers.Singleton(SuggestSubstitutesHandler, reader),
            GetSetType: providers.Singleton(GetSetTypeHandler, reader),
            ListSetTypes: providers.Singleton(ListSetTypesHandler, reader),
        }
    )
