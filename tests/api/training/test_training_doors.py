"""Who may ask for what: every operation of training, anonymous, strange and malformed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from tests.api.contract import conforming, document, operation_of
from tests.builders.gym import NOON, Gym, a_set_body, a_workout_body
from tests.builders.people import Person

ABSENT = "01900000-0000-7000-8000-000000000000"


@dataclass(frozen=True)
class Door:
    """One operation; its path and body may name things of the scene."""

    name: str
    method: str
    path: str
    body: Callable[[dict[str, Any]], Any] | None = None
    role: str = "any"
    extra: dict[str, Any] = field(default_factory=dict)


def nothing(_scene: dict[str, Any]) -> dict[str, Any]:
    return {}


DOORS = [
    Door("create_workout", "POST", "/workouts", lambda _: a_workout_body(), role="trainer"),
    Door("list_workouts", "GET", "/workouts"),
    Door("get_workout", "GET", "/workouts/{workout}"),
    Door("update_workout", "PUT", "/workouts/{workout}", lambda _: {"name": "B"}, role="trainer"),
    Door(
        "add_workout_exercise",
        "POST",
        "/workouts/{workout}/exercises",
        lambda s: {"exercise_id": s["exercise"], "sets": 3, "reps": 5},
        role="trainer",
    ),
    Door(
        "change_workout_exercise",
        "PUT",
        "/workouts/{workout}/exercises/{row}",
        lambda s: {"exercise_id": s["exercise"], "sets": 4, "reps": 5},
        role="trainer",
    ),
    Door(
        "remove_workout_exercise",
        "DELETE",
        "/workouts/{workout}/exercises/{row}",
        role="trainer",
    ),
    Door(
        "assign_workout",
        "POST",
        "/workouts/{workout}/assign",
        lambda s: {"athlete_id": s["athlete"]},
        role="trainer",
    ),
    Door("start_session", "POST", "/workouts/{workout}/sessions", nothing, role="athlete"),
    Door("get_workout_progress", "GET", "/workouts/{workout}/progress?athlete_id={athlete}"),
    Door("get_session", "GET", "/sessions/{session}"),
    Door("list_sessions", "GET", "/sessions"),
    Door("get_active_session", "GET", "/sessions/active"),
    Door("describe_session", "PATCH", "/sessions/{session}", lambda _: {"notes": "hard"}),
    Door("log_set", "POST", "/sessions/{session}/sets", lambda s: a_set_body(s["exercise"])),
    Door("change_set", "PUT", "/sets/{set}", lambda _: {"rpe": 8}),
    Door("add_rep", "POST", "/sets/{set}/reps", lambda _: {"success": False}),
    Door("change_rep", "PUT", "/reps/{rep}", lambda _: {"success": False}),
    Door("remove_rep", "DELETE", "/reps/{rep}"),
    Door("list_set_history", "GET", "/sets/{set}/history"),
    Door("remove_set", "DELETE", "/sets/{set}"),
    Door(
        "update_exercise_progress",
        "PUT",
        "/sessions/{session}/exercises/{exercise}/progress",
        lambda _: {"completed_sets": 1},
    ),
    Door(
        "substitute_exercise",
        "POST",
        "/sessions/{session}/exercises/{exercise}/substitute",
        lambda s: {"exercise_id": s["other"]},
    ),
    Door("set_rest_timer", "PUT", "/sessions/{session}/rest-timer", lambda _: {"seconds": 90}),
    Door("clear_rest_timer", "DELETE", "/sessions/{session}/rest-timer"),
    Door("list_session_events", "GET", "/sessions/{session}/events"),
    Door("complete_session", "POST", "/sessions/{session}/complete", nothing),
    Door("reopen_session", "POST", "/sessions/{session}/reopen", nothing),
    Door("abandon_session", "POST", "/sessions/{session}/abandon", nothing),
    Door("delete_session", "DELETE", "/sessions/{session}"),
    Door(
        "start_ad_hoc_session",
        "POST",
        "/sessions",
        lambda _: {"name": "Mine", "session_date": NOON},
    ),
    Door(
        "duplicate_workout",
        "POST",
        "/workouts/{workout}/duplicate",
        lambda _: {"scheduled_date": NOON},
        role="trainer",
    ),
    Door(
        "assign_workout_to_many",
        "POST",
        "/workouts/{workout}/assign-many",
        lambda s: {"athlete_ids": [s["athlete"]]},
        role="trainer",
    ),
    Door("complete_workout", "POST", "/workouts/{workout}/complete", nothing),
    Door("cancel_workout", "POST", "/workouts/{spare}/cancel", nothing, role="trainer"),
    Door("delete_workout", "DELETE", "/workouts/{workout}", role="trainer"),
]
OF_ONE_THING = [door for door in DOORS if "{" in door.path]
OF_TRAINERS = [door for door in DOORS if door.role == "trainer"]
WITHOUT_BODY = {"reopen_session", "abandon_session", "complete_workout", "cancel_workout"}
WITH_BODY = [door for door in DOORS if door.body is not None and door.name not in WITHOUT_BODY]


def named(door: Door) -> str:
    """Show a door in a test's name."""
    return door.name


