"""What clients may say: each does what its HTTP twin does, and refusals are acks."""

import asyncio
import json
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest

from tests.builders.live import Training, a_client_id, ad_hoc_session
from tests.builders.people import People, Person
from tests.hub.devices import Connect

EVENTS = [
    "JoinWorkoutSession",
    "LeaveWorkoutSession",
    "UpdateExerciseProgress",
    "LogSet",
    "SetRestTimer",
    "Resume",
    "RefreshAuth",
]
INVALID = "validation_failed"
COMMANDS = ["UpdateExerciseProgress", "LogSet", "SetRestTimer"]


def payload(event: str, training: Training, **fields: Any) -> dict[str, Any]:
    """Return an acceptable payload of a client's event."""
    session = {"session_id": training.id}
    payloads: dict[str, dict[str, Any]] = {
        "UpdateExerciseProgress": {
            **session,
            "exercise_id": training.exercise_id,
            "completed_sets": 1,
        },
        "LogSet": training.message(),
        "SetRestTimer": {**session, "seconds": 90},
        "Resume": {**session, "after_sequence": 0},
        "RefreshAuth": {"token": training.athlete.tokens["access_token"]},
    }
    return {**payloads.get(event, session), **fields}


async def twin(event: str, person: Person, training: Training) -> dict[str, Any]:
    """Return what the HTTP side answers to the same wish."""
    said = payload(event, training)
    path = f"/sessions/{said.pop('session_id')}"
    answers = {
        "JoinWorkoutSession": lambda: person.get(path),
        "Resume": lambda: person.get(f"{path}/events?after=0"),
        "LogSet": lambda: person.post(f"{path}/sets", json=said),
        "SetRestTimer": lambda: person.put(f"{path}/rest-timer", json=said),
        "UpdateExerciseProgress": lambda: person.put(
            f"{path}/exercises/{said.pop('exercise_id')}/progress", json=said
        ),
    }
    answer: dict[str, Any] = (await answers[event]()).json()
    return answer


async def test_every_event_is_acknowledged_to_the_athlete(
    connect: Connect, training: Training
) -> None:
    device = await connect(training.athlete)

    for event in EVENTS:
        ack = await device.say(event, payload(event, training))
        assert ack["success"] is True, (event, ack)


@pytest.mark.requirement("NTF-04", "TRN-18")
async def test_commands_need_no_join(connect: Connect, training: Training) -> None:
    device = await connect(training.athlete)
    answers = [await device.ask(event, **payload(event, training)) for event in COMMANDS]

    assert [answer["sequence"] for answer in answers] == [2, 3, 4]
    assert device.heard == []


@pytest.mark.requirement("TRN-18")
async def test_progress_by_the_hub_is_stored_like_progress_over_http(
    connect: Connect, training: Training
) -> None:
    device = await connect(training.athlete)
    progress = {"exercise_id": training.exercise_id, "completed_sets": 3}
    await device.ask("UpdateExerciseProgress", session_id=training.id, **progress)
    by_hub = (await training.shown())["exercise_logs"]
    await training.progress(0)
    await training.progress(3)

    assert (await training.shown())["exercise_logs"] == by_hub
    assert by_hub[0]["completed_sets"] == 3
    assert by_hub[0]["is_completed"] is True


async def test_a_set_by_the_hub_is_a_set_over_http(connect: Connect, training: Training) -> None:
    device = await connect(training.athlete)
    logged = await device.ask("LogSet", **training.message(rpe=8.5, notes="schnell 🏋"))

    shown = await training.shown()
    assert shown["sets"] == [logged["set"]]
    assert logged["set"]["weight"] == 82.5
    assert logged["set"]["sequence"] == logged["sequence"] == shown["sequence"]
    assert shown["exercise_logs"][0]["completed_sets"] == 0


