"""What the demo takes from this installation: the reader of logs, and where the server is."""

import secrets
from importlib.resources import files
from pathlib import Path
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from workout_domain.portability.training_log import TrainingLog
from workout_infrastructure.portability.formats import UnreadableLog, read_training_log
from workout_presentation.composition.settings import Environment, SettingsWrong, load_settings

SHIPPED_LOG: Final = "sample_training_log.csv"


class Credentials(NamedTuple):
    """What fresh accounts are called, and their password."""

    name: str
    password: str


def read_log(file: Path | None, *, zone: str, unit: str) -> TrainingLog:
    """
    Read an export, or the log that ships with the product.

    Raises:
        SettingsWrong: the zone is unknown, or the file is no export of Strong or Hevy.
        OSError: the file cannot be opened.
    """
    try:
        known_zone = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise SettingsWrong(f"{zone!r} is no time zone, such as Europe/Berlin.") from None
    shipped = files("workout_infrastructure.portability") / SHIPPED_LOG
    content = shipped.read_bytes() if file is None else file.read_bytes()
    try:
        return read_training_log(content, zone=known_zone, default_unit=unit)
    except UnreadableLog as error:
        raise SettingsWrong(f"{file or SHIPPED_LOG}: {error}") from error


def server_url() -> str:
    """Return where the server of these settings answers."""
    return load_settings(environment=Environment.LOCAL).base_url


def fresh_credentials() -> Credentials:
    """Make a name nobody has, and a password for it."""
    return Credentials(secrets.token_hex(4), secrets.token_urlsafe(12))
