"""What is deleted is gone from every list and every address, and its row is kept."""

from typing import Any

import pytest

from tests.builders.live import planned_session
from tests.builders.people import People, Person


async def gone(person: Person, path: str, identifier: str, *lists: str) -> None:
    """Delete a thing, and look for it everywhere."""
    deleted = await person.delete(f"{path}/{identifier}")
    assert deleted.status_code == 204, deleted.text
    assert (await person.get(f"{path}/{identifier}")).status_code == 404
    assert (await person.delete(f"{path}/{identifier}")).status_code == 404
    for address in lists:
        listed = await person.get(address)
        assert listed.status_code == 200, listed.text
        assert identifier not in listed.text, address


async def is_kept(database: Any, table: str, identifier: str) -> bool:
    """Tell whether the row is still there, marked as deleted."""
    return bool(
        await database.fetchval(
            f"SELECT deleted_at IS NOT NULL FROM {table} WHERE id = $1::uuid", identifier
        )
    )


@pytest.mark.requirement("DBR-04")
async def test_a_deleted_exercise_is_gone_and_its_row_is_kept(
    people: People, database: Any
) -> None:
    trainer, _ = await people.coached_pair()
    body = {"name": f"Sled of {trainer.user['username']}", "category": "strength"}
    exercise = (await trainer.post("/exercises", json=body)).json()["data"]

    await gone(trainer, "/exercises", exercise["id"], "/exercises?search=sled&page_size=100")

    assert await is_kept(database, "exercises", exercise["id"])


@pytest.mark.requirement("DBR-04", "TRN-10")
async def test_a_deleted_workout_is_gone_for_both_sides_and_its_row_is_kept(
    people: People, database: Any
) -> None:
    trainer, athlete = await people.coached_pair()
    training = await planned_session(trainer, athlete)
    await training.end()
    workout_id = training.session["workout_id"]

    await gone(trainer, "/workouts", workout_id, "/workouts", "/workouts?limit=20")

    assert (await athlete.get(f"/workouts/{workout_id}")).status_code == 404
    assert workout_id not in (await athlete.get("/workouts")).text
    assert await is_kept(database, "workouts", workout_id)


@pytest.mark.requirement("DBR-04")
async def test_a_deleted_session_is_gone_for_both_sides_and_its_row_is_kept(
    people: People, database: Any
) -> None:
    trainer, athlete = await people.coached_pair()
    training = await planned_session(trainer, athlete)
    await training.log()

    await gone(athlete, "/sessions", training.id, "/sessions", "/sessions?limit=20")

    assert (await athlete.get("/sessions/active")).status_code == 404
    assert (await trainer.get(f"/sessions/{training.id}")).status_code == 404
    assert training.id not in (await trainer.get("/sessions")).text
    assert await is_kept(database, "workout_sessions", training.id)


@pytest.mark.requirement("DBR-04")
async def test_a_removed_set_is_gone_and_its_row_is_kept(people: People, database: Any) -> None:
    trainer, athlete = await people.coached_pair()
    training = await planned_session(trainer, athlete)
    logged = await training.log()

    removed = await athlete.delete(f"/sets/{logged['id']}")

    assert removed.status_code == 204
    assert (await training.shown())["sets"] == []
    assert await is_kept(database, "performed_sets", logged["id"])


@pytest.mark.requirement("DBR-04")
async def test_deleted_notes_and_groups_are_gone_and_their_rows_are_kept(
    people: People, database: Any
) -> None:
    trainer, athlete = await people.trainer(), await people.athlete()
    notes = f"/coaching/relations/{(await people.relate(trainer, athlete))['id']}/notes"
    body = {"text": "Knees cave in", "visibility": "shared"}
    note = (await trainer.post(notes, json=body)).json()["data"]
    grouped = {"name": "Juniors", "athlete_ids": [athlete.athlete_id]}
    group = (await trainer.post("/coaching/groups", json=grouped)).json()["data"]

    await gone(trainer, notes, note["id"], notes)
    await gone(trainer, "/coaching/groups", group["id"], "/coaching/groups", "/athletes")

    assert (await athlete.get(notes)).json()["data"] == []
    assert await is_kept(database, "coaching_notes", note["id"])
    assert await is_kept(database, "coaching_groups", group["id"])
