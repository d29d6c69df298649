"""Identity, wired."""

from datetime import timedelta
from typing import Any, Final

from dependency_injector import containers, providers

from workout_application.identity.commands.delete_account import (
    DeleteAccount,
    DeleteAccountHandler,
)
from workout_application.identity.commands.export_personal_data import (
    ExportPersonalData,
    ExportPersonalDataHandler,
)
from workout_application.identity.commands.forget_expired_tokens import (
    ForgetExpiredTokens,
    ForgetExpiredTokensHandler,
)
from workout_application.identity.commands.forget_old_logins import (
    ForgetOldLogins,
    ForgetOldLoginsHandler,
)
from workout_application.identity.commands.grant_role import GrantRole, GrantRoleHandler
from workout_application.identity.commands.grant_user_role import (
    GrantUserRole,
    GrantUserRoleHandler,
)
from workout_application.identity.commands.lock_user import LockUser, LockUserHandler
from workout_application.identity.commands.log_in import LogIn, LogInHandler
from workout_application.identity.commands.log_out import LogOut, LogOutHandler
from workout_application.identity.commands.open_profile import (
    OpenProfile,
    OpenProfileHandler,
)
from workout_application.identity.commands.refresh_tokens import (
    RefreshTokens,
    RefreshTokensHandler,
)
from workout_application.identity.commands.register_user import (
    RegisterUser,
    RegisterUserHandler,
)
from workout_application.identity.commands.replace_user_roles import (
    ReplaceUserRoles,
    ReplaceUserRolesHandler,
)
from workout_application.identity.commands.revoke_user_role import (
    RevokeUserRole,
    RevokeUserRoleHandler,
)
from workout_application.identity.commands.unlock_user import UnlockUser, UnlockUserHandler
from workout_application.identity.commands.update_profile import (
    UpdateProfile,
    UpdateProfileHandler,
)
from workout_application.identity.ports import SignInRules
from workout_application.identity.queries.find_user import FindUser, FindUserHandler
from workout_application.identity.queries.get_me import GetMe, GetMeHandler
from workout_application.identity.queries.get_user import GetUser, GetUserHandler
from workout_application.identity.queries.get_user_roles import (
    GetUserRoles,
    GetUserRolesHandler,
)
from workout_application.identity.queries.list_logins import ListLogins, ListLoginsHandler
from workout_application.identity.queries.list_own_logins import (
    ListOwnLogins,
    ListOwnLoginsHandler,
)
from workout_application.identity.queries.list_users import ListUsers, ListUsersHandler
from workout_infrastructure.persistence.catalogue import personal_data as of_catalogue
from workout_infrastructure.persistence.coaching import personal_data as of_coaching
from workout_infrastructure.persistence.coaching.profiles import SqlProfiles
from workout_infrastructure.persistence.identity import personal_data as of_identity
from workout_infrastructure.persistence.identity.administration import (
    SqlAccountDirectory,
    SqlAccountSnapshots,
    SqlAdministrators,
)
from workout_infrastructure.persistence.identity.erasing import SqlAccountTraces
from workout_infrastructure.persistence.identity.login_reading import (
    SqlLoginHistory,
    SqlOldLogins,
)
from workout_infrastructure.persistence.identity.login_sessions import (
    SqlExpiredTokens,
    SqlLoginSessionRepository,
)
from workout_infrastructure.persistence.identity.users import (
    SqlAccountReader,
    SqlCredentialReader,
    SqlUserRepository,
)
from workout_infrastructure.persistence.notifications import personal_data as of_notifications
from workout_infrastructure.persistence.personal_data import SqlPersonalData
from workout_infrastructure.persistence.training import personal_data as of_training
from workout_infrastructure.persistence.unit_of_work import SqlEventRecorder
from workout_presentation.composition.settings import Settings


def sign_in_rules(settings: Settings) -> SignInRules:
    """Read the rules of sign-in out of the settings."""
    return SignInRules(
        access_lifetime=timedelta(minutes=settings.access_token_minutes),
        refresh_lifetime=timedelta(days=settings.refresh_token_days),
        reuse_grace=timedelta(seconds=settings.refresh_reuse_grace_seconds),
        require_confirmed_email=settings.require_confirmed_email,
    )


