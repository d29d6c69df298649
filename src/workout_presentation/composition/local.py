"""Local mode: everything in one go, with nothing installed and nothing to configure."""

import json
import os
import secrets
from pathlib import Path
from typing import Any, Final

from workout_infrastructure.local import EmbeddedPostgres, EmbeddedRedis, Supervisor
from workout_presentation.composition import running
from workout_presentation.composition.demo_accounts import (
    ATHLETE,
    COACH,
    PASSWORD,
    make_demo_accounts,
)
from workout_presentation.composition.mail import mail_folder
from workout_presentation.composition.settings import Environment, Settings, load_settings

_ADDRESSES: Final = "addresses.json"


def run_locally(overrides: dict[str, Any]) -> int:
    """
    Bring everything up in the foreground until SIGINT or SIGTERM.

    Configured servers are used where their URLs are set; otherwise embedded ones are started.
    A second start on the same data folder keeps its data, its tokens included.
    """
    asked = load_settings(environment=Environment.LOCAL, **overrides)
    data_dir = asked.data_dir.absolute()
    data_dir.mkdir(parents=True, exist_ok=True)
    with running.listening_socket(asked) as listener, Supervisor(say=print) as supervisor:
        database_url = asked.database_url or supervisor.start_server(EmbeddedPostgres(data_dir))
        redis_url = asked.redis_url or supervisor.start_server(EmbeddedRedis(data_dir))
        settings = load_settings(
            **overrides,
            environment=Environment.LOCAL,
            database_url=database_url,
            redis_url=redis_url,
            jwt_secret=_secret(data_dir),
            data_dir=data_dir,
        )
        print("bringing the schema and the catalogue up to date …", flush=True)
        running.bring_schema_to_head(settings)
        running.seed(settings)
        running.with_container(settings, make_demo_accounts)
        _note_addresses(settings)
        environment = _environment(settings)
        running.start_api(supervisor, listener, count=settings.processes, environment=environment)
        supervisor.start_child("worker", running.command_line("work"), environment=environment)
        print(_welcome(settings), flush=True)
        return supervisor.run()


def settings_of_what_runs() -> Settings | None:
    """Return the settings of the local mode in the configured data folder; None: there is none."""
    asked = load_settings(environment=Environment.LOCAL)
    file = asked.data_dir / _ADDRESSES
    if asked.database_url or not file.exists():
        return None
    noted = json.loads(file.read_text(encoding="utf-8"))
    return load_settings(environment=Environment.LOCAL, jwt_secret=_secret(asked.data_dir), **noted)


def _note_addresses(settings: Settings) -> None:
    # For `workout admin` in another terminal; readable by the owner only, as it holds a password.
    file = settings.data_dir / _ADDRESSES
    made = settings.data_dir / f"{_ADDRESSES}.{os.getpid()}"
    made.touch(mode=0o600)
    noted = {"database_url": settings.database_url, "redis_url": settings.redis_url}
    made.write_text(json.dumps(noted), encoding="utf-8")
    made.replace(file)


def _secret(data_dir: Path) -> str:
    configured = os.environ.get("WORKOUT_JWT_SECRET")
    if configured:
        return configured
    file = data_dir / "jwt-secret"
    if not file.exists():
        made = data_dir / f"jwt-secret.{os.getpid()}"
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(48), encoding="ascii")
        made.replace(file)
    return file.read_text(encoding="ascii")


def _environment(settings: Settings) -> dict[str, str]:
    values = {
        "WORKOUT_ENVIRONMENT": settings.environment.value,
        "WORKOUT_DATA_DIR": str(settings.data_dir),
        "WORKOUT_DATABASE_URL": settings.database_url,
        "WORKOUT_REDIS_URL": settings.redis_url,
        "WORKOUT_JWT_SECRET": settings.jwt_secret.get_secret_value(),
        "WORKOUT_HOST": settings.host,
        "WORKOUT_PORT": str(settings.port),
    }
    return {**os.environ, **values}


def _welcome(settings: Settings) -> str:
    base = settings.base_url
    return f"""
Workout is starting; in a moment it answers at

    {base}/docs             the interface, to try out in a browser
    {base}/api/v1           the API   (document: {base}/api/v1/openapi.json)
    {base}/hubs/workout     the live hub, for any Socket.IO client
    {base}/health           health    (figures: {base}/metrics)

Demo logins, password "{PASSWORD}":  {COACH.username} (trainer), {ATHLETE.username} (athlete)
{_mails(settings)}
Data lies in {settings.data_dir}. Stop with Ctrl-C.
"""


def _mails(settings: Settings) -> str:
    folder = mail_folder(settings)
    return "Mails are sent." if folder is None else f"Mails are written into {folder}."