def options_of(door: Door, scene: dict[str, Any]) -> dict[str, Any]:
    """Return the body of a request, or none where the operation takes none."""
    body = None if door.body is None else door.body(scene)
    return {"json": body} if body else {}


async def knock(door: Door, person: Person, scene: dict[str, Any]) -> httpx2.Response:
    """Send the operation's ordinary request."""
    return await person.request(door.method, door.path.format_map(scene), **options_of(door, scene))


async def a_scene(gym: Gym) -> dict[str, Any]:
    """Set up one of everything."""
    workout = await gym.assigned()
    spare = await gym.planned()
    session = await gym.started(workout)
    one = await gym.logged(session)
    return {
        "workout": workout["id"],
        "spare": spare["id"],
        "row": workout["exercises"][0]["id"],
        "session": session["id"],
        "set": one["id"],
        "rep": one["reps"][0]["id"],
        "exercise": gym.lifts[0],
        "other": gym.lifts[1],
        "athlete": gym.athlete.athlete_id,
    }


def nowhere() -> dict[str, Any]:
    """Name things that do not exist, for requests that never get that far."""
    names = ("workout", "spare", "row", "session", "set", "rep", "exercise", "other", "athlete")
    return dict.fromkeys(names, ABSENT)


@pytest.mark.requirement("TRN-13", "TRN-15", "TRN-16", "TRN-20", "TRN-21")
async def test_every_operation_answers_as_declared(fresh_gym: Gym) -> None:
    gym = fresh_gym
    scene = await a_scene(gym)
    spare = await gym.assigned(name="To be begun by a door")
    answered = set()

    for door in DOORS:
        if door.name == "assign_workout":
            target = {**scene, "workout": scene["spare"]}
        elif door.name == "start_session":
            await gym.rest()
            target = {**scene, "workout": spare["id"]}
        elif door.name == "remove_workout_exercise":
            added = await gym.trainer.post(
                f"/workouts/{scene['workout']}/exercises", json=gym.prescription(1)
            )
            target = {**scene, "row": added.json()["data"]["id"]}
        else:
            target = scene
        if door.name == "start_session":
            answer = await knock(door, gym.athlete, target)
            scene["session"] = answer.json()["data"]["id"]
            one = await gym.logged({"id": scene["session"]})
            scene |= {"set": one["id"], "rep": one["reps"][0]["id"]}
        elif door.name == "abandon_session":
            answer = await knock(door, gym.athlete, target)
        else:
            by = gym.trainer if door.role == "trainer" else gym.athlete
            answer = await knock(door, by, target)
        if door.name == "start_ad_hoc_session":
            await gym.rest()
        assert answer.status_code < 300, (door.name, answer.text)
        conforming(answer)
        assert operation_of(answer)["operationId"] == door.name
        answered.add(door.name)

    of_training = {
        operation["operationId"]
        for path, methods in document()["paths"].items()
        for operation in methods.values()
        if path.split("/")[3:4] in (["workouts"], ["sessions"], ["sets"], ["reps"])
    }
    assert answered == of_training


@pytest.mark.parametrize("door", DOORS, ids=named)
async def test_the_anonymous_are_asked_to_sign_in(door: Door, api: httpx2.AsyncClient) -> None:
    answer = await api.request(
        door.method, door.path.format_map(nowhere()), **options_of(door, nowhere())
    )

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.json()["code"] == "not_signed_in"


@pytest.mark.requirement("COA-02")
@pytest.mark.parametrize("door", OF_TRAINERS, ids=named)
async def test_athletes_may_not_do_what_trainers_do(
    door: Door, usual_pair: tuple[Person, Person]
) -> None:
    _, athlete = usual_pair

    answer = await knock(door, athlete, nowhere())

    assert (answer.status_code, answer.json()["code"]) == (403, "role_required")


async def test_only_athletes_start_a_planned_session(usual_pair: tuple[Person, Person]) -> None:
    trainer, _ = usual_pair

    answer = await trainer.post(f"/workouts/{ABSENT}/sessions")

    assert (answer.status_code, answer.json()["code"]) == (403, "role_required")


