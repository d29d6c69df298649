"""A coach and an athlete, from the first registration to a finished session."""

from typing import Any

import pytest

from tests.builders.live import Training, assigned_workout, squat
from tests.builders.people import People
from tests.end_to_end.conftest import Site
from tests.hub.devices import Device, token_of


async def watching(site: Site, token: str) -> Device:
    return await Device(site.url).connect(token)


@pytest.mark.requirement("ARC-25")
@pytest.mark.requirement("BEY-01", "BEY-02", "COA-03", "NTF-04", "NTF-06", "NTF-07", "TRN-25")
async def test_a_coach_and_an_athlete_train_together(site: Site, people: People) -> None:
    await site.worker.start()
    trainer, athlete = await people.trainer(), await people.athlete()
    coach, phone = await watching(site, token_of(trainer)), await watching(site, token_of(athlete))

    relation = await people.relate(trainer, athlete)
    assert relation["status"] == "active"
    ((_, accepted),) = await coach.hears(1, "ReceiveNotification")
    assert accepted["message"] == f"{athlete.user['name']} accepted your invitation."

    exercise = await squat(trainer)
    workout = await assigned_workout(trainer, athlete, exercise, name="Squat day")
    ((_, assigned),) = await phone.hears(1, "ReceiveNotification")
    assert (assigned["type"], "Squat day" in assigned["message"]) == ("workout_assigned", True)

    started = await athlete.post(f"/workouts/{workout['id']}/sessions")
    training = Training(athlete, exercise, started.json()["data"])
    await coach.hears(2, "ReceiveNotification")
    joined = await coach.join(training.id)
    assert joined["session"]["exercise_logs"][0]["planned_sets"] == 3
    for number in range(1, 4):
        await phone.ask("LogSet", **training.message(weight=80 + 5 * number))
        await phone.ask("SetRestTimer", session_id=training.id, seconds=120)
        await phone.ask(
            "UpdateExerciseProgress",
            session_id=training.id,
            exercise_id=exercise,
            completed_sets=number,
        )
    await training.athlete.post(f"/sessions/{training.id}/complete", json={"notes": "strong"})
    await coach.hears(3, "ReceiveNotification")
    await coach.hears(1, "SessionCompleted")

    seen_live = [payload["set"] for _, payload in coach.of("SetLogged")]
    done = coach.of("ExerciseProgressUpdated")[-1][1]
    assert (done["completed_sets"], done["is_completed"]) == (3, True)
    assert coach.sequences() == list(range(2, 12))
    by_athlete = await training.shown()
    by_coach = (await trainer.get(f"/sessions/{training.id}")).json()["data"]
    assert by_coach == by_athlete
    assert by_athlete["status"] == "completed"
    assert [one["weight"] for one in by_athlete["sets"]] == [85, 90, 95]
    assert by_athlete["sets"] == seen_live
    path = f"/workouts/{workout['id']}/progress?athlete_id={athlete.athlete_id}"
    progress = (await trainer.get(path)).json()["data"]
    assert progress["completion_percentage"] == 100
    told: list[dict[str, Any]] = (await trainer.get("/notifications")).json()["data"]
    assert {one["id"] for one in told} == {one["id"] for _, one in coach.of("ReceiveNotification")}
    assert len(told) == 3
    for device in (coach, phone):
        await device.close()
    assert await site.worker.stop() == 0
