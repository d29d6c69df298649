"""Everything that can be set, read once from the environment; mistakes stop the start."""

import os
from email.utils import parseaddr
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Self

from dotenv import dotenv_values
from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from workout_infrastructure.cache.policies import CachePolicies, CategoryPolicy
from workout_infrastructure.mail.smtp import MailServer, MailServerWrong
from workout_infrastructure.security.limits import quota_of
from workout_presentation.api.limits import QUOTAS
from workout_presentation.composition.perimeter import (
    LOCAL_SECRET,
    SHORTEST_SECRET_BYTES,
    checked_origins,
    checked_proxies,
    parts_of,
    weakness_of,
)

PREFIX = "WORKOUT_"
_RATE_LIMIT = "rate_limit_"
# On one's own machine everybody has one address: tests, scripts and the demo.
_LOCAL_QUOTAS = {
    "rate_limit_sign_in_address": "3000/minute",
    "rate_limit_refresh": "3000/minute",
    "rate_limit_sign_up": "5000/10 minutes",
    "rate_limit_mail": "60/hour",
    "rate_limit_mail_address": "5000/hour",
    "rate_limit_token": "3000/minute",
}


def _checked_quota(text: str) -> str:
    quota_of(text)
    return text


Quota = Annotated[str, AfterValidator(_checked_quota)]
Origins = Annotated[str, AfterValidator(checked_origins)]
Proxies = Annotated[str, AfterValidator(checked_proxies)]


class SettingsWrong(ValueError):
    """The environment holds a setting that is unknown, missing or not acceptable."""


class Environment(StrEnum):
    """What kind of place this runs in."""

    LOCAL = "local"
    TEST = "test"
    PRODUCTION = "production"