async def test_the_rest_timer_is_started_and_cleared(connect: Connect, training: Training) -> None:
    device = await connect(training.athlete)
    running = await device.ask("SetRestTimer", session_id=training.id, seconds=90)
    shown = (await training.shown())["rest_timer"]
    cleared = await device.ask("SetRestTimer", session_id=training.id, seconds=0)

    assert shown == {"seconds": 90, "ends_at": running["ends_at"]}
    assert datetime.fromisoformat(running["ends_at"]).tzinfo is not None
    assert cleared["ends_at"] is None
    assert (await training.shown())["rest_timer"] is None


BAD: dict[str, list[dict[str, Any]]] = {
    "JoinWorkoutSession": [{"session_id": "x"}, {"session_id": None}, {"session_id": 5}],
    "LeaveWorkoutSession": [{"session_id": "x"}],
    "UpdateExerciseProgress": [
        {"completed_sets": -1},
        {"completed_sets": 1001},
        {"completed_sets": 1.5},
        {"completed_sets": True},
        {"completed_sets": 10**40},
        {"completed_sets": None},
        {"exercise_id": "x"},
        {"client_event_id": ""},
        {"client_event_id": "x" * 101},
    ],
    "LogSet": [
        {"weight": -1},
        {"weight": float("nan")},
        {"weight": float("inf")},
        {"weight": 1.0001},
        {"weight": 10_000},
        {"unit": "stones"},
        {"number_reps": None, "reps": None},
        {"set_type": "nothing"},
        {"exercise_id": str(uuid4())},
        {"rpe": 11},
        {"client_event_id": "a", "client_generated_id": "b"},
    ],
    "SetRestTimer": [{"seconds": -1}, {"seconds": 86_401}, {"seconds": "ten"}],
    "Resume": [{"after_sequence": -1}, {"after_sequence": 2**31}, {"after_sequence": None}],
    "RefreshAuth": [{"token": ""}, {"token": "x" * 5000}, {"token": None}],
}


@pytest.mark.requirement("NTF-04")
@pytest.mark.parametrize("event", EVENTS)
async def test_bad_payloads_are_refused_and_change_nothing(
    connect: Connect, training: Training, event: str
) -> None:
    device = await connect(training.athlete)
    await device.join(training.id)
    wrong = [*BAD[event], {"typo": 1}, {"\ud800": 1}, {"x": "\x00"}]

    for fields in wrong:
        ack = await device.say(event, payload(event, training, **fields))
        assert ack["success"] is False, fields
        assert ack["retryable"] is False
        assert ack["code"] in {INVALID, "exercise_unknown", "set_type_unknown"}, (fields, ack)
        assert ack["errors"] or ack["message"], ack
    await device.settle()

    assert device.heard == []
    assert (await training.shown())["sequence"] == 1


@pytest.mark.parametrize("event", EVENTS)
async def test_what_is_no_single_object_is_refused(
    connect: Connect, training: Training, event: str
) -> None:
    device = await connect(training.athlete)
    one = payload(event, training)
    nothing: tuple[Any, ...] = ()
    for arguments in [nothing, (one, one), ("x",), ([],), (5,), (True,), ([one],)]:
        ack = await device.say(event, *arguments)
        assert (ack["success"], ack["code"]) == (False, INVALID), arguments


@pytest.mark.parametrize("text", ["\x00", "\ud800", "a\udfffb"], ids=["nul", "high", "low"])
async def test_text_that_cannot_be_stored_is_refused(
    connect: Connect, training: Training, text: str
) -> None:
    device = await connect(training.athlete)
    for fields in ({"notes": text}, {"client_event_id": text}, {text: 1}, {"set_type": text}):
        ack = await device.say("LogSet", training.message(**fields))
        assert (ack["success"], ack["code"]) == (False, INVALID), ack


async def test_deep_nesting_is_refused(connect: Connect, training: Training) -> None:
    device = await connect(training.athlete)
    deep: Any = {}
    for _ in range(300):
        deep = {"x": deep}

    assert (await device.say("LogSet", deep))["code"] == INVALID
    assert (await device.say("LogSet", training.message()))["success"] is True


