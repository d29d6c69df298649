"""Identity, wired."""

from datetime import timedelta
from typing import Any

from dependency_injector import containers, providers

from workout_application.identity.commands.change_password import (
    ChangePassword,
    ChangePasswordHandler,
)
from workout_application.identity.commands.confirm_second_factor import (
    ConfirmSecondFactor,
    ConfirmSecondFactorHandler,
)
from workout_application.identity.commands.create_api_key import CreateApiKey, CreateApiKeyHandler
from workout_application.identity.commands.disable_second_factor import (
    DisableSecondFactor,
    DisableSecondFactorHandler,
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
from workout_application.identity.commands.forget_expired_tokens import (
    ForgetExpiredTokens,
    ForgetExpiredTokensHandler,
)
from workout_application.identity.commands.grant_role import GrantRole, GrantRoleHandler
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
from workout_application.identity.commands.revoke_api_key import RevokeApiKey, RevokeApiKeyHandler
from workout_application.identity.commands.update_profile import (
    UpdateProfile,
    UpdateProfileHandler,
)
from workout_application.identity.commands.verify_second_factor import (
    VerifySecondFactor,
    VerifySecondFactorHandler,
)
from workout_application.identity.passwords import PasswordRules
from workout_application.identity.ports import SignInRules
from workout_application.identity.proofs import Proofs
from workout_application.identity.queries.get_me import GetMe, GetMeHandler
from workout_application.identity.queries.list_api_keys import ListApiKeys, ListApiKeysHandler
from workout_application.identity.queries.list_login_sessions import (
    ListLoginSessions,
    ListLoginSessionsHandler,
)
from workout_application.identity.recency import Recency
from workout_application.identity.second_factors import SecondFactorCheck
from workout_application.identity.sign_in import SignIn
from workout_domain.identity.lock_out import LockOut
from workout_infrastructure.persistence.coaching.profiles import SqlProfiles
from workout_infrastructure.persistence.identity.api_keys import (
    SqlApiKeyReader,
    SqlApiKeyRepository,
)
from workout_infrastructure.persistence.identity.login_history import SqlSignInJournal
from workout_infrastructure.persistence.identity.login_sessions import (
    SqlExpiredTokens,
    SqlLoginSessionReader,
    SqlLoginSessionRepository,
)
from workout_infrastructure.persistence.identity.one_time_tokens import SqlOneTimeTokens
from workout_infrastructure.persistence.identity.second_factors import SqlSecondFactorRepository
from workout_infrastructure.persistence.identity.users import (
    SqlAccountReader,
    SqlCredentialReader,
    SqlUserRepository,
)
from workout_infrastructure.persistence.unit_of_work import SqlEventRecorder
from workout_infrastructure.security.common_passwords import ZxcvbnCommonPasswords
from workout_presentation.composition.settings import Settings


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

    rules = providers.Singleton(sign_in_rules, settings)
    users = providers.Singleton(SqlUserRepository, work)
    sessions = providers.Singleton(SqlLoginSessionRepository, work)
    profiles = providers.Singleton(SqlProfiles, work, identifiers, clock)
    credentials = providers.Singleton(SqlCredentialReader, pool)
    accounts = providers.Singleton(SqlAccountReader, pool)

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
        providers.Singleton(SqlEventRecorder),
        rules,
        identifiers,
        clock,
    )
    password_rules = providers.Singleton(PasswordRules, providers.Singleton(ZxcvbnCommonPasswords))
    recency = providers.Singleton(Recency, rules, clock)
    code_check = providers.Singleton(SecondFactorCheck, second_factors, second_factor_codes, clock)
    proofs = providers.Singleton(Proofs, passwords, code_check, sign_in)

    handlers = providers.Dict(
        {
            RegisterUser: providers.Singleton(
                RegisterUserHandler, users, profiles, passwords, password_rules, identifiers, clock
            ),
            LogIn: providers.Singleton(LogInHandler, credentials, users, passwords, sign_in, clock),
            VerifySecondFactor: providers.Singleton(
                VerifySecondFactorHandler, one_time_tokens, users, code_check, sign_in, clock
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
            ChangePassword: providers.Singleton(
                ChangePasswordHandler,
                users,
                profiles,
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
                ForgetExpiredTokensHandler, providers.Singleton(SqlExpiredTokens, work), clock
            ),
            UpdateProfile: providers.Singleton(UpdateProfileHandler, users, profiles, clock),
            GrantRole: providers.Singleton(GrantRoleHandler, credentials, users, clock),
            OpenProfile: providers.Singleton(OpenProfileHandler, users, profiles, clock),
            GetMe: providers.Singleton(GetMeHandler, accounts),
        }
    )
