"""Identity, wired."""

from datetime import timedelta
from typing import Any

from dependency_injector import containers, providers

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
from workout_application.identity.commands.update_profile import (
    UpdateProfile,
    UpdateProfileHandler,
)
from workout_application.identity.ports import SignInRules
from workout_application.identity.queries.get_me import GetMe, GetMeHandler
from workout_infrastructure.persistence.coaching.profiles import SqlProfiles
from workout_infrastructure.persistence.identity.login_sessions import (
    SqlExpiredTokens,
    SqlLoginSessionRepository,
)
from workout_infrastructure.persistence.identity.users import (
    SqlAccountReader,
    SqlCredentialReader,
    SqlUserRepository,
)
from workout_presentation.composition.settings import Settings


def sign_in_rules(settings: Settings) -> SignInRules:
    """Read the rules of sign-in out of the settings."""
    return SignInRules(
        access_lifetime=timedelta(minutes=settings.access_token_minutes),
        refresh_lifetime=timedelta(days=settings.refresh_token_days),
        reuse_grace=timedelta(seconds=settings.refresh_reuse_grace_seconds),
        require_confirmed_email=settings.require_confirmed_email,
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
        }
    )
