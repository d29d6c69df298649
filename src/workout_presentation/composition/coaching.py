"""Coaching, wired."""

from typing import Any

from dependency_injector import containers, providers

from workout_application.coaching.acceptance import Acceptance
from workout_application.coaching.commands.accept_invitation import (
    AcceptInvitation,
    AcceptInvitationHandler,
)
from workout_application.coaching.commands.accept_transfer import (
    AcceptTransfer,
    AcceptTransferHandler,
)
from workout_application.coaching.commands.add_athlete_to_group import (
    AddAthleteToGroup,
    AddAthleteToGroupHandler,
)
from workout_application.coaching.commands.change_note import ChangeNote, ChangeNoteHandler
from workout_application.coaching.commands.change_relation_scopes import (
    ChangeRelationScopes,
    ChangeRelationScopesHandler,
)
from workout_application.coaching.commands.create_group import CreateGroup, CreateGroupHandler
from workout_application.coaching.commands.decline_invitation import (
    DeclineInvitation,
    DeclineInvitationHandler,
)
from workout_application.coaching.commands.decline_transfer import (
    DeclineTransfer,
    DeclineTransferHandler,
)
from workout_application.coaching.commands.delete_group import DeleteGroup, DeleteGroupHandler
from workout_application.coaching.commands.end_relation import (
    EndRelation,
    EndRelationHandler,
)
from workout_application.coaching.commands.forget_old_access_entries import (
    ForgetOldAccessEntries,
    ForgetOldAccessEntriesHandler,
)
from workout_application.coaching.commands.invite_athlete import (
    InviteAthlete,
    InviteAthleteHandler,
)
from workout_application.coaching.commands.pause_relation import (
    PauseRelation,
    PauseRelationHandler,
)
from workout_application.coaching.commands.remove_athlete_from_group import (
    RemoveAthleteFromGroup,
    RemoveAthleteFromGroupHandler,
)
from workout_application.coaching.commands.remove_note import RemoveNote, RemoveNoteHandler
from workout_application.coaching.commands.resume_relation import (
    ResumeRelation,
    ResumeRelationHandler,
)
from workout_application.coaching.commands.transfer_relation import (
    TransferRelation,
    TransferRelationHandler,
)
from workout_application.coaching.commands.update_athlete_profile import (
    UpdateAthleteProfile,
    UpdateAthleteProfileHandler,
)
from workout_application.coaching.commands.update_group import UpdateGroup, UpdateGroupHandler
from workout_application.coaching.commands.update_trainer_profile import (
    UpdateTrainerProfile,
    UpdateTrainerProfileHandler,
)
from workout_application.coaching.commands.withdraw_invitation import (
    WithdrawInvitation,
    WithdrawInvitationHandler,
)
from workout_application.coaching.commands.withdraw_transfer import (
    WithdrawTransfer,
    WithdrawTransferHandler,
)
from workout_application.coaching.commands.write_note import WriteNote, WriteNoteHandler
from workout_application.coaching.members import Members
from workout_application.coaching.queries.get_athlete import GetAthlete, GetAthleteHandler
from workout_application.coaching.queries.get_athlete_profile import (
    GetAthleteProfile,
    GetAthleteProfileHandler,
)
from workout_application.coaching.queries.get_group import GetGroup, GetGroupHandler
from workout_application.coaching.queries.get_invitation import (
    GetInvitation,
    GetInvitationHandler,
)
from workout_application.coaching.queries.get_note import GetNote, GetNoteHandler
from workout_application.coaching.queries.get_relation import (
    GetRelation,
    GetRelationHandler,
)
from workout_application.coaching.queries.get_trainer import GetTrainer, GetTrainerHandler
from workout_application.coaching.queries.get_trainer_profile import (
    GetTrainerProfile,
    GetTrainerProfileHandler,
)
from workout_application.coaching.queries.list_access_log import ListAccessLog, ListAccessLogHandler
from workout_application.coaching.queries.list_athletes import (
    ListAthletes,
    ListAthletesHandler,
)
from workout_application.coaching.queries.list_groups import ListGroups, ListGroupsHandler
from workout_application.coaching.queries.list_invitations import (
    ListInvitations,
    ListInvitationsHandler,
)
from workout_application.coaching.queries.list_notes import ListNotes, ListNotesHandler
from workout_application.coaching.queries.list_relations import (
    ListRelations,
    ListRelationsHandler,
)
from workout_infrastructure.persistence.coaching.access_log import (
    SqlAccessLogKeeping,
    SqlAccessLogReader,
)
from workout_infrastructure.persistence.coaching.accounts import SqlAccounts
from workout_infrastructure.persistence.coaching.groups import SqlGroupReader, SqlGroupRepository
from workout_infrastructure.persistence.coaching.invitations import (
    SqlInvitationReader,
    SqlInvitationRepository,
)
from workout_infrastructure.persistence.coaching.notes import SqlNoteReader, SqlNoteRepository
from workout_infrastructure.persistence.coaching.profiles import (
    SqlProfileReader,
    SqlProfileRepository,
)
from workout_infrastructure.persistence.coaching.relations import (
    SqlRelationReader,
    SqlRelationRepository,
)
from workout_infrastructure.persistence.coaching.roster import (
    SqlRosterReader,
)
from workout_infrastructure.security.codes import RandomCodes