@pytest.mark.parametrize(
    "event", ["Unknown", "", "logset", "connect", "disconnect", "*", "message", "\ud800", "x" * 500]
)
async def test_an_unknown_event_is_refused_and_costs_nothing(
    connect: Connect, training: Training, event: str
) -> None:
    device = await connect(training.athlete)
    await device.join(training.id)
    said: list[Any] = [{}, (), ({"token": "x"}, {"token": training.athlete.tokens})]
    for arguments in said:
        ack = await device.client.call(event, arguments, timeout=10)
        assert (ack["success"], ack["code"]) == (False, "unknown_event"), ack

    await training.log()
    assert await device.hears(1, "SetLogged")


@pytest.mark.parametrize(
    "packet",
    ["42977[1,{}]", "42977[null]", '42977[["LogSet"],{}]', '42977[{"a":1}]', "43[]", "439[5]"],
)
async def test_odd_packets_cost_nothing(connect: Connect, training: Training, packet: str) -> None:
    device = await connect(training.athlete)
    await device.client.eio.send(packet[1:])

    assert (await device.say("LogSet", training.message()))["success"] is True


@pytest.mark.parametrize(
    "packet",
    [
        "42",
        "42{}",
        "42[]",
        "42x",
        "44",
        "45[]",
        '4511-["LogSet",{"_placeholder":true,"num":0}]',
        "47",
        "4",
        "42[" * 5000,
    ],
)
async def test_a_malformed_packet_ends_its_connection_and_no_other(
    connect: Connect, training: Training, packet: str
) -> None:
    device, other = await connect(training.athlete), await connect(training.athlete)
    await device.client.eio.send(packet[1:])

    async with asyncio.timeout(5):
        await device.ended.wait()
    assert (await other.say("LogSet", training.message()))["success"] is True


async def test_the_connection_cannot_be_taken_over_by_an_event(
    connect: Connect, people: People, training: Training
) -> None:
    stranger = await people.athlete()
    device = await connect(stranger)
    environ = {"HTTP_AUTHORIZATION": f"Bearer {training.athlete.tokens['access_token']}"}
    await device.client.call("connect", environ, timeout=10)

    ack = await device.say("LogSet", training.message())
    assert ack["code"] == "session_not_found"


@pytest.mark.requirement("NTF-02")
@pytest.mark.parametrize("event", ["JoinWorkoutSession", "Resume", *COMMANDS])
async def test_a_stranger_is_refused_as_over_http(
    connect: Connect, people: People, training: Training, event: str
) -> None:
    stranger = await people.athlete()
    device = await connect(stranger)
    ack = await device.say(event, payload(event, training))
    await training.log()
    await device.settle()

    assert ack["code"] == (await twin(event, stranger, training))["code"] == "session_not_found"
    assert device.heard == []


@pytest.mark.requirement("NTF-02")
@pytest.mark.parametrize("event", ["JoinWorkoutSession", "Resume"])
async def test_a_coach_without_the_scope_is_refused_as_over_http(
    connect: Connect, people: People, event: str
) -> None:
    trainer, athlete = await people.coached_pair(scopes=["view_workouts"])
    training = await ad_hoc_session(athlete)
    ack = await (await connect(trainer)).say(event, payload(event, training))

    assert ack["code"] == (await twin(event, trainer, training))["code"] == "scope_required"


@pytest.mark.parametrize("event", COMMANDS)
async def test_a_coach_may_watch_and_not_write(
    connect: Connect, trainer: Person, training: Training, event: str
) -> None:
    device = await connect(trainer)
    await device.join(training.id)
    ack = await device.say(event, payload(event, training))

    assert ack["success"] is False
    assert ack["code"] == (await twin(event, trainer, training))["code"]
    assert (await training.shown())["sequence"] == 1


