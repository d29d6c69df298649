"""Runs migrations against the configured database, over asyncpg."""

import asyncio
import os

from alembic import context
from sqlalchemy import ARRAY, Connection, TypeDecorator, pool
from sqlalchemy.ext.asyncio import create_async_engine

from workout_infrastructure.persistence.database import sqlalchemy_url
from workout_infrastructure.persistence.mapping import metadata


def render(kind: str, item: object, _context: object) -> str | bool:
    """Write our own column types as what they are in the database."""
    if kind != "type" or not isinstance(item, TypeDecorator):
        return False
    impl = item.impl_instance
    if isinstance(impl, ARRAY):
        return f"sa.ARRAY(sa.{impl.item_type!r})"
    return f"sa.{impl!r}"


def run(connection: Connection) -> None:
    """Run on an open connection; one migrator at a time."""
    context.configure(connection=connection, target_metadata=metadata, render_item=render)
    with context.begin_transaction():
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7205759403792793)")
        context.run_migrations()


async def connect_and_run(url: str) -> None:
    """Open a connection of our own and run on it."""
    engine = create_async_engine(sqlalchemy_url(url), poolclass=pool.NullPool)
    async with engine.connect() as connection:
        await connection.run_sync(run)
        await connection.commit()
    await engine.dispose()


url = context.config.get_main_option("sqlalchemy.url") or os.environ["WORKOUT_DATABASE_URL"]
asyncio.run(connect_and_run(url))
