"""An estimate is kept as a session of its own."""

from typing import Any

import pytest

from tests.api.contract import conforming
from tests.builders.live import ad_hoc_session, squat
from tests.builders.people import People, Person

pytestmark = pytest.mark.requirement("STR-11")

NOBODY = "01941f29-7c00-7d9c-a563-5209bd428742"
SAVE = "/tools/one-rep-max/save"


async def saved(person: Person, **fields: Any) -> dict[str, Any]:
    """Save an estimate."""
    answer = await person.post(SAVE, json=await a_body(person, **fields))
    assert answer.status_code == 201, answer.text
    conforming(answer)
    session: dict[str, Any] = answer.json()["data"]
    return session


async def a_body(person: Person, **fields: Any) -> dict[str, Any]:
    """Return what saves an estimate of five repetitions with 100 kg."""
    return {
        "exercise_id": await squat(person),
        "weight": 100,
        "unit": "kilograms",
        "reps": 5,
        "formula": "epley",
        **fields,
    }


async def test_an_estimate_becomes_a_completed_session_of_one_repetition(people: People) -> None:
    person = await people.athlete()

    answer = await person.post(SAVE, json=await a_body(person))

    session = answer.json()["data"]
    assert answer.status_code == 201
    assert answer.headers["location"] == f"/api/v1/sessions/{session['id']}"
    assert (session["status"], session["duration_minutes"]) == ("completed", 0)
    assert session["completed_at"] == session["started_at"]
    [single] = session["sets"]
    assert (single["weight"], single["unit"], single["number_reps"]) == (116.65, "kilograms", 1)
    assert single["set_type"] == "normal"
    assert [rep["success"] for rep in single["reps"]] == [True]
    assert single["description"] == "Estimated one-rep max (epley 0.0333), from 5 x 100 kilograms."
    assert session["exercises_summary"]["one_rep_max"]["formula"] == "epley"
    listed = (await person.get("/sessions")).json()["data"]
    assert [one["id"] for one in listed] == [session["id"]]
    assert (await person.get(f"/sessions/{session['id']}")).json()["data"] == session


@pytest.mark.parametrize(
    ("fields", "weight"),
    [
        ({}, 116.65),
        ({"formula": "lombardi"}, 117.462),
        ({"formula": "median"}, 116.583),
        ({"formula": "average"}, 115.488),
        ({"rpe": 8}, 123.31),
        ({"weight": 22, "reps": 8, "bodyweight": 80}, 49.173),
        ({"weight": None, "reps": None, "value": 116.65}, 116.65),
    ],
)
async def test_the_estimate_chosen_is_kept(
    people: People, fields: dict[str, Any], weight: float
) -> None:
    session = await saved(await people.athlete(), **fields)

    assert session["sets"][0]["weight"] == weight


async def test_without_a_choice_the_median_is_kept(people: People) -> None:
    person = await people.athlete()
    body = await a_body(person)
    del body["formula"]

    answer = await person.post(SAVE, json=body)

    assert answer.json()["data"]["sets"][0]["weight"] == 116.583


async def test_a_running_session_goes_on_beside_it(people: People) -> None:
    person = await people.athlete()
    training = await ad_hoc_session(person)

    session = await saved(person)

    assert (await person.get("/sessions/active")).json()["data"]["id"] == training.id
    await training.log(weight=60, number_reps=5)
    assert session["status"] == "completed"


async def test_anybody_who_signed_in_keeps_estimates_and_only_they_see_them(
    people: People,
) -> None:
    trainer, athlete = await people.coached_pair()
    session = await saved(trainer)

    assert (await athlete.get(f"/sessions/{session['id']}")).status_code == 404


async def test_what_was_only_computed_counts_as_lifted_nowhere(people: People) -> None:
    person = await people.athlete()
    training = await ad_hoc_session(person)
    await training.log(weight=100, number_reps=5)
    before = (await person.get("/tools/one-rep-max/suggestions")).json()["data"]

    session = await saved(person, exercise_id=training.exercise_id, value=None)

    assert (await person.get("/tools/one-rep-max/suggestions")).json()["data"] == before
    assert session["volume"] == 0
    single = session["sets"][0]
    assert (single["load_kind"], single["effective_load"], single["volume"]) == (
        "estimated",
        None,
        None,
    )


