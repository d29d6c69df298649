"""Training, wired."""

from typing import Any

from dependency_injector import containers, providers

from workout_application.training.appending import AppendJournal
from workout_application.training.commands.abandon_idle_sessions import (
    AbandonIdleSessions,
    AbandonIdleSessionsHandler,
)
from workout_application.training.commands.abandon_session import (
    AbandonSession,
    AbandonSessionHandler,
)
from workout_application.training.commands.add_rep import AddRep, AddRepHandler
from workout_application.training.commands.add_workout_exercise import (
    AddWorkoutExercise,
    AddWorkoutExerciseHandler,
)
from workout_application.training.commands.assign_workout import (
    AssignWorkout,
    AssignWorkoutHandler,
)
from workout_application.training.commands.assign_workout_to_many import (
    AssignWorkoutToMany,
    AssignWorkoutToManyHandler,
)
from workout_application.training.commands.cancel_workout import (
    CancelWorkout,
    CancelWorkoutHandler,
)
from workout_application.training.commands.change_rep import ChangeRep, ChangeRepHandler
from workout_application.training.commands.change_set import ChangeSet, ChangeSetHandler
from workout_application.training.commands.change_workout_exercise import (
    ChangeWorkoutExercise,
    ChangeWorkoutExerciseHandler,
)
from workout_application.training.commands.complete_session import (
    CompleteSession,
    CompleteSessionHandler,
)
from workout_application.training.commands.complete_workout import (
    CompleteWorkout,
    CompleteWorkoutHandler,
)
from workout_application.training.commands.create_template import (
    CreateTemplate,
    CreateTemplateHandler,
)
from workout_application.training.commands.create_workout import (
    CreateWorkout,
    CreateWorkoutHandler,
)
from workout_application.training.commands.delete_session import (
    DeleteSession,
    DeleteSessionHandler,
)
from workout_application.training.commands.delete_template import (
    DeleteTemplate,
    DeleteTemplateHandler,
)
from workout_application.training.commands.delete_workout import (
    DeleteWorkout,
    DeleteWorkoutHandler,
)
from workout_application.training.commands.describe_session import (
    DescribeSession,
    DescribeSessionHandler,
)
from workout_application.training.commands.duplicate_workout import (
    DuplicateWorkout,
    DuplicateWorkoutHandler,
)
from workout_application.training.commands.log_set import LogSet, LogSetHandler
from workout_application.training.commands.move_merged_training import (
    MoveMergedTraining,
    MoveMergedTrainingHandler,
)
from workout_application.training.commands.purge_training_of_deleted import (
    PurgeTrainingOfDeleted,
    PurgeTrainingOfDeletedHandler,
)
from workout_application.training.commands.remove_rep import RemoveRep, RemoveRepHandler
from workout_application.training.commands.remove_set import RemoveSet, RemoveSetHandler
from workout_application.training.commands.remove_workout_exercise import (
    RemoveWorkoutExercise,
    RemoveWorkoutExerciseHandler,
)
from workout_application.training.commands.reopen_session import (
    ReopenSession,
    ReopenSessionHandler,
)
from workout_application.training.commands.save_estimate_as_session import (
    SaveEstimateAsSession,
    SaveEstimateAsSessionHandler,
)
from workout_application.training.commands.set_rest_timer import (
    SetRestTimer,
    SetRestTimerHandler,
)
from workout_application.training.commands.start_ad_hoc_session import (
    StartAdHocSession,
    StartAdHocSessionHandler,
)
from workout_application.training.commands.start_session import (
    StartSession,
    StartSessionHandler,
)
from workout_application.training.commands.substitute_exercise import (
    SubstituteExercise,
    SubstituteExerciseHandler,
)
from workout_application.training.commands.update_exercise_progress import (
    UpdateExerciseProgress,
    UpdateExerciseProgressHandler,
)
from workout_application.training.commands.update_template import (
    UpdateTemplate,
    UpdateTemplateHandler,
)
from workout_application.training.commands.update_workout import (
    UpdateWorkout,
    UpdateWorkoutHandler,
)
from workout_application.training.merging import HistoryMover
from workout_application.training.policies import SessionGuard, SetHistoryGuard, WorkoutGuard
from workout_application.training.prescriptions import PrescriptionCheck
from workout_application.training.queries.get_active_session import (
    GetActiveSession,
    GetActiveSessionHandler,
)
from workout_application.training.queries.get_calendar import GetCalendar, GetCalendarHandler
from workout_application.training.queries.get_session import (
    GetSession,
    GetSessionHandler,
)
from workout_application.training.queries.get_template import GetTemplate, GetTemplateHandler
from workout_application.training.queries.get_workout import (
    GetWorkout,
    GetWorkoutHandler,
)
from workout_application.training.queries.get_workout_progress import (
    GetWorkoutProgress,
    GetWorkoutProgressHandler,
)
from workout_application.training.queries.list_session_events import (
    ListSessionEvents,
    ListSessionEventsHandler,
)
from workout_application.training.queries.list_sessions import (
    ListSessions,
    ListSessionsHandler,
)
from workout_application.training.queries.list_set_history import (
    ListSetHistory,
    ListSetHistoryHandler,
)
from workout_application.training.queries.list_templates import (
    ListTemplates,
    ListTemplatesHandler,
)
from workout_application.training.queries.list_workouts import (
    ListWorkouts,
    ListWorkoutsHandler,
)
from workout_application.training.reactions.when_exercise_merged_move_training import (
    WhenExerciseMergedMoveTraining,
)
from workout_application.training.reactions.when_set_type_updated_recount_sessions import (
    WhenSetTypeUpdatedRecountSessions,
)
from workout_application.training.reactions.when_user_deleted_erase_training import (
    WhenUserDeletedEraseTraining,
)
from workout_application.training.resolving import TargetResolver
from workout_application.training.weighing import Scales
from workout_infrastructure.persistence.training.appends import SqlSessionAppends
from workout_infrastructure.persistence.training.calendar_readers import SqlCalendarReader
from workout_infrastructure.persistence.training.erasing import SqlTrainingOfDeleted
from workout_infrastructure.persistence.training.journal import SqlSessionJournal
from workout_infrastructure.persistence.training.merging import SqlMergedTraining
from workout_infrastructure.persistence.training.neighbours import (
    SqlBodyWeights,
    SqlExerciseShelf,
    SqlSetTypes,
)
from workout_infrastructure.persistence.training.planned_loads import SqlPlannedLoads
from workout_infrastructure.persistence.training.recounting import SqlSessionsOfSetTypes
from workout_infrastructure.persistence.training.session_readers import (
    SqlSessionReader,
    SqlSessionSnapshots,
)
from workout_infrastructure.persistence.training.sessions import (
    SqlWorkoutSessionRepository,
)
from workout_infrastructure.persistence.training.set_history import (
    SqlSetHistory,
    SqlSetHistoryReader,
)
from workout_infrastructure.persistence.training.template_readers import SqlTemplateReader
from workout_infrastructure.persistence.training.templates import SqlTemplateRepository
from workout_infrastructure.persistence.training.workout_readers import SqlWorkoutReader
from workout_infrastructure.persistence.training.workouts import SqlWorkoutRepository
from workout_infrastructure.persistence.unit_of_work import SqlEventRecorder

