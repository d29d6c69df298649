"""Every attempt to sign in, right or wrong; what was typed is not kept."""

from sqlalchemy import ARRAY, Boolean, Column, Index, String, Table, Text, Uuid

from workout_infrastructure.persistence.registry import Instant, metadata, reference

login_history = Table(
    "login_history",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", reference("users.id", cascade=True)),
    Column("login_time", Instant, nullable=False),
    Column("ip_address", String(45)),
    Column("user_agent", String(512)),
    Column("device_type", String(50), nullable=False),
    Column("platform", String(50), nullable=False),
    Column("method", String(32), nullable=False),
    Column("is_successful", Boolean, nullable=False),
    # Why it failed: wrong_password, wrong_code, second_factor_required, locked, …
    Column("failure", String(32)),
    # What is odd about it: many_failures, new_device, new_address.
    Column("marks", ARRAY(Text), nullable=False, server_default="{}"),
    # Which counter of failures it belongs to, and until when it shut that counter's door.
    Column("bucket", Text, nullable=False),
    Column("locked_until", Instant),
)
Index("ix_login_history_login_time", login_history.c.login_time)
Index("ix_login_history_user_id", login_history.c.user_id, login_history.c.login_time)
Index(
    "ix_login_history_bucket",
    login_history.c.user_id,
    login_history.c.bucket,
    login_history.c.login_time,
)
