"""Programs, wired."""

from typing import Any

from dependency_injector import containers, providers

from workout_application.programs.applying import Applier
from workout_application.programs.commands.accept_training_max import (
    AcceptTrainingMax,
    AcceptTrainingMaxHandler,
)
from workout_application.programs.commands.change_progression_rule import (
    ChangeProgressionRule,
    ChangeProgressionRuleHandler,
)
from workout_application.programs.commands.delete_progression_rule import (
    DeleteProgressionRule,
    DeleteProgressionRuleHandler,
)
from workout_application.programs.commands.override_progression import (
    OverrideProgression,
    OverrideProgressionHandler,
)
from workout_application.programs.commands.set_progression_rule import (
    SetProgressionRule,
    SetProgressionRuleHandler,
)
from workout_application.programs.commands.set_training_max import (
    SetTrainingMax,
    SetTrainingMaxHandler,
)
from workout_application.programs.commands.simulate_progression import (
    SimulateProgression,
    SimulateProgressionHandler,
)
from workout_application.programs.commands.simulate_progression_rule import (
    SimulateProgressionRule,
    SimulateProgressionRuleHandler,
)
from workout_application.programs.deciding import Deciding
from workout_application.programs.following import Follower
from workout_application.programs.policies import ProgramGuard
from workout_application.programs.queries.explain_progression import (
    ExplainProgression,
    ExplainProgressionHandler,
)
from workout_application.programs.queries.get_progression_rule import (
    GetProgressionRule,
    GetProgressionRuleHandler,
)
from workout_application.programs.queries.get_training_max import (
    GetTrainingMax,
    GetTrainingMaxHandler,
)
from workout_application.programs.queries.list_current_training_maxes import (
    ListCurrentTrainingMaxes,
    ListCurrentTrainingMaxesHandler,
)
from workout_application.programs.queries.list_progression_applications import (
    ListProgressionApplications,
    ListProgressionApplicationsHandler,
)
from workout_application.programs.queries.list_progression_rules import (
    ListProgressionRules,
    ListProgressionRulesHandler,
)
from workout_application.programs.queries.list_training_maxes import (
    ListTrainingMaxes,
    ListTrainingMaxesHandler,
)
from workout_application.programs.reactions.when_exercise_history_moved_follow_rules import (
    WhenExerciseHistoryMovedFollowRules,
)
from workout_application.programs.reactions.when_exercise_merged_move_programs import (
    WhenExerciseMergedMovePrograms,
)
from workout_application.programs.reactions.when_session_changes_follow_rules import (
    WhenSessionChangesFollowRules,
)
from workout_application.programs.reactions.when_user_deleted_erase_programs import (
    WhenUserDeletedErasePrograms,
)
from workout_infrastructure.persistence.programs.erasing import SqlProgramsOfDeleted
from workout_infrastructure.persistence.programs.histories import SqlRuleHistories
from workout_infrastructure.persistence.programs.merging import SqlMergedPrograms
from workout_infrastructure.persistence.programs.neighbours import (
    SqlAttendedSessions,
    SqlLifts,
    SqlProgramAthletes,
)
from workout_infrastructure.persistence.programs.readers import SqlRuleReader
from workout_infrastructure.persistence.programs.rules import (
    SqlProgressionRuleRepository,
    SqlRuleStates,
)
from workout_infrastructure.persistence.programs.training_maxes import (
    SqlKnownMaxima,
    SqlTrainingMaxReader,
    SqlTrainingMaxRepository,
)
from workout_infrastructure.persistence.unit_of_work import SqlEventRecorder

One = providers.Singleton


class ProgramsContainer(containers.DeclarativeContainer):
    """One line per handler."""

    work: providers.Dependency[Any] = providers.Dependency()
    pool: providers.Dependency[Any] = providers.Dependency()
    clock: providers.Dependency[Any] = providers.Dependency()
    identifiers: providers.Dependency[Any] = providers.Dependency()
    coach_guard: providers.Dependency[Any] = providers.Dependency()
    coach_guard_of_commands: providers.Dependency[Any] = providers.Dependency()

    rules = One(SqlProgressionRuleRepository, work)
    training_maxes = One(SqlTrainingMaxRepository, work)
    histories = One(SqlRuleHistories, work)
    sessions = One(SqlAttendedSessions, work)
    maxima = One(SqlKnownMaxima, work)
    athletes = One(SqlProgramAthletes, work)
    lifts = One(SqlLifts, work)
    # Read after a write of one's own, so never from a copy that lags behind.
    rule_reader = One(SqlRuleReader, pool)
    training_max_reader = One(SqlTrainingMaxReader, pool)
    guard = One(ProgramGuard, coach_guard)
    changes = One(ProgramGuard, coach_guard_of_commands)
    follower = One(Follower, histories, sessions, maxima, identifiers)
    deciding = One(Deciding, rules, athletes, lifts, follower, changes)

    states = One(SqlRuleStates, work)
    merged = One(SqlMergedPrograms, work)
    applier = One(Applier, states, follower, One(SqlEventRecorder), clock)

    reactions = providers.List(
        One(WhenSessionChangesFollowRules, states, histories, sessions, applier),
        One(WhenExerciseMergedMovePrograms, merged, clock),
        One(WhenExerciseHistoryMovedFollowRules, merged, states, histories, applier, clock),
        One(WhenUserDeletedErasePrograms, One(SqlProgramsOfDeleted, work)),
    )

    handlers = providers.Dict(
        {
            SetProgressionRule: One(
                SetProgressionRuleHandler,
                rules,
                athletes,
                lifts,
                follower,
                changes,
                identifiers,
                clock,
            ),
            ChangeProgressionRule: One(ChangeProgressionRuleHandler, deciding, clock),
            OverrideProgression: One(OverrideProgressionHandler, deciding, clock),
            DeleteProgressionRule: One(DeleteProgressionRuleHandler, deciding, changes, clock),
            SetTrainingMax: One(
                SetTrainingMaxHandler, training_maxes, athletes, lifts, changes, identifiers, clock
            ),
            AcceptTrainingMax: One(
                AcceptTrainingMaxHandler,
                deciding,
                histories,
                training_maxes,
                athletes,
                lifts,
                changes,
                identifiers,
                clock,
            ),
            SimulateProgression: One(SimulateProgressionHandler),
            SimulateProgressionRule: One(
                SimulateProgressionRuleHandler, rule_reader, maxima, changes, clock
            ),
            ListProgressionRules: One(ListProgressionRulesHandler, rule_reader, guard),
            GetProgressionRule: One(GetProgressionRuleHandler, rule_reader, guard),
            ExplainProgression: One(
                ExplainProgressionHandler, rule_reader, training_max_reader, guard, clock
            ),
            ListProgressionApplications: One(
                ListProgressionApplicationsHandler, rule_reader, guard
            ),
            ListTrainingMaxes: One(ListTrainingMaxesHandler, training_max_reader, guard),
            GetTrainingMax: One(GetTrainingMaxHandler, training_max_reader, guard),
            ListCurrentTrainingMaxes: One(
                ListCurrentTrainingMaxesHandler, training_max_reader, guard, clock
            ),
        }
    )