class CoachingContainer(containers.DeclarativeContainer):
    """One line per handler."""

    work: providers.Dependency[Any] = providers.Dependency()
    pool: providers.Dependency[Any] = providers.Dependency()
    read_pool: providers.Dependency[Any] = providers.Dependency()
    guard: providers.Dependency[Any] = providers.Dependency()
    access_log: providers.Dependency[Any] = providers.Dependency()
    clock: providers.Dependency[Any] = providers.Dependency()
    identifiers: providers.Dependency[Any] = providers.Dependency()

    invitations = providers.Singleton(SqlInvitationRepository, work)
    relations = providers.Singleton(SqlRelationRepository, work)
    profiles = providers.Singleton(SqlProfileRepository, work)
    accounts = providers.Singleton(SqlAccounts, work)
    codes: providers.Provider[Any] = providers.Singleton(RandomCodes)
    members = providers.Singleton(Members, relations, accounts)
    invitation_reader = providers.Singleton(SqlInvitationReader, read_pool)
    relation_reader = providers.Singleton(SqlRelationReader, read_pool)
    notes = providers.Singleton(SqlNoteRepository, work)
    groups = providers.Singleton(SqlGroupRepository, work)
    acceptance = providers.Singleton(
        Acceptance, invitations, relations, profiles, accounts, codes, identifiers
    )
    note_reader = providers.Singleton(SqlNoteReader, read_pool)
    group_reader = providers.Singleton(SqlGroupReader, read_pool)
    # What this process has just written of the log must be there: not from a replica.
    log_reader = providers.Singleton(SqlAccessLogReader, pool, access_log)
    log_keeping = providers.Singleton(SqlAccessLogKeeping, work)
    profile_reader = providers.Singleton(SqlProfileReader, read_pool)
    roster_reader = providers.Singleton(SqlRosterReader, read_pool)

    handlers = providers.Dict(
        {
            InviteAthlete: providers.Singleton(
                InviteAthleteHandler, invitations, profiles, codes, identifiers, clock
            ),
            WithdrawInvitation: providers.Singleton(WithdrawInvitationHandler, invitations, clock),
            AcceptInvitation: providers.Singleton(
                AcceptInvitationHandler, acceptance, members, clock
            ),
            DeclineInvitation: providers.Singleton(
                DeclineInvitationHandler, invitations, accounts, codes, clock
            ),
            ChangeRelationScopes: providers.Singleton(ChangeRelationScopesHandler, members, clock),
            PauseRelation: providers.Singleton(PauseRelationHandler, members, clock),
            ResumeRelation: providers.Singleton(ResumeRelationHandler, members, clock),
            EndRelation: providers.Singleton(EndRelationHandler, members, groups, clock),
            ListInvitations: providers.Singleton(ListInvitationsHandler, invitation_reader, clock),
            GetInvitation: providers.Singleton(GetInvitationHandler, invitation_reader, clock),
            ListRelations: providers.Singleton(ListRelationsHandler, relation_reader),
            GetRelation: providers.Singleton(GetRelationHandler, relation_reader),
            ListAthletes: providers.Singleton(ListAthletesHandler, roster_reader, guard, clock),
            GetAthlete: providers.Singleton(GetAthleteHandler, roster_reader, guard),
            UpdateTrainerProfile: providers.Singleton(UpdateTrainerProfileHandler, profiles, clock),
            UpdateAthleteProfile: providers.Singleton(UpdateAthleteProfileHandler, profiles, clock),
            GetTrainerProfile: providers.Singleton(GetTrainerProfileHandler, profile_reader),
            GetAthleteProfile: providers.Singleton(GetAthleteProfileHandler, profile_reader),
            GetTrainer: providers.Singleton(GetTrainerHandler, profile_reader),
            TransferRelation: providers.Singleton(
                TransferRelationHandler, members, acceptance, relations, profiles, groups, clock
            ),
            AcceptTransfer: providers.Singleton(
                AcceptTransferHandler, members, relations, profiles, groups, identifiers, clock
            ),
            DeclineTransfer: providers.Singleton(DeclineTransferHandler, members, relations, clock),
            WithdrawTransfer: providers.Singleton(WithdrawTransferHandler, members, clock),
            WriteNote: providers.Singleton(WriteNoteHandler, members, notes, identifiers, clock),
            ChangeNote: providers.Singleton(ChangeNoteHandler, members, notes, clock),
            RemoveNote: providers.Singleton(RemoveNoteHandler, members, notes, clock),
            ListNotes: providers.Singleton(ListNotesHandler, relation_reader, note_reader),
            GetNote: providers.Singleton(GetNoteHandler, relation_reader, note_reader),
            CreateGroup: providers.Singleton(
                CreateGroupHandler, groups, relations, identifiers, clock
            ),
            UpdateGroup: providers.Singleton(UpdateGroupHandler, groups, relations, clock),
            DeleteGroup: providers.Singleton(DeleteGroupHandler, groups, clock),
            AddAthleteToGroup: providers.Singleton(
                AddAthleteToGroupHandler, groups, relations, clock
            ),
            RemoveAthleteFromGroup: providers.Singleton(
                RemoveAthleteFromGroupHandler, groups, clock
            ),
            ListGroups: providers.Singleton(ListGroupsHandler, group_reader),
            GetGroup: providers.Singleton(GetGroupHandler, group_reader),
            ListAccessLog: providers.Singleton(ListAccessLogHandler, log_reader),
            ForgetOldAccessEntries: providers.Singleton(
                ForgetOldAccessEntriesHandler, log_keeping, clock
            ),
        }
    )