async def test_an_estimate_is_no_training_in_reports_and_no_practice(people: People) -> None:
    person = await people.athlete()
    training = await ad_hoc_session(person)
    await training.log(weight=100, number_reps=5)
    ((figures, lifts, muscles), practice) = await figures_of(person)

    await saved(person, exercise_id=training.exercise_id)

    ((then, lifts_then, muscles_then), practice_then) = await figures_of(person)
    assert then == figures
    assert (lifts_then, muscles_then, practice_then) == (lifts, muscles, practice)


async def figures_of(person: Person) -> tuple[list[Any], int]:
    """Return what reports say, and in how many sessions the squat was done."""
    names = ("overall-status", "exercise-performance", "muscle-volume")
    told = [(await person.get(f"/reports/{name}")).json()["data"] for name in names]
    path = "/exercises/recommended?workout_type=strength&limit=100"
    recommended = (await person.get(path)).json()["data"]
    lift = await squat(person)
    return told, next(one["sessions"] for one in recommended if one["id"] == lift)


async def test_its_events_are_told_again_in_order(people: People) -> None:
    person = await people.athlete()
    session = await saved(person)

    events = (await person.get(f"/sessions/{session['id']}/events")).json()["data"]

    assert [(one["sequence"], one["event"]) for one in events] == [
        (1, "SessionStarted"),
        (2, "SetLogged"),
        (3, "SessionCompleted"),
    ]
    assert session["sequence"] == 3
    assert events[1]["set"]["id"] == session["sets"][0]["id"]


async def test_when_and_what_it_is_called_may_be_said(people: People) -> None:
    session = await saved(
        await people.athlete(),
        name="Squat test",
        session_date="2026-03-01T23:30:00Z",
        time_zone="Europe/Vienna",
        notes="By hand",
    )

    assert (session["name"], session["notes"]) == ("Squat test", "By hand")
    assert session["session_date"] == "2026-03-01T23:30:00Z"
    assert session["sets"][0]["performed_at"] == "2026-03-01T23:30:00Z"
    assert session["local_date"] == "2026-03-02"


async def test_a_repeat_makes_one_session(people: People) -> None:
    person = await people.athlete()
    body = await a_body(person)
    key = {"Idempotency-Key": "save"}

    by_key = [await person.post(SAVE, json=body, headers=key) for _ in range(2)]
    by_id = [
        await person.post(SAVE, json={**body, "client_generated_id": "estimate"}) for _ in range(2)
    ]

    assert [one.status_code for one in (*by_key, *by_id)] == [201, 201, 201, 200]
    assert by_key[0].json() == by_key[1].json()
    assert by_key[1].headers["idempotency-replayed"] == "true"
    assert by_id[0].json()["data"]["id"] == by_id[1].json()["data"]["id"]
    assert len((await person.get("/sessions")).json()["data"]) == 2


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"reps": 37}, {"/reps": "less_than_equal"}),
        ({"reps": None}, {"/reps": "required"}),
        ({"weight": 0}, {"/weight": "greater_than"}),
        ({"value": 100}, {"/weight": "ambiguous", "/reps": "ambiguous"}),
        ({"formula": "guess"}, {"/formula": "literal_error"}),
        ({"exercise_id": NOBODY}, {"/exercise_id": "exercise_unknown"}),
        ({"weight": -30, "reps": 8, "bodyweight": 80}, {"/weight": "nothing_added"}),
        ({"weight": 9999, "reps": 36}, {"/weight": "out_of_range"}),
        ({"reps": 30, "rir": 10}, {"/reps": "out_of_range"}),
        ({"time_zone": "Mars/Olympus"}, {"/time_zone": "time_zone"}),
    ],
)  # fmt: skip
async def test_what_cannot_be_kept_is_refused(
    people: People, wrong: dict[str, Any], expected: dict[str, str]
) -> None:
    person = await people.athlete()

    answer = await person.post(SAVE, json=await a_body(person, **wrong))

    assert answer.status_code == 400, answer.text
    assert {one["pointer"]: one["code"] for one in answer.json()["errors"]} == expected
    assert (await person.get("/sessions")).json()["data"] == []


async def test_an_exercise_of_time_takes_no_estimate(people: People) -> None:
    person = await people.athlete()
    listed = (await person.get("/exercises?search=plank&page_size=100")).json()["data"]
    plank = next(one for one in listed if one["measurement_type"] == "duration")

    answer = await person.post(SAVE, json=await a_body(person, exercise_id=plank["id"]))

    assert answer.status_code == 400