One = providers.Singleton


class TrainingContainer(containers.DeclarativeContainer):
    """One line per handler."""

    work: providers.Dependency[Any] = providers.Dependency()
    read_pool: providers.Dependency[Any] = providers.Dependency()
    clock: providers.Dependency[Any] = providers.Dependency()
    identifiers: providers.Dependency[Any] = providers.Dependency()
    announcements: providers.Dependency[Any] = providers.Dependency()
    coach_guard: providers.Dependency[Any] = providers.Dependency()
    coach_guard_of_commands: providers.Dependency[Any] = providers.Dependency()

    workouts = One(SqlWorkoutRepository, work)
    templates = One(SqlTemplateRepository, work)
    sessions = One(SqlWorkoutSessionRepository, work)
    appends = One(SqlSessionAppends, work)
    journal = One(SqlSessionJournal, work, identifiers)
    recorder = One(SqlEventRecorder)
    append_journal = One(AppendJournal, announcements, recorder, identifiers)
    snapshots = One(SqlSessionSnapshots, work)
    shelf = One(SqlExerciseShelf, work)
    set_types = One(SqlSetTypes, work)
    check = One(PrescriptionCheck, shelf, set_types, identifiers)
    body_weights = One(SqlBodyWeights, work)
    resolver = One(TargetResolver, One(SqlPlannedLoads, work))
    set_history = One(SqlSetHistory, work)
    set_history_reader = One(SqlSetHistoryReader, read_pool)
    set_history_guard = One(SetHistoryGuard, set_history_reader, coach_guard)
    scales = One(Scales, sessions, set_history)
    workout_reader = One(SqlWorkoutReader, read_pool)
    calendar_reader = One(SqlCalendarReader, read_pool)
    template_reader = One(SqlTemplateReader, read_pool)
    session_reader = One(SqlSessionReader, read_pool)
    guard = One(SessionGuard, session_reader, coach_guard)
    changes = One(WorkoutGuard, coach_guard_of_commands)

    of_deleted = One(SqlTrainingOfDeleted, work)

    merged_training = One(SqlMergedTraining, work)
    mover = One(HistoryMover, merged_training, recorder, clock)

    reactions = providers.List(
        One(WhenUserDeletedEraseTraining, of_deleted),
        One(WhenExerciseMergedMoveTraining, merged_training, mover),
        One(WhenSetTypeUpdatedRecountSessions, One(SqlSessionsOfSetTypes, work), recorder, clock),
    )

    handlers = providers.Dict(
        {
            CreateWorkout: One(
                CreateWorkoutHandler, workouts, templates, changes, check, identifiers, clock
            ),
            UpdateWorkout: One(UpdateWorkoutHandler, workouts, changes, check, clock),
            DeleteWorkout: One(DeleteWorkoutHandler, workouts, changes, clock),
            AddWorkoutExercise: One(AddWorkoutExerciseHandler, workouts, changes, check, clock),
            ChangeWorkoutExercise: One(
                ChangeWorkoutExerciseHandler, workouts, changes, check, clock
            ),
            RemoveWorkoutExercise: One(RemoveWorkoutExerciseHandler, workouts, changes, clock),
            AssignWorkoutToMany: One(
                AssignWorkoutToManyHandler, workouts, changes, identifiers, clock
            ),
            DuplicateWorkout: One(DuplicateWorkoutHandler, workouts, changes, identifiers, clock),
            GetCalendar: One(GetCalendarHandler, calendar_reader, coach_guard, clock),
            AssignWorkout: One(AssignWorkoutHandler, workouts, changes, clock),
            CompleteWorkout: One(CompleteWorkoutHandler, workouts, changes, clock),
            CancelWorkout: One(CancelWorkoutHandler, workouts, changes, clock),
            StartSession: One(
                StartSessionHandler,
                workouts,
                sessions,
                resolver,
                body_weights,
                journal,
                snapshots,
                identifiers,
                clock,
            ),
            StartAdHocSession: One(
                StartAdHocSessionHandler,
                sessions,
                body_weights,
                journal,
                snapshots,
                identifiers,
                clock,
            ),
            SaveEstimateAsSession: One(
                SaveEstimateAsSessionHandler,
                sessions,
                shelf,
                set_types,
                journal,
                snapshots,
                identifiers,
                clock,
            ),
            DescribeSession: One(DescribeSessionHandler, scales, journal, snapshots, clock),
            DeleteSession: One(DeleteSessionHandler, sessions, journal, clock),
            CompleteSession: One(CompleteSessionHandler, scales, journal, snapshots, clock),
            ReopenSession: One(ReopenSessionHandler, sessions, journal, snapshots, clock),
            AbandonSession: One(AbandonSessionHandler, sessions, journal, snapshots, clock),
            AbandonIdleSessions: One(AbandonIdleSessionsHandler, sessions, journal, clock),
            LogSet: One(LogSetHandler, appends, append_journal, identifiers, clock),
            AddRep: One(AddRepHandler, appends, append_journal, identifiers, clock),
            UpdateExerciseProgress: One(
                UpdateExerciseProgressHandler, appends, append_journal, clock
            ),
            SetRestTimer: One(SetRestTimerHandler, appends, append_journal, clock),
            SubstituteExercise: One(
                SubstituteExerciseHandler,
                sessions,
                shelf,
                resolver,
                journal,
                snapshots,
                identifiers,
                clock,
            ),
            ChangeSet: One(
                ChangeSetHandler,
                sessions,
                journal,
                set_history,
                shelf,
                set_types,
                identifiers,
                clock,
            ),
            RemoveSet: One(RemoveSetHandler, sessions, journal, set_history, clock),
            ChangeRep: One(ChangeRepHandler, sessions, journal, set_history, clock),
            RemoveRep: One(RemoveRepHandler, sessions, journal, set_history, clock),
            MoveMergedTraining: One(MoveMergedTrainingHandler, merged_training, mover),
            PurgeTrainingOfDeleted: One(PurgeTrainingOfDeletedHandler, of_deleted, clock),
            CreateTemplate: One(
                CreateTemplateHandler, templates, workouts, check, identifiers, clock
            ),
            UpdateTemplate: One(UpdateTemplateHandler, templates, check, clock),
            DeleteTemplate: One(DeleteTemplateHandler, templates, clock),
            ListTemplates: One(ListTemplatesHandler, template_reader),
            GetTemplate: One(GetTemplateHandler, template_reader),
            ListWorkouts: One(ListWorkoutsHandler, workout_reader),
            GetWorkout: One(GetWorkoutHandler, workout_reader, coach_guard),
            GetWorkoutProgress: One(GetWorkoutProgressHandler, workout_reader, coach_guard),
            ListSessions: One(ListSessionsHandler, session_reader, coach_guard),
            GetSession: One(GetSessionHandler, session_reader, guard),
            GetActiveSession: One(GetActiveSessionHandler, session_reader),
            ListSetHistory: One(ListSetHistoryHandler, set_history_reader, set_history_guard),
            ListSessionEvents: One(ListSessionEventsHandler, session_reader, guard),
        }
    )