@pytest.mark.requirement("COA-05", "TRN-13", "TRN-27")
async def test_what_belongs_to_others_does_not_exist_for_strangers(
    gym: Gym, other_pair: tuple[Person, Person]
) -> None:
    scene = await a_scene(gym)
    trainer, athlete = other_pair
    seen: dict[str, int] = {}

    for door in OF_ONE_THING:
        by = trainer if door.role == "trainer" else athlete
        answer = await knock(door, by, scene)
        seen[door.name] = answer.status_code

    assert seen == dict.fromkeys(seen, 404)
    session = await gym.seen(f"/sessions/{scene['session']}")
    assert session["status"] == "in_progress"
    assert session["sequence"] == 2


@pytest.mark.requirement("TRN-13")
async def test_a_coach_reads_a_session_but_never_writes_it(gym: Gym) -> None:
    scene = await a_scene(gym)
    reads = {
        "get_session",
        "list_session_events",
        "list_set_history",
        "get_workout_progress",
        "get_workout",
    }
    seen: dict[str, int] = {}

    for door in OF_ONE_THING:
        if "{session}" in door.path or "{set}" in door.path or "{rep}" in door.path:
            seen[door.name] = (await knock(door, gym.trainer, scene)).status_code

    assert seen == {name: 200 if name in reads else 404 for name in seen}


@pytest.mark.parametrize("door", OF_ONE_THING, ids=named)
async def test_what_does_not_exist_is_404(door: Door, usual_pair: tuple[Person, Person]) -> None:
    trainer, athlete = usual_pair
    by = trainer if door.role == "trainer" else athlete
    scene = {**nowhere(), "athlete": athlete.athlete_id}
    if door.name == "add_workout_exercise":
        scene["exercise"] = str(uuid4())

    answer = await knock(door, by, scene)

    assert answer.status_code == 404, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("door", OF_ONE_THING, ids=named)
async def test_an_identifier_that_is_none_is_400(
    door: Door, usual_pair: tuple[Person, Person]
) -> None:
    trainer, athlete = usual_pair
    caller = athlete if door.role == "athlete" else trainer

    answer = await knock(door, caller, dict.fromkeys(nowhere(), "none"))

    assert (answer.status_code, answer.json()["code"]) == (400, "validation_failed")


POISON = {
    "nan": b'{"weight": NaN, "name": NaN}',
    "infinity": b'{"seconds": Infinity}',
    "nul": b'{"name": "a\\u0000b", "notes": "\\u0000"}',
    "nul in a key": b'{"na\\u0000me": 1}',
    "lone surrogate": b'{"name": "\\ud800", "notes": "\\udfff"}',
    "raw surrogate": b'{"name": "\xed\xa0\x80"}',
    "not UTF-8": b'{"name": "\xff"}',
    "deep array": b"[" * 10_000 + b"]" * 10_000,
    "deep object": b'{"exercises_summary":' * 10_000 + b"1" + b"}" * 10_000,
    "huge figure": b'{"completed_sets": 1e400, "weight": 1e400, "seconds": 1e400}',
    "long integer": b'{"sets": ' + b"9" * 5000 + b"}",
    "half a body": b'{"name": "a',
    "two bodies": b"{}{}",
    "a list": b"[]",
    "a text": b'"name"',
    "unknown field": b'{"no_such_field": 1}',
}


@pytest.mark.parametrize("poison", POISON.values(), ids=POISON.keys())
async def test_poison_is_400_at_every_door(
    poison: bytes, usual_pair: tuple[Person, Person]
) -> None:
    trainer, athlete = usual_pair
    seen: dict[str, tuple[int, str]] = {}

    for door in WITH_BODY:
        by = trainer if door.role == "trainer" else athlete
        answer = await by.request(
            door.method,
            door.path.format_map(nowhere()),
            content=poison,
            headers={"Content-Type": "application/json"},
        )
        seen[door.name] = answer.status_code, answer.headers["content-type"]

    assert seen == dict.fromkeys(seen, (400, "application/problem+json"))


async def test_figures_beyond_storing_in_a_summary_are_400(gym: Gym) -> None:
    session = await gym.begun()
    path = f"/sessions/{session['id']}/complete"
    json_type = {"Content-Type": "application/json"}

    huge = await gym.athlete.request(
        "POST", path, content=b'{"exercises_summary": {"volume": 1e400}}', headers=json_type
    )
    nested = await gym.athlete.request(
        "POST", path, content=b'{"exercises_summary": [-1e999]}', headers=json_type
    )

    assert (huge.status_code, nested.status_code) == (400, 400)
    assert (await gym.seen(f"/sessions/{session['id']}"))["status"] == "in_progress"


async def test_another_media_type_is_415(gym: Gym) -> None:
    answer = await gym.trainer.request(
        "POST", "/workouts", content=b"name=x", headers={"Content-Type": "text/plain"}
    )

    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")
