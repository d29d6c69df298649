"""Coaching, wired."""

from typing import Any

from dependency_injector import containers, providers

from workout_application.coaching.commands.accept_invitation import (
    AcceptInvitation,
    AcceptInvitationHandler,
)
from workout_application.coaching.commands.change_relation_scopes import (
    ChangeRelationScopes,
    ChangeRelationScopesHandler,
)
from workout_application.coaching.commands.decline_invitation import (
    DeclineInvitation,
    DeclineInvitationHandler,
)
from workout_application.coaching.commands.end_relation import (
    EndRelation,
    EndRelationHandler,
)
from workout_application.coaching.commands.invite_athlete import (
    InviteAthlete,
    InviteAthleteHandler,
)
from workout_application.coaching.commands.pause_relation import (
    PauseRelation,
    PauseRelationHandler,
)
from workout_application.coaching.commands.resume_relation import (
    ResumeRelation,
    ResumeRelationHandler,
)
from workout_application.coaching.commands.withdraw_invitation import (
    WithdrawInvitation,
    WithdrawInvitationHandler,
)
from workout_application.coaching.members import Members
from workout_application.coaching.queries.get_invitation import (
    GetInvitation,
    GetInvitationHandler,
)
from workout_application.coaching.queries.get_relation import (
    GetRelation,
    GetRelationHandler,
)
from workout_application.coaching.queries.list_athletes import (
    ListAthletes,
    ListAthletesHandler,
)
from workout_application.coaching.queries.list_invitations import (
    ListInvitations,
    ListInvitationsHandler,
)
from workout_application.coaching.queries.list_relations import (
    ListRelations,
    ListRelationsHandler,
)
from workout_infrastructure.persistence.coaching.accounts import SqlAccounts
from workout_infrastructure.persistence.coaching.invitations import (
    SqlInvitationReader,
    SqlInvitationRepository,
)
from workout_infrastructure.persistence.coaching.profiles import SqlProfileRepository
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
    clock: providers.Dependency[Any] = providers.Dependency()
    identifiers: providers.Dependency[Any] = providers.Dependency()

    invitations = providers.Singleton(SqlInvitationRepository, work)
    relations = providers.Singleton(SqlRelationRepository, work)
    profiles = providers.Singleton(SqlProfileRepository, work)
    accounts = providers.Singleton(SqlAccounts, work)
    codes: providers.Provider[Any] = providers.Singleton(RandomCodes)
    members = providers.Singleton(Members, relations, accounts)
    invitation_reader = providers.Singleton(SqlInvitationReader, pool)
    relation_reader = providers.Singleton(SqlRelationReader, pool)
    roster_reader = providers.Singleton(SqlRosterReader, pool)

    handlers = providers.Dict(
        {
            InviteAthlete: providers.Singleton(
                InviteAthleteHandler, invitations, profiles, codes, identifiers, clock
            ),
            WithdrawInvitation: providers.Singleton(WithdrawInvitationHandler, invitations, clock),
            AcceptInvitation: providers.Singleton(
                AcceptInvitationHandler,
                invitations,
                relations,
                profiles,
                accounts,
                members,
                codes,
                identifiers,
                clock,
            ),
            DeclineInvitation: providers.Singleton(
                DeclineInvitationHandler, invitations, accounts, codes, clock
            ),
            ChangeRelationScopes: providers.Singleton(ChangeRelationScopesHandler, members, clock),
            PauseRelation: providers.Singleton(PauseRelationHandler, members, clock),
            ResumeRelation: providers.Singleton(ResumeRelationHandler, members, clock),
            EndRelation: providers.Singleton(EndRelationHandler, members, clock),
            ListInvitations: providers.Singleton(ListInvitationsHandler, invitation_reader, clock),
            GetInvitation: providers.Singleton(GetInvitationHandler, invitation_reader, clock),
            ListRelations: providers.Singleton(ListRelationsHandler, relation_reader),
            GetRelation: providers.Singleton(GetRelationHandler, relation_reader),
            ListAthletes: providers.Singleton(ListAthletesHandler, roster_reader, clock),
        }
    )
