"""Brings a database's schema to the newest revision; the scripts ship with the product."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

_CHECKOUT: Final = Path(__file__).parents[3] / "migrations"
_INSTALLED: Final = Path(__file__).parent / "migration_scripts"


def alembic_config(url: str) -> Config:
    """Configure Alembic without a file, so that it works from anywhere."""
    config = Config()
    scripts = _CHECKOUT if _CHECKOUT.is_dir() else _INSTALLED
    config.set_main_option("script_location", str(scripts))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def migrate(url: str, revision: str = "head") -> None:
    """Upgrade to a revision; running it again changes nothing."""
    command.upgrade(alembic_config(url), revision)


def downgrade(url: str, revision: str = "base") -> None:
    """Take the schema back to a revision."""
    command.downgrade(alembic_config(url), revision)


def newest_revision() -> str:
    """Return the revision the code of this process expects."""
    head = ScriptDirectory.from_config(alembic_config("")).get_current_head()
    if head is None:
        raise RuntimeError("There are no migration scripts.")
    return head
