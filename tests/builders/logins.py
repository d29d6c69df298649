"""Attempts to sign in, as the login history holds them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7


async def an_attempt(database: Any, user_id: str | None, at: datetime, **fields: Any) -> str:
    """Write one attempt, a right one unless told otherwise; returns its id."""
    row: dict[str, Any] = {
        "id": UUID(str(uuid7())),
        "user_id": None if user_id is None else UUID(user_id),
        "login_time": at,
        "ip_address": "203.0.113.7",
        "user_agent": "Test/1.0",
        "device_type": "mobile",
        "platform": "iOS",
        "method": "password",
        "is_successful": True,
        "failure": None,
        "marks": [],
        "bucket": "address:203.0.113.7",
        **fields,
    }
    columns = ", ".join(row)
    places = ", ".join(f"${number}" for number in range(1, len(row) + 1))
    await database.execute(
        f"INSERT INTO login_history ({columns}) VALUES ({places})", *row.values()
    )
    return str(row["id"])
