"""Background jobs as they lie in the database, in any state."""

from typing import Any
from uuid import uuid4


async def a_job(database: Any, owner_user_id: str, **columns: Any) -> str:
    """Write a job of a kind no worker knows; return its id."""
    fields: dict[str, Any] = {"state": "queued", "percent_complete": 0, **columns}
    names = "".join(f", {name}" for name in fields)
    values = "".join(f", ${number}" for number in range(3, len(fields) + 3))
    job_id = uuid4()
    await database.execute(
        f"""INSERT INTO jobs (id, revision, created_at, updated_at, type, queue, owner_user_id,
            arguments, correlation_id, max_attempts, scheduled_at, available_at{names})
        VALUES ($1, 1, now(), now(), 'test of an owner', 'low', $2, '{{"secret": "of workers"}}',
            '-', 5, now(), now(){values})""",
        job_id,
        owner_user_id,
        *fields.values(),
    )
    return str(job_id)
