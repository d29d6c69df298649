"""Watching a session: the snapshot, then every event exactly once and in order."""

import asyncio
from typing import Any

import pytest

from tests.builders.live import Training, assigned_workout, squat
from tests.builders.people import People, Person
from tests.hub.devices import Connect, Device


async def another_lift(person: Person) -> str:
    """Return the id of a shipped exercise in weight and repetitions that is no squat."""
    answer = await person.get("/exercises?search=bench press&page_size=100")
    return next(
        str(one["id"])
        for one in answer.json()["data"]
        if one["measurement_type"] == "weight_reps" and one["owner_id"] is None
    )


async def substituted(training: Training, by: str, **how: Any) -> str:
    """Do another exercise instead of the one the session is about, and return it."""
    answer = await training.athlete.post(
        f"/sessions/{training.id}/exercises/{training.exercise_id}/substitute",
        json={"exercise_id": by, **how},
    )
    assert answer.status_code == 200, answer.text
    return by


def bare(event: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    """Return a pushed event without what differs between two that say the same."""
    name, payload = event
    return {"event": name, **_without_marks(payload)}


def _without_marks(value: Any) -> Any:
    marks = {"id", "event_id", "occurred_at", "sequence", "performed_at", "ends_at", "set_id"}
    marks |= {"session_id", "client_generated_id", "rep_id"}
    if isinstance(value, dict):
        return {k: _without_marks(item) for k, item in value.items() if k not in marks}
    return [_without_marks(item) for item in value] if isinstance(value, list) else value


@pytest.mark.requirement("NTF-02", "BEY-02")
@pytest.mark.parametrize("who", ["trainer", "athlete"])
async def test_a_join_gives_the_session_as_it_stands(
    connect: Connect, trainer: Person, training: Training, who: str
) -> None:
    await training.log()
    await training.progress(2)
    device = await connect(trainer if who == "trainer" else training.athlete)
    joined = await device.join(training.id)

    assert joined == {"session": await training.shown(), "sequence": 3}


@pytest.mark.requirement("BEY-07", "BEY-06")
async def test_a_snapshot_shows_the_weights_that_percentages_came_to(
    connect: Connect, people: People
) -> None:
    trainer, athlete = await people.coached_pair()
    lift = await squat(athlete)
    maximum = {"exercise_id": lift, "value": 100, "unit": "kilograms"}
    await athlete.post("/training-maxes", json=maximum)
    workout = await assigned_workout(trainer, athlete, lift)
    asked = {"exercise_id": lift, "reps": 5, "targets": [{"percent_of_training_max": 75}]}
    changed = await trainer.put(f"/workouts/{workout['id']}", json={"exercises": [asked]})
    assert changed.status_code == 200, changed.text
    started = await athlete.post(f"/workouts/{workout['id']}/sessions")
    training = Training(athlete, lift, started.json()["data"])
    device = await connect(trainer)

    joined = await device.join(training.id)
    logged = await training.log(weight=77.5)

    [target] = joined["session"]["exercise_logs"][0]["targets"]
    assert (target["weight"], target["percent_of_training_max"]) == (75, 75)
    assert logged["target"] == target
    assert logged["deviation"]["weight"] == 2.5
    [(_, pushed)] = await device.hears(1)
    assert pushed["set"] == logged


@pytest.mark.requirement("NTF-04", "TRN-25")
async def test_events_reach_everybody_in_the_room_the_sender_too(
    connect: Connect, trainer: Person, training: Training
) -> None:
    devices = [await connect(one) for one in (trainer, trainer, training.athlete)]
    sender, outside = await connect(training.athlete), await connect(training.athlete)
    for device in (*devices, sender):
        await device.join(training.id)
    logged = await sender.ask("LogSet", **training.message())
    await sender.ask(
        "UpdateExerciseProgress",
        session_id=training.id,
        exercise_id=training.exercise_id,
        completed_sets=2,
    )

    for device in (*devices, sender):
        (_, first), (name, second) = await device.hears(2)
        assert first["set"] == logged["set"]
        assert name == "ExerciseProgressUpdated"
        assert (second["exercise_id"], second["completed_sets"]) == (training.exercise_id, 2)
    await outside.settle()
    assert outside.heard == []


@pytest.mark.requirement("TRN-25", "BEY-02")
async def test_every_change_is_pushed_and_kept_as_it_was_pushed(
    connect: Connect, trainer: Person, training: Training
) -> None:
    watcher, athlete = await connect(trainer), training.athlete
    await watcher.join(training.id)
    logged = await training.log()
    await athlete.put(f"/sets/{logged['id']}", json={"weight": 90, "rpe": 9})
    await athlete.post(f"/sets/{logged['id']}/reps", json={"success": False})
    rep = logged["reps"][0]["id"]
    await athlete.put(f"/reps/{rep}", json={"success": False})
    await athlete.delete(f"/reps/{rep}")
    await athlete.delete(f"/sets/{logged['id']}")
    training.exercise_id = await substituted(training, await another_lift(athlete))
    await training.progress(3)
    await athlete.put(f"/sessions/{training.id}/rest-timer", json={"seconds": 60})
    await athlete.delete(f"/sessions/{training.id}/rest-timer")
    await athlete.patch(f"/sessions/{training.id}", json={"bodyweight": 80, "notes": "Light"})
    await training.end()
    await training.end("reopen")
    await training.end("abandon")
    heard = await watcher.hears(14)

    assert [name for name, _ in heard] == [
        "SetLogged",
        "SetChanged",
        "RepLogged",
        "RepChanged",
        "RepRemoved",
        "SetRemoved",
        "ExerciseSubstituted",
        "ExerciseProgressUpdated",
        "RestTimer",
        "RestTimer",
        "SessionChanged",
        "SessionCompleted",
        "SessionReopened",
        "SessionAbandoned",
    ]
    journal = await training.events()
    assert journal[0]["event"] == "SessionStarted"
    assert journal[1:] == [{"event": name, **payload} for name, payload in heard]
    assert [one["sequence"] for one in journal] == list(range(1, 16))
    assert (await training.shown())["sequence"] == 15


@pytest.mark.requirement("BEY-14", "BEY-02")
async def test_a_watching_coach_sees_which_exercise_is_done_instead(
    connect: Connect, trainer: Person, training: Training
) -> None:
    watcher, outside = await connect(trainer), await connect(trainer)
    await watcher.join(training.id)
    await training.log(target_number=1)
    planned = training.exercise_id
    instead = await substituted(
        training, await another_lift(training.athlete), client_event_id="swap-1"
    )
    await substituted(training, instead, client_event_id="swap-1")
    heard = await watcher.hears(2)
    replayed = await outside.ask("Resume", session_id=training.id, after_sequence=2)

    name, payload = heard[-1]
    shown = await training.shown()
    assert (name, payload["sequence"], shown["sequence"]) == ("ExerciseSubstituted", 3, 3)
    assert (payload["exercise_id"], payload["substitute_id"]) == (planned, instead)
    assert payload["exercise_logs"] == shown["exercise_logs"]
    assert [
        (one["exercise_id"], one["planned_sets"], one["substituted_exercise_id"])
        for one in payload["exercise_logs"]
    ] == [(planned, 1, None), (instead, 2, planned)]
    assert replayed["events"] == [{"event": name, **payload}]
    await watcher.settle()
    assert watcher.sequences() == [2, 3]


@pytest.mark.requirement("NTF-04", "TRN-18", "TRN-25")
async def test_both_roads_push_the_same(
    connect: Connect, trainer: Person, training: Training
) -> None:
    watcher, device = await connect(trainer), await connect(training.athlete)
    await watcher.join(training.id)
    of_session = {"session_id": training.id}
    await training.log(notes="x", target_number=1)
    await device.ask("LogSet", **training.message(notes="x", target_number=1))
    await training.progress(1)
    await device.ask(
        "UpdateExerciseProgress", **of_session, exercise_id=training.exercise_id, completed_sets=1
    )
    timer = f"/sessions/{training.id}/rest-timer"
    await training.athlete.put(timer, json={"seconds": 30})
    await device.ask("SetRestTimer", **of_session, seconds=30)
    await training.athlete.delete(timer)
    await device.ask("SetRestTimer", **of_session, seconds=0)
    heard = [bare(event) for event in await watcher.hears(8)]

    assert heard[0::2] == heard[1::2]
    assert len({one["event"] for one in heard}) == 3


@pytest.mark.requirement("NTF-03")
async def test_leaving_ends_the_events_and_joining_again_brings_them_back(
    connect: Connect, trainer: Person, training: Training
) -> None:
    device = await connect(trainer)
    await device.join(training.id)
    await training.log()
    await device.hears(1)
    ack = await device.say("LeaveWorkoutSession", {"session_id": training.id})
    again = await device.say("LeaveWorkoutSession", {"session_id": training.id})
    await training.log()
    await device.settle()

    assert ack == again == {"success": True}
    assert device.sequences() == [2]
    await device.join(training.id)
    await training.log()
    await device.hears(2)
    assert device.sequences() == [2, 4]


async def test_joining_twice_brings_each_event_once(
    connect: Connect, trainer: Person, training: Training
) -> None:
    device = await connect(trainer)
    await device.join(training.id)
    await device.join(training.id)
    await training.log()
    await device.hears(1)
    await device.settle()

    assert device.sequences() == [2]


async def test_rooms_do_not_mix(connect: Connect, people: People, training: Training) -> None:
    trainer, athlete = await people.coached_pair()
    workout = await assigned_workout(trainer, athlete)
    started = await athlete.post(f"/workouts/{workout['id']}/sessions")
    other = Training(athlete, await squat(athlete), started.json()["data"])
    device = await connect(trainer)
    await device.join(other.id)
    await training.log()
    await other.log()
    await device.hears(1)
    await device.settle()

    assert [payload["session_id"] for _, payload in device.heard] == [other.id]


@pytest.mark.requirement("BEY-02")
async def test_events_around_a_join_come_once_and_in_order(
    connect: Connect, trainer: Person, training: Training
) -> None:
    """Sets are hammered in over HTTP and the hub while devices come and join again and again."""
    sender = await connect(training.athlete)
    devices = [await connect(trainer) for _ in range(3)]
    devices.append(await connect(trainer, transports=("polling",)))
    total, writers = 80, 4
    done = asyncio.Event()

    async def write(road: int) -> None:
        for _ in range(total // writers):
            if road % 2:
                await training.log()
            else:
                await sender.ask("LogSet", **training.message())

    async def watch(device: Device) -> list[tuple[int, list[int]]]:
        visits = []
        while not done.is_set():
            before = len(device.heard)
            joined = await device.join(training.id)
            logged = [one["sequence"] for one in joined["session"]["sets"]]
            assert logged == list(range(2, joined["sequence"] + 1))
            await device.settle()
            await device.say("LeaveWorkoutSession", {"session_id": training.id})
            await device.settle()
            visits.append((joined["sequence"], device.sequences()[before:]))
        return visits

    async with asyncio.TaskGroup() as tasks:
        watching = [tasks.create_task(watch(device)) for device in devices]
        async with asyncio.TaskGroup() as writing:
            for road in range(writers):
                writing.create_task(write(road))
        done.set()

    for task in watching:
        visits = task.result()
        assert len(visits) > 2
        for sequence, seen in visits:
            assert seen == list(range(sequence + 1, sequence + 1 + len(seen)))
    assert any(seen for task in watching for _, seen in task.result())


@pytest.mark.requirement("BEY-02")
async def test_sequences_have_no_gap_whoever_writes(
    connect: Connect, trainer: Person, training: Training
) -> None:
    watcher = await connect(trainer)
    senders = [await connect(training.athlete) for _ in range(3)]
    await watcher.join(training.id)
    async with asyncio.TaskGroup() as tasks:
        for number in range(60):
            tasks.create_task(senders[number % 3].ask("LogSet", **training.message()))
            if number % 3 == 0:
                tasks.create_task(training.log())
                tasks.create_task(training.progress(number % 4))
    heard = await watcher.hears(100)

    assert watcher.sequences() == list(range(2, 102))
    assert [{"event": name, **payload} for name, payload in heard] == await training.events(1)


@pytest.mark.parametrize("transport", ["websocket", "polling"])
async def test_text_of_every_script_arrives_unharmed(
    connect: Connect, trainer: Person, training: Training, transport: str
) -> None:
    notes = "Kniebeuge „tief“ — 膝を曲げる 🏋️‍♀️ \u2028 \x1e é \\u0000 \"'</script>"
    watcher = await connect(trainer, transports=(transport,))
    sender = await connect(training.athlete, transports=(transport,))
    await watcher.join(training.id)
    logged = await sender.ask("LogSet", **training.message(notes=notes))
    ((_, payload),) = await watcher.hears(1)

    assert payload["set"]["notes"] == logged["set"]["notes"] == notes
    assert (await training.shown())["sets"][0]["notes"] == notes