PERSONAL_DATA: Final = (
    *of_identity.PARTS,
    *of_coaching.PARTS,
    *of_notifications.PARTS,
    *of_catalogue.PARTS,
    *of_training.PARTS,
)


class IdentityContainer(containers.DeclarativeContainer):
    """One line per handler."""

    settings: providers.Dependency[Settings] = providers.Dependency()
    work: providers.Dependency[Any] = providers.Dependency()
    pool: providers.Dependency[Any] = providers.Dependency()
    clock: providers.Dependency[Any] = providers.Dependency()
    identifiers: providers.Dependency[Any] = providers.Dependency()
    passwords: providers.Dependency[Any] = providers.Dependency()
    tokens: providers.Dependency[Any] = providers.Dependency()

    rules = providers.Singleton(sign_in_rules, settings)
    users = providers.Singleton(SqlUserRepository, work)
    sessions = providers.Singleton(SqlLoginSessionRepository, work)
    profiles = providers.Singleton(SqlProfiles, work, identifiers, clock)
    credentials = providers.Singleton(SqlCredentialReader, pool)
    accounts = providers.Singleton(SqlAccountReader, pool)
    directory = providers.Singleton(SqlAccountDirectory, pool)
    snapshots = providers.Singleton(SqlAccountSnapshots, work)
    administrators = providers.Singleton(SqlAdministrators, work)
    logins = providers.Singleton(SqlLoginHistory, pool)
    personal_data = providers.Singleton(SqlPersonalData, work, PERSONAL_DATA)

    handlers = providers.Dict(
        {
            RegisterUser: providers.Singleton(
                RegisterUserHandler, users, profiles, passwords, identifiers, clock
            ),
            LogIn: providers.Singleton(
                LogInHandler,
                credentials,
                users,
                sessions,
                passwords,
                tokens,
                rules,
                identifiers,
                clock,
            ),
            RefreshTokens: providers.Singleton(
                RefreshTokensHandler, users, sessions, tokens, rules, clock
            ),
            LogOut: providers.Singleton(LogOutHandler, sessions, tokens, clock),
            ForgetExpiredTokens: providers.Singleton(
                ForgetExpiredTokensHandler, providers.Singleton(SqlExpiredTokens, work), clock
            ),
            UpdateProfile: providers.Singleton(UpdateProfileHandler, users, profiles, clock),
            GrantRole: providers.Singleton(GrantRoleHandler, credentials, users, clock),
            OpenProfile: providers.Singleton(OpenProfileHandler, users, profiles, clock),
            GetMe: providers.Singleton(GetMeHandler, accounts),
            LockUser: providers.Singleton(
                LockUserHandler, users, sessions, administrators, snapshots, clock
            ),
            UnlockUser: providers.Singleton(UnlockUserHandler, users, snapshots, clock),
            GrantUserRole: providers.Singleton(GrantUserRoleHandler, users, profiles, clock),
            RevokeUserRole: providers.Singleton(
                RevokeUserRoleHandler, users, administrators, clock
            ),
            ReplaceUserRoles: providers.Singleton(
                ReplaceUserRolesHandler, users, profiles, administrators, clock
            ),
            DeleteAccount: providers.Singleton(
                DeleteAccountHandler,
                users,
                sessions,
                profiles,
                administrators,
                providers.Singleton(SqlAccountTraces, work),
                clock,
            ),
            ExportPersonalData: providers.Singleton(
                ExportPersonalDataHandler,
                personal_data,
                providers.Singleton(SqlEventRecorder),
                clock,
            ),
            ForgetOldLogins: providers.Singleton(
                ForgetOldLoginsHandler, providers.Singleton(SqlOldLogins, work), clock
            ),
            ListUsers: providers.Singleton(ListUsersHandler, directory, clock),
            GetUser: providers.Singleton(GetUserHandler, directory, clock),
            GetUserRoles: providers.Singleton(GetUserRolesHandler, directory),
            FindUser: providers.Singleton(FindUserHandler, directory),
            ListLogins: providers.Singleton(ListLoginsHandler, logins),
            ListOwnLogins: providers.Singleton(ListOwnLoginsHandler, logins),
        }
    )
