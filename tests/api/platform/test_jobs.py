"""Whoever asked for a background job can follow it, and nobody else."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from tests.api.contract import conforming
from tests.builders.jobs import a_job
from tests.builders.people import People

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.requirement("JOB-15", "JOB-17")
async def test_the_owner_sees_how_far_a_job_is(people: People, database: Any) -> None:
    owner = await people.athlete()
    job_id = await a_job(
        database,
        owner.user["id"],
        state="running",
        attempts=2,
        started_at=NOON,
        percent_complete=40,
        message="Writing the second workout.",
        stage="write",
        current_item="Lower body",
        processed_items=2,
        total_items=5,
        details='{"repetitions": 120}',
    )

    answer = await owner.get(f"/jobs/{job_id}")

    conforming(answer)
    assert answer.status_code == 200
    shown = answer.json()["data"]
    assert (shown["id"], shown["job_id"]) == (job_id, job_id)
    assert (shown["state"], shown["status"]) == ("running", "running")
    assert shown["percent_complete"] == 40
    assert (shown["message"], shown["stage"]) == ("Writing the second workout.", "write")
    assert (shown["current_item"], shown["details"]) == ("Lower body", {"repetitions": 120})
    assert (shown["processed_items"], shown["total_items"]) == (2, 5)
    assert (shown["attempts"], shown["max_attempts"]) == (2, 5)
    assert (shown["started_at"], shown["finished_at"]) == ("2026-03-02T12:00:00Z", None)
    assert {"type", "created_at", "updated_at", "scheduled_at"} <= set(shown)
    assert (shown["error"], shown["result"], shown["result_link"]) == (None, None, None)
    assert "of workers" not in answer.text


@pytest.mark.requirement("JOB-15")
async def test_the_end_of_a_job_says_what_came_of_it(people: People, database: Any) -> None:
    owner = await people.athlete()
    link = "/api/v1/reports/monthly/2026/3"
    done = await a_job(
        database,
        owner.user["id"],
        state="succeeded",
        percent_complete=100,
        finished_at=NOON,
        result='{"athletes": 3}',
        result_link=link,
    )
    failed = await a_job(
        database,
        owner.user["id"],
        state="failed",
        attempts=5,
        finished_at=NOON,
        error_code="internal_error",
        error_message="Something went wrong on our side.",
        error_trace="Traceback: where it went wrong",
    )

    of_done, of_failed = await owner.get(f"/jobs/{done}"), await owner.get(f"/jobs/{failed}")

    shown = of_done.json()["data"]
    assert (shown["state"], shown["percent_complete"]) == ("succeeded", 100)
    assert (shown["result"], shown["result_link"]) == ({"athletes": 3}, link)
    conforming(of_failed)
    shown = of_failed.json()["data"]
    assert shown["error"] == {
        "code": "internal_error",
        "message": "Something went wrong on our side.",
    }
    assert "Traceback" not in of_failed.text


@pytest.mark.requirement("JOB-15")
async def test_to_others_there_is_no_such_job(
    people: People, api: httpx2.AsyncClient, database: Any
) -> None:
    trainer, athlete = await people.coached_pair()
    job_id = await a_job(database, athlete.user["id"])

    by_trainer = await trainer.get(f"/jobs/{job_id}")
    of_nothing = await athlete.get(f"/jobs/{uuid4()}")
    by_stranger = await api.get(f"/jobs/{job_id}")

    assert (by_trainer.status_code, by_trainer.json()["code"]) == (404, "job_not_found")
    assert (of_nothing.status_code, of_nothing.json()["code"]) == (404, "job_not_found")
    assert by_stranger.status_code == 401
    assert (await athlete.get("/jobs/nothing")).status_code == 400


async def test_a_job_that_did_not_move_on_is_not_sent_again(people: People, database: Any) -> None:
    owner = await people.athlete()
    job_id = await a_job(database, owner.user["id"])
    first = await owner.get(f"/jobs/{job_id}")
    tag = {"If-None-Match": first.headers["etag"]}

    same = await owner.get(f"/jobs/{job_id}", headers=tag)
    await database.execute("UPDATE jobs SET revision = revision + 1 WHERE id = $1::uuid", job_id)
    moved = await owner.get(f"/jobs/{job_id}", headers=tag)

    assert (first.headers["etag"], first.headers["cache-control"]) == ('"1"', "private, no-cache")
    assert (same.status_code, same.content) == (304, b"")
    assert (moved.status_code, moved.headers["etag"]) == (200, '"2"')