@pytest.mark.parametrize("event", COMMANDS)
async def test_an_ended_session_takes_nothing_more(
    connect: Connect, training: Training, event: str
) -> None:
    device = await connect(training.athlete)
    await training.end()
    ack = await device.say(event, payload(event, training))
    answer = await twin(event, training.athlete, training)

    assert ack["code"] == answer["code"] == "session_not_in_progress"
    assert ack["message"] == answer["message"]
    assert ack["retryable"] == answer["retryable"]


async def test_an_exercise_outside_the_session_has_no_progress(
    connect: Connect, training: Training
) -> None:
    device = await connect(training.athlete)
    said = payload("UpdateExerciseProgress", training, exercise_id=str(uuid4()))
    ack = await device.say("UpdateExerciseProgress", said)
    path = f"/sessions/{training.id}/exercises/{said['exercise_id']}/progress"
    answer = await training.athlete.put(path, json={"completed_sets": 1})

    assert ack["code"] == answer.json()["code"]


@pytest.mark.requirement("EVT-06", "EVT-19")
@pytest.mark.parametrize("first", ["hub", "http"])
@pytest.mark.parametrize("second", ["hub", "http"])
@pytest.mark.parametrize("name", ["client_event_id", "client_generated_id"])
async def test_a_repeated_set_answers_the_same_by_either_road(
    connect: Connect, trainer: Person, training: Training, first: str, second: str, name: str
) -> None:
    watcher, device = await connect(trainer), await connect(training.athlete)
    await watcher.join(training.id)
    key = a_client_id()

    async def log(road: str, weight: int) -> dict[str, Any]:
        if road == "http":
            return await training.log(client_generated_id=key, weight=weight)
        logged = await device.ask("LogSet", **training.message(**{name: key, "weight": weight}))
        assert logged["sequence"] == logged["set"]["sequence"]
        stored: dict[str, Any] = logged["set"]
        return stored

    answers = [await log(first, 100), await log(second, 200), await log(second, 100)]
    await watcher.settle()

    assert answers[0] == answers[1] == answers[2]
    assert answers[0]["client_generated_id"] == key
    assert [payload["set"] for _, payload in watcher.of()] == answers[:1]
    assert (await training.shown())["sets"] == answers[:1]


@pytest.mark.requirement("EVT-06", "EVT-19", "NTF-04")
@pytest.mark.parametrize("first", ["hub", "http"])
@pytest.mark.parametrize("second", ["hub", "http"])
async def test_repeated_progress_answers_the_same_by_either_road(
    connect: Connect, trainer: Person, training: Training, first: str, second: str
) -> None:
    watcher, device = await connect(trainer), await connect(training.athlete)
    await watcher.join(training.id)
    key = a_client_id()

    async def report(road: str, completed_sets: int) -> int:
        if road == "http":
            answer = await training.progress(completed_sets, client_event_id=key)
            assert answer["completed_sets"] == 2
            return int(answer["sequence"])
        said = payload(
            "UpdateExerciseProgress",
            training,
            completed_sets=completed_sets,
            client_event_id=key,
        )
        return int((await device.ask("UpdateExerciseProgress", **said))["sequence"])

    sequences = [await report(first, 2), await report(second, 3), await report(second, 2)]
    await watcher.settle()

    assert sequences == [2, 2, 2]
    assert [name for name, _ in watcher.heard] == ["ExerciseProgressUpdated"]
    assert watcher.heard[0][1]["completed_sets"] == 2


async def test_a_refusal_is_written_like_one_over_http(
    connect: Connect, training: Training
) -> None:
    device = await connect(training.athlete)
    wrong = {"weight": -1, "number_reps": "many"}
    ack = await device.say("LogSet", training.message(**wrong))
    path = f"/sessions/{training.id}/sets"
    answer = (await training.athlete.post(path, json=training.a_set(**wrong))).json()

    for key in ("success", "code", "retryable"):
        assert ack[key] == answer[key]
    assert json.dumps(ack["errors"]) == json.dumps(answer["errors"])
