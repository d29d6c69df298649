"""Everything that can be set, read once from the environment; mistakes stop the start."""

import os
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "WORKOUT_"
LOCAL_SECRET = "local-mode-secret-not-for-production-use"  # noqa: S105 - refused in production
SHORTEST_SECRET_BYTES = 32


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
    database_url: str = Field("", description="PostgreSQL, as `postgresql://user@host/name`.")
    database_read_url: str = Field("", description="A replica for queries; default: the primary.")
    redis_url: str = Field("", description="Redis; empty: one process without it.")
    jwt_secret: SecretStr = Field(SecretStr(""), description="Signs tokens; at least 32 bytes.")
    jwt_issuer: str = Field("workout", description="The `iss` of access tokens.")
    jwt_audience: str = Field("workout-api", description="The `aud` of access tokens.")
    access_token_minutes: int = Field(60, ge=1, description="How long an access token lives.")
    refresh_token_days: int = Field(7, ge=1, description="How long a refresh token lives.")
    refresh_reuse_grace_seconds: int = Field(
        0, ge=0, description="How long a used refresh token still gets the same successor."
    )
    require_confirmed_email: bool = Field(
        True, description="Whether an unconfirmed address may not sign in; false in local mode."
    )
    mail_dir: Path | None = Field(None, description="Mails are written here as `.eml` files.")
    smtp_url: str = Field("", description="Mails are sent by this server, `smtp://user@host:587`.")
    require_https: bool = Field(
        False, description="Redirect http to https; a proxy must set `X-Forwarded-Proto`."
    )
    rate_limits: bool = Field(True, description="`off` only for load tests.")
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
        pattern=r"^(https?://[^/\s]\S*)?$",
        description="Also post logs here, as lines of JSON; may lose some.",
    )
    slow_milliseconds: float = Field(1000, gt=0, description="Above it an operation is slow.")
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

    @model_validator(mode="before")
    @classmethod
    def _local_defaults(cls, values: dict[str, Any]) -> dict[str, Any]:
        if values.get("environment") in {Environment.LOCAL, Environment.TEST}:
            values.setdefault("require_confirmed_email", False)
            values.setdefault("jwt_secret", SecretStr(LOCAL_SECRET))
        return values

    @model_validator(mode="after")
    def _secret_is_strong(self) -> Self:
        secret = self.jwt_secret.get_secret_value()
        if not secret:
            raise ValueError("WORKOUT_JWT_SECRET is required: at least 32 random bytes.")
        if len(secret.encode()) < SHORTEST_SECRET_BYTES:
            raise ValueError("WORKOUT_JWT_SECRET must have at least 32 bytes.")
        if self.environment is Environment.PRODUCTION and secret == LOCAL_SECRET:
            raise ValueError("WORKOUT_JWT_SECRET must not be the one of local mode.")
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