class Settings(BaseSettings):
    """All settings; the environment name is ``WORKOUT_`` and the field's name in capitals."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", extra="ignore", frozen=True, hide_input_in_errors=True
    )

    environment: Environment = Field(
        Environment.PRODUCTION, description="`local`, `test` or `production`."
    )
    host: str = Field("127.0.0.1", description="The address the API listens on.")
    port: int = Field(8000, ge=0, le=65535, description="The port the API listens on.")
    worker_port: int = Field(8081, ge=0, le=65535, description="The worker's health port.")
    data_dir: Path = Field(Path(".workout"), description="Where local mode keeps its files.")
    database_url: str = Field(
        "", repr=False, description="PostgreSQL, as `postgresql://user@host/name`."
    )
    database_read_url: str = Field(
        "", repr=False, description="A replica for queries; default: the primary."
    )
    redis_url: str = Field("", repr=False, description="Redis; empty: one process without it.")
    jwt_secret: SecretStr = Field(SecretStr(""), description="Signs tokens; at least 32 bytes.")
    jwt_retired_secrets: SecretStr = Field(
        SecretStr(""), description="Secrets that only check and open, with commas between them."
    )
    jwt_issuer: str = Field("workout", description="The `iss` of access tokens.")
    jwt_audience: str = Field("workout-api", description="The `aud` of access tokens.")
    access_token_minutes: int = Field(60, ge=1, description="How long an access token lives.")
    refresh_token_days: int = Field(7, ge=1, description="How long a refresh token lives.")
    refresh_reuse_grace_seconds: int = Field(
        0, ge=0, description="How long a used refresh token still gets the same successor."
    )
    session_days: int = Field(
        90, ge=1, description="How long one sign-in lasts at most, however often refreshed."
    )
    recent_sign_in_minutes: int = Field(
        60, ge=1, description="How recent a sign-in heavy steps need (second factor, API keys)."
    )
    lock_out_failures: int = Field(
        5, ge=1, description="So many failed sign-ins from one place lock it for this account."
    )
    lock_out_window_minutes: int = Field(
        15, ge=1, description="Within how many minutes those failures count."
    )
    lock_out_minutes: int = Field(15, ge=1, description="How long such a lock lasts.")
    require_confirmed_email: bool = Field(
        True, description="Whether an unconfirmed address may not sign in; false in local mode."
    )
    mail_dir: Path | None = Field(
        None, description="Mails are written here as `.eml` files; local mode: `mail` in its data."
    )
    smtp_url: SecretStr = Field(
        SecretStr(""),
        description="Mails are sent by this server, `smtp://user:password@host:587` or `smtps://`.",
    )
    mail_from: str = Field(
        "Workout <no-reply@localhost>", description="The sender of mails, as `Name <address>`."
    )
    oidc_issuer: str = Field(
        "",
        pattern=r"^(https?://[^/\s]\S*)?$",
        description="People may also sign in by this OpenID Connect issuer, exactly as it says it.",
    )
    oidc_client_id: str = Field("", description="The `aud` identity tokens must have.")
    oidc_name: str = Field(
        "", max_length=100, description="What people call the issuer; used in refusals."
    )
    require_https: bool = Field(
        False, description="Redirect http to https; a trusted proxy says which it was."
    )
    trusted_proxies: Proxies = Field(
        "",
        description="Addresses and networks, with commas between them, whose `X-Forwarded-For` and "
        "`X-Forwarded-Proto` are believed.",
    )
    cors_origins: Origins = Field(
        "",
        description="Origins, with commas between them, whose pages may call API and hub.",
    )
    security_contact: str = Field(
        "",
        pattern=r"^((mailto:|https://|tel:)[!-~]+)?$",
        description="`mailto:`, `https:` or `tel:` address for `/.well-known/security.txt`.",
    )
    rate_limits: bool = Field(True, description="`off` only for load tests.")
    rate_limit_sign_in: Quota = Field(
        QUOTAS["sign_in"], description="Sign-ins for one account name from one address."
    )
    rate_limit_sign_in_address: Quota = Field(
        QUOTAS["sign_in_address"], description="Sign-ins from one address."
    )
    rate_limit_refresh: Quota = Field(
        QUOTAS["refresh"], description="Refreshed tokens from one address."
    )
    rate_limit_sign_up: Quota = Field(
        QUOTAS["sign_up"], description="Registrations from one address."
    )
    rate_limit_mail: Quota = Field(
        QUOTAS["mail"], description="Mails asked for one e-mail address from one address."
    )
    rate_limit_mail_address: Quota = Field(
        QUOTAS["mail_address"], description="Mails asked for from one address."
    )
    rate_limit_token: Quota = Field(
        QUOTAS["token"], description="One-time tokens presented from one address."
    )
    rate_limit_code: Quota = Field(
        QUOTAS["code"], description="Invitation codes presented by one user."
    )
    rate_limit_export: Quota = Field(QUOTAS["export"], description="Exports of one user.")
    cache_entries: int = Field(
        10_000, ge=1, description="How many answers a process keeps in memory, without Redis."
    )
    cache_catalogue: bool = Field(True, description="Whether answers of the catalogue are kept.")
    cache_catalogue_seconds: float = Field(
        600, gt=0, description="How long an answer of the catalogue is kept."
    )
    cache_reports: bool = Field(True, description="Whether reports are kept.")
    cache_reports_seconds: float = Field(
        1800, gt=0, description="How long a report is kept at most."
    )
    cache_reports_sliding_seconds: float = Field(
        300, gt=0, description="How long a report is kept that nobody asks for."
    )
    processes: int = Field(1, ge=1, le=64, description="How many API processes `serve` starts.")
    public_url: str = Field("", description="How clients reach this server; used in links.")
    pool_size: int = Field(8, ge=2, description="Connections of each pool of one process.")
    audit_days: int = Field(365, ge=1, description="How long entries of the audit log are kept.")
    login_history_days: int = Field(180, ge=1, description="How long attempts to sign in are kept.")
    session_idle_hours: float = Field(
        12, gt=0, description="A running session idle for longer is marked abandoned."
    )
    request_timeout_seconds: float = Field(
        15, gt=0, description="How long one request may take, reading its body included."
    )
    largest_body_bytes: int = Field(1_048_576, ge=1024, description="Larger bodies are 413.")
    log_level: str = Field("INFO", description="`DEBUG`, `INFO`, `WARNING` or `ERROR`.")
    log_file: Path | None = Field(None, description="Also write logs here, rolling.")
    log_url: str = Field(
        "",
        repr=False,
        pattern=r"^(https?://[^/\s]\S*)?$",
        description="Also post logs here, as lines of JSON; may lose some.",
    )
    slow_milliseconds: float = Field(1000, gt=0, description="Above it an operation is slow.")
    tool_telemetry: bool = Field(
        False, description="Whether each use of the plate calculator leaves an event."
    )
    interactive_docs: bool = Field(True, description="Whether `/docs` is served.")

    @property
    def is_local(self) -> bool:
        """Whether this is somebody's own machine."""
        return self.environment is Environment.LOCAL

    @property
    def base_url(self) -> str:
        """How clients reach this server, without a slash at the end."""
        host = "127.0.0.1" if self.host in {"0.0.0.0", "::"} else self.host  # noqa: S104 - compared
        return (self.public_url or f"http://{host}:{self.port}").rstrip("/")

    @property
    def retired_secrets(self) -> tuple[str, ...]:
        """The secrets that only check and open."""
        return parts_of(self.jwt_retired_secrets.get_secret_value())

    @property
    def proxies(self) -> tuple[str, ...]:
        """The addresses and networks of proxies that are believed."""
        return parts_of(self.trusted_proxies)

    @property
    def origins(self) -> tuple[str, ...]:
        """The origins whose pages may call."""
        return parts_of(self.cors_origins)

    @property
    def quotas(self) -> dict[str, str]:
        """The quota of each limit, by its name."""
        return {name: str(getattr(self, f"{_RATE_LIMIT}{name}")) for name in QUOTAS}

    @property
    def cache_policies(self) -> CachePolicies:
        """How answers are kept, by category."""
        return CachePolicies(
            {
                "catalogue": CategoryPolicy(
                    seconds=self.cache_catalogue_seconds, is_on=self.cache_catalogue
                ),
                "reports": CategoryPolicy(
                    seconds=self.cache_reports_seconds,
                    sliding_seconds=self.cache_reports_sliding_seconds,
                    is_on=self.cache_reports,
                ),
            },
            entries=self.cache_entries,
        )

    @model_validator(mode="before")
    @classmethod
    def _local_defaults(cls, values: dict[str, Any]) -> dict[str, Any]:
        if values.get("environment") in {Environment.LOCAL, Environment.TEST}:
            values.setdefault("require_confirmed_email", False)
            values.setdefault("jwt_secret", SecretStr(LOCAL_SECRET))
            for name, quota in _LOCAL_QUOTAS.items():
                values.setdefault(name, quota)
        return values

    @model_validator(mode="after")
    def _secrets_are_strong(self) -> Self:
        secret = self.jwt_secret.get_secret_value()
        if not secret:
            raise ValueError("WORKOUT_JWT_SECRET is required: at least 32 random bytes.")
        self._refuse_weak("JWT_SECRET", secret)
        for retired in self.retired_secrets:
            # What can be guessed or has leaked must not count any more, retired or not.
            self._refuse_weak("JWT_RETIRED_SECRETS", retired)
        return self

    def _refuse_weak(self, name: str, secret: str) -> None:
        if len(secret.encode()) < SHORTEST_SECRET_BYTES:
            raise ValueError(f"{PREFIX}{name} must have at least 32 bytes.")
        weakness = weakness_of(secret)
        if weakness and self.environment is Environment.PRODUCTION:
            raise ValueError(f"{PREFIX}{name} {weakness}")

    @model_validator(mode="after")
    def _mail_can_be_sent(self) -> Self:
        sender = parseaddr(self.mail_from)[1]
        if not self.mail_from.isprintable() or not all(sender.rpartition("@")):
            raise ValueError("WORKOUT_MAIL_FROM must be an address, as Name <name@example.com>.")
        if not self.smtp_url.get_secret_value():
            return self
        try:
            MailServer.at(self.smtp_url.get_secret_value())
        except MailServerWrong as error:
            raise ValueError(f"WORKOUT_SMTP_URL: {error}") from None
        if self.mail_dir is not None:
            raise ValueError("Set WORKOUT_SMTP_URL or WORKOUT_MAIL_DIR, not both.")
        if "mail_from" not in self.model_fields_set:
            raise ValueError("WORKOUT_MAIL_FROM is required with WORKOUT_SMTP_URL.")
        return self

    @model_validator(mode="after")
    def _issuer_is_whole(self) -> Self:
        if bool(self.oidc_issuer) != bool(self.oidc_client_id):
            raise ValueError("WORKOUT_OIDC_ISSUER and WORKOUT_OIDC_CLIENT_ID go together.")
        if self.environment is Environment.PRODUCTION and self.oidc_issuer.startswith("http:"):
            raise ValueError("WORKOUT_OIDC_ISSUER must begin with https.")
        return self


def load_settings(**overrides: Any) -> Settings:  # noqa: ANN401 - any field of Settings
    """
    Read the settings.

    Raises:
        SettingsWrong: one is unknown, missing or not acceptable; the sentence says which.
    """
    named = {*os.environ, *dotenv_values(".env")}
    unknown = sorted(
        name
        for name in named
        if name.startswith(PREFIX) and name[len(PREFIX) :].lower() not in Settings.model_fields
    )
    if unknown:
        raise SettingsWrong(f"Unknown setting: {', '.join(unknown)}.")
    try:
        return Settings(**overrides)
    except ValidationError as error:
        raise SettingsWrong(_sentence(error)) from error


def _sentence(error: ValidationError) -> str:
    parts = []
    for problem in error.errors(include_url=False, include_input=False):
        name = "".join(f"{PREFIX}{part}".upper() for part in problem["loc"][:1])
        message = problem["msg"].removeprefix("Value error, ")
        parts.append(f"{name}: {message}" if name else message)
    return " ".join(parts)
