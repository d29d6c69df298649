"""Identity, wired."""

from datetime import timedelta
from typing import Any, Final

from dependency_injector import containers, providers

from workout_application.identity.commands.change_password import (
    ChangePassword,
    ChangePasswordHandler,
)
from workout_application.identity.commands.confirm_email import (
    ConfirmEmail,
    ConfirmEmailHandler,
)
from workout_application.identity.commands.confirm_second_factor import (
    ConfirmSecondFactor,
    ConfirmSecondFactorHandler,
)
from workout_application.identity.commands.create_api_key import CreateApiKey, CreateApiKeyHandler
from workout_application.identity.commands.delete_account import (
    DeleteAccount,
    DeleteAccountHandler,
)
from workout_application.identity.commands.disable_second_factor import (
    DisableSecondFactor,
    DisableSecondFactorHandler,
)
from workout_application.identity.commands.drop_second_factor import (
    DropSecondFactor,
    DropSecondFactorHandler,
)
from workout_application.identity.commands.end_login_session import (
    EndLoginSession,
    EndLoginSessionHandler,
)
from workout_application.identity.commands.end_login_sessions import (
    EndLoginSessions,
    EndLoginSessionsHandler,
)
from workout_application.identity.commands.enrol_second_factor import (
    EnrolSecondFactor,
    EnrolSecondFactorHandler,
)
from workout_application.identity.commands.exchange_id_token import (
    ExchangeIdToken,
    ExchangeIdTokenHandler,
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
from workout_application.identity.commands.forget_password import (
    ForgetPassword,
    ForgetPasswordHandler,
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
from workout_application.identity.commands.renew_recovery_codes import (
    RenewRecoveryCodes,
    RenewRecoveryCodesHandler,
)
from workout_application.identity.commands.replace_user_roles import (
    ReplaceUserRoles,
    ReplaceUserRolesHandler,
)
from workout_application.identity.commands.reseal_second_factors import (
    ResealSecondFactors,
    ResealSecondFactorsHandler,
)
from workout_application.identity.commands.resend_confirmation import (
    ResendConfirmation,
    ResendConfirmationHandler,
)
from workout_application.identity.commands.reset_password import (
    ResetPassword,
    ResetPasswordHandler,
)
from workout_application.identity.commands.revoke_api_key import RevokeApiKey, RevokeApiKeyHandler
from workout_application.identity.commands.revoke_user_role import (
    RevokeUserRole,
    RevokeUserRoleHandler,
)
from workout_application.identity.commands.unlock_user import UnlockUser, UnlockUserHandler
from workout_application.identity.commands.update_profile import (
    UpdateProfile,
    UpdateProfileHandler,
)
from workout_application.identity.commands.verify_second_factor import (
    VerifySecondFactor,
    VerifySecondFactorHandler,
)
from workout_application.identity.mails import AccountMails
from workout_application.identity.passwords import PasswordRules
from workout_application.identity.ports import IdentityProvider, SignInRules
from workout_application.identity.proofs import Proofs
from workout_application.identity.queries.find_user import FindUser, FindUserHandler
from workout_application.identity.queries.get_me import GetMe, GetMeHandler
from workout_application.identity.queries.get_user import GetUser, GetUserHandler
from workout_application.identity.queries.get_user_roles import (
    GetUserRoles,
    GetUserRolesHandler,
)
from workout_application.identity.queries.list_api_keys import ListApiKeys, ListApiKeysHandler
from workout_application.identity.queries.list_login_sessions import (
    ListLoginSessions,
    ListLoginSessionsHandler,
)
from workout_application.identity.queries.list_logins import ListLogins, ListLoginsHandler
from workout_application.identity.queries.list_own_logins import (
    ListOwnLogins,
    ListOwnLoginsHandler,
)
from workout_application.identity.queries.list_users import ListUsers, ListUsersHandler
from workout_application.identity.reactions.when_access_is_added_mail_notice import (
    WhenAccessIsAddedMailNotice,
)
from workout_application.identity.reactions.when_device_is_new_mail_notice import (
    WhenDeviceIsNewMailNotice,
)
from workout_application.identity.reactions.when_password_changes_mail_notice import (
    WhenPasswordChangesMailNotice,
)
from workout_application.identity.reactions.when_password_is_forgotten_mail_token import (
    WhenPasswordIsForgottenMailToken,
)
from workout_application.identity.reactions.when_second_factor_changes_mail_notice import (
    WhenSecondFactorChangesMailNotice,
)
from workout_application.identity.reactions.when_sign_in_is_locked_out_mail_notice import (
    WhenSignInIsLockedOutMailNotice,
)
from workout_application.identity.reactions.when_user_registers_mail_confirmation import (
    WhenUserRegistersMailConfirmation,
)
from workout_application.identity.recency import Recency
from workout_application.identity.second_factors import SecondFactorCheck
from workout_application.identity.sign_in import SignIn
from workout_domain.identity.lock_out import LockOut
from workout_infrastructure.persistence import jobs as background_jobs
from workout_infrastructure.persistence.catalogue import personal_data as of_catalogue
from workout_infrastructure.persistence.coaching import personal_data as of_coaching
from workout_infrastructure.persistence.coaching.profiles import SqlProfiles
from workout_infrastructure.persistence.identity import personal_data as of_identity
from workout_infrastructure.persistence.identity.administration import (
    SqlAccountDirectory,
    SqlAccountSnapshots,
    SqlAdministrators,
)
from workout_infrastructure.persistence.identity.api_keys import (
    SqlApiKeyReader,
    SqlApiKeyRepository,
)
from workout_infrastructure.persistence.identity.erasing import SqlAccountTraces
from workout_infrastructure.persistence.identity.external_identities import (
    SqlExternalIdentities,
)
from workout_infrastructure.persistence.identity.login_history import SqlSignInJournal
from workout_infrastructure.persistence.identity.login_reading import (
    SqlLoginHistory,
    SqlOldLogins,
)
from workout_infrastructure.persistence.identity.login_sessions import (
    SqlExpiredTokens,
    SqlLoginSessionReader,
    SqlLoginSessionRepository,
)
from workout_infrastructure.persistence.identity.mail_recipients import SqlMailRecipients
from workout_infrastructure.persistence.identity.one_time_tokens import (
    SqlExpiredOneTimeTokens,
    SqlOneTimeTokens,
)
from workout_infrastructure.persistence.identity.second_factors import SqlSecondFactorRepository
from workout_infrastructure.persistence.identity.users import (
    SqlAccountReader,
    SqlCredentialReader,
    SqlUserRepository,
)
from workout_infrastructure.persistence.notifications import personal_data as of_notifications
from workout_infrastructure.persistence.personal_data import SqlPersonalData
from workout_infrastructure.persistence.programs import personal_data as of_programs
from workout_infrastructure.persistence.reporting import personal_data as of_reporting
from workout_infrastructure.persistence.strength import personal_data as of_strength
from workout_infrastructure.persistence.training import personal_data as of_training
from workout_infrastructure.persistence.unit_of_work import SqlEventRecorder
from workout_infrastructure.security.common_passwords import ZxcvbnCommonPasswords
from workout_infrastructure.security.oidc import (
    NoIdentityProvider,
    OidcClient,
    OidcIdentityProvider,
)
from workout_infrastructure.security.oidc_keys import IssuerKeys
from workout_presentation.composition.settings import Environment, Settings
from workout_shared.clock import Clock


def sign_in_rules(settings: Settings) -> SignInRules:
    """Read the rules of sign-in out of the settings."""
    return SignInRules(
        access_lifetime=timedelta(minutes=settings.access_token_minutes),
        refresh_lifetime=timedelta(days=settings.refresh_token_days),
        reuse_grace=timedelta(seconds=settings.refresh_reuse_grace_seconds),
        require_confirmed_email=settings.require_confirmed_email,
        longest_session=timedelta(days=settings.session_days),
        recent=timedelta(minutes=settings.recent_sign_in_minutes),
        lock_out=LockOut(
            most_failures=settings.lock_out_failures,
            window=timedelta(minutes=settings.lock_out_window_minutes),
            pause=timedelta(minutes=settings.lock_out_minutes),
        ),
    )


def identity_provider(settings: Settings, clock: Clock) -> IdentityProvider:
    """Trust the issuer of the settings, where they name one."""
    if not settings.oidc_issuer:
        return NoIdentityProvider()
    client = OidcClient(
        issuer=settings.oidc_issuer, client_id=settings.oidc_client_id, name=settings.oidc_name
    )
    is_production = settings.environment is Environment.PRODUCTION
    keys = IssuerKeys(client.issuer, clock, name=client.called, allows_http=not is_production)
    return OidcIdentityProvider(client, keys, clock)


PERSONAL_DATA: Final = (
    *of_identity.PARTS,
    *of_coaching.PARTS,
    *of_notifications.PARTS,
    *of_catalogue.PARTS,
    *of_training.PARTS,
    *of_programs.PARTS,
    *background_jobs.PARTS,
    *of_strength.PARTS,
    *of_reporting.PARTS,
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
    codes: providers.Dependency[Any] = providers.Dependency()
    api_keys: providers.Dependency[Any] = providers.Dependency()
    second_factor_codes: providers.Dependency[Any] = providers.Dependency()
    mailer: providers.Dependency[Any] = providers.Dependency()

    rules = providers.Singleton(sign_in_rules, settings)
    users = providers.Singleton(SqlUserRepository, work)
    sessions = providers.Singleton(SqlLoginSessionRepository, work)
    profiles = providers.Singleton(SqlProfiles, work, identifiers, clock)
    credentials = providers.Singleton(SqlCredentialReader, pool)
    accounts = providers.Singleton(SqlAccountReader, pool)
    events = providers.Singleton(SqlEventRecorder)
    provider: providers.Provider[Any] = providers.Singleton(identity_provider, settings, clock)

    second_factors = providers.Singleton(SqlSecondFactorRepository, work)
    keys = providers.Singleton(SqlApiKeyRepository, work)
    one_time_tokens = providers.Singleton(SqlOneTimeTokens, work, codes)
    journal = providers.Singleton(SqlSignInJournal, work, rules.provided.lock_out, identifiers)
    sign_in = providers.Singleton(
        SignIn,
        journal,
        sessions,
        one_time_tokens,
        tokens,
        events,
        rules,
        identifiers,
        clock,
    )
    password_rules = providers.Singleton(PasswordRules, providers.Singleton(ZxcvbnCommonPasswords))
    recency = providers.Singleton(Recency, rules, clock)
    code_check = providers.Singleton(SecondFactorCheck, second_factors, second_factor_codes, clock)
    proofs = providers.Singleton(Proofs, passwords, code_check, sign_in)
    mails = providers.Singleton(
        AccountMails, providers.Singleton(SqlMailRecipients, work), one_time_tokens, mailer, clock
    )
    directory = providers.Singleton(SqlAccountDirectory, pool)
    snapshots = providers.Singleton(SqlAccountSnapshots, work)
    administrators = providers.Singleton(SqlAdministrators, work)
    logins = providers.Singleton(SqlLoginHistory, pool)
    personal_data = providers.Singleton(SqlPersonalData, work, PERSONAL_DATA)

    handlers = providers.Dict(
        {
            RegisterUser: providers.Singleton(
                RegisterUserHandler, users, profiles, passwords, password_rules, identifiers, clock
            ),
            LogIn: providers.Singleton(LogInHandler, credentials, users, passwords, sign_in, clock),
            VerifySecondFactor: providers.Singleton(
                VerifySecondFactorHandler, one_time_tokens, users, code_check, sign_in, clock
            ),
            ExchangeIdToken: providers.Singleton(
                ExchangeIdTokenHandler,
                provider,
                providers.Singleton(SqlExternalIdentities, work),
                credentials,
                users,
                profiles,
                sign_in,
                identifiers,
                clock,
            ),
            ConfirmEmail: providers.Singleton(ConfirmEmailHandler, one_time_tokens, users, clock),
            ResendConfirmation: providers.Singleton(
                ResendConfirmationHandler, credentials, events, identifiers, clock
            ),
            ForgetPassword: providers.Singleton(
                ForgetPasswordHandler, credentials, events, identifiers, clock
            ),
            ResetPassword: providers.Singleton(
                ResetPasswordHandler,
                one_time_tokens,
                users,
                sessions,
                keys,
                passwords,
                password_rules,
                clock,
            ),
            RefreshTokens: providers.Singleton(
                RefreshTokensHandler, users, sessions, tokens, rules, clock
            ),
            LogOut: providers.Singleton(LogOutHandler, sessions, tokens, clock),
            EnrolSecondFactor: providers.Singleton(
                EnrolSecondFactorHandler,
                users,
                second_factors,
                second_factor_codes,
                recency,
                identifiers,
                clock,
            ),
            ConfirmSecondFactor: providers.Singleton(
                ConfirmSecondFactorHandler,
                users,
                second_factors,
                second_factor_codes,
                sign_in,
                clock,
            ),
            DisableSecondFactor: providers.Singleton(
                DisableSecondFactorHandler, users, profiles, second_factors, proofs, clock
            ),
            RenewRecoveryCodes: providers.Singleton(
                RenewRecoveryCodesHandler,
                users,
                second_factors,
                second_factor_codes,
                proofs,
                clock,
            ),
            ResealSecondFactors: providers.Singleton(
                ResealSecondFactorsHandler, second_factors, second_factor_codes
            ),
            ChangePassword: providers.Singleton(
                ChangePasswordHandler,
                users,
                profiles,
                one_time_tokens,
                sessions,
                passwords,
                password_rules,
                proofs,
                clock,
            ),
            ListLoginSessions: providers.Singleton(
                ListLoginSessionsHandler, providers.Singleton(SqlLoginSessionReader, pool), clock
            ),
            EndLoginSession: providers.Singleton(EndLoginSessionHandler, sessions, clock),
            EndLoginSessions: providers.Singleton(EndLoginSessionsHandler, sessions, clock),
            ListApiKeys: providers.Singleton(
                ListApiKeysHandler, providers.Singleton(SqlApiKeyReader, pool)
            ),
            CreateApiKey: providers.Singleton(
                CreateApiKeyHandler, keys, api_keys, recency, identifiers, clock
            ),
            RevokeApiKey: providers.Singleton(RevokeApiKeyHandler, keys, clock),
            ForgetExpiredTokens: providers.Singleton(
                ForgetExpiredTokensHandler,
                providers.List(
                    providers.Singleton(SqlExpiredTokens, work),
                    providers.Singleton(SqlExpiredOneTimeTokens, work),
                ),
                clock,
            ),
            UpdateProfile: providers.Singleton(UpdateProfileHandler, users, profiles, clock),
            GrantRole: providers.Singleton(GrantRoleHandler, credentials, users, clock),
            OpenProfile: providers.Singleton(OpenProfileHandler, users, profiles, clock),
            GetMe: providers.Singleton(GetMeHandler, accounts),
            LockUser: providers.Singleton(
                LockUserHandler, users, sessions, administrators, snapshots, clock
            ),
            DropSecondFactor: providers.Singleton(
                DropSecondFactorHandler, users, second_factors, sessions, clock
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
                recency,
                users,
                sessions,
                profiles,
                administrators,
                providers.Singleton(SqlAccountTraces, work),
                clock,
            ),
            ExportPersonalData: providers.Singleton(
                ExportPersonalDataHandler, personal_data, events, clock
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

    reactions = providers.List(
        providers.Singleton(WhenUserRegistersMailConfirmation, mails),
        providers.Singleton(WhenPasswordIsForgottenMailToken, mails),
        providers.Singleton(WhenPasswordChangesMailNotice, mails),
        providers.Singleton(WhenSecondFactorChangesMailNotice, mails),
        providers.Singleton(WhenSignInIsLockedOutMailNotice, mails),
        providers.Singleton(WhenDeviceIsNewMailNotice, mails),
        providers.Singleton(WhenAccessIsAddedMailNotice, mails),
    )
