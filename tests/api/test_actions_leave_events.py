"""Each action of the main story leaves its event in the outbox, with an id and an instant."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.builders.live import planned_session
from tests.builders.people import People


async def events_of(database: Any, kind: str, aggregate_id: str) -> list[dict[str, Any]]:
    """Return the payloads of the events of one kind that one aggregate left."""
    rows = await database.fetch(
        "SELECT payload FROM outbox_messages WHERE kind = $1 AND aggregate_id = $2::uuid",
        kind,
        aggregate_id,
    )
    return [json.loads(row["payload"]) for row in rows]


@pytest.mark.requirement("EVT-02")
async def test_updating_a_profile_leaves_its_event(people: People, database: Any) -> None:
    person = await people.athlete()
    await person.put("/me", json={"first_name": "Ana", "last_name": "Silva"})

    [event] = await events_of(database, "user.profile.updated", person.user["id"])

    assert event["user_id"] == person.user["id"]


@pytest.mark.requirement("EVT-02")
async def test_planning_assigning_and_starting_leave_their_events(
    people: People, database: Any
) -> None:
    trainer, athlete = await people.coached_pair()
    training = await planned_session(trainer, athlete)
    workout_id = training.session["workout_id"]

    [created] = await events_of(database, "workout.created", workout_id)
    [assigned] = await events_of(database, "workout.assigned", workout_id)
    [started] = await events_of(database, "workout.started", training.id)

    assert (created["workout_id"], created["trainer_id"]) == (workout_id, trainer.trainer_id)
    assert (assigned["workout_id"], assigned["athlete_id"]) == (workout_id, athlete.athlete_id)
    assert (started["workout_id"], started["session_id"], started["athlete_id"]) == (
        workout_id,
        training.id,
        athlete.athlete_id,
    )


@pytest.mark.requirement("EVT-01")
async def test_every_event_has_an_id_of_its_own_and_an_instant_in_utc(
    people: People, database: Any
) -> None:
    began = datetime.now(UTC)
    trainer, athlete = await people.coached_pair()
    await planned_session(trainer, athlete)

    rows = await database.fetch(
        "SELECT id, occurred_at FROM outbox_messages WHERE actor_id = ANY ($1::uuid[])",
        [trainer.user["id"], athlete.user["id"]],
    )

    assert len(rows) >= 4
    assert len({row["id"] for row in rows}) == len(rows)
    assert {row["id"].version for row in rows} == {7}
    assert all(began <= row["occurred_at"] <= datetime.now(UTC) for row in rows)
