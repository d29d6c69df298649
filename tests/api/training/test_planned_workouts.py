"""Planning workouts over HTTP: what they say, whom they are given to, how they end."""

import itertools
from typing import Any
from uuid import uuid4

import pytest

from tests.api.contract import conforming
from tests.builders.administrators import administrator
from tests.builders.gym import Gym, a_workout_body
from tests.builders.people import People, Person

FIELDS = {
    "id",
    "name",
    "description",
    "trainer_id",
    "athlete_id",
    "type",
    "status",
    "scheduled_date",
    "estimated_duration_minutes",
    "created_at",
    "updated_at",
    "exercises",
    "sessions",
}


async def kinds_of(database: Any, thing: dict[str, Any]) -> list[str]:
    """Return the kinds of the events stored about a thing, in order."""
    rows = await database.fetch(
        "SELECT kind FROM outbox_messages WHERE aggregate_id = $1 ORDER BY id", thing["id"]
    )
    return [row["kind"] for row in rows]


@pytest.mark.requirement("TRN-01")
async def test_a_workout_shows_all_its_fields(gym: Gym) -> None:
    workout = await gym.assigned(description="Slow", estimated_duration_minutes=75)

    shown = await gym.seen(f"/workouts/{workout['id']}")

    assert set(shown) >= FIELDS
    assert shown["description"] == "Slow"
    assert shown["estimated_duration_minutes"] == 75
    assert (shown["trainer_id"], shown["athlete_id"]) == (
        gym.trainer.trainer_id,
        gym.athlete.athlete_id,
    )
    assert shown["sessions"] == []


@pytest.mark.requirement("TRN-01", "TRN-11")
async def test_a_workout_shows_its_sessions(gym: Gym) -> None:
    workout = await gym.assigned()
    session = await gym.started(workout)

    [shown] = (await gym.seen(f"/workouts/{workout['id']}"))["sessions"]

    assert (shown["id"], shown["status"]) == (session["id"], "in_progress")


@pytest.mark.requirement("TRN-02", "TRN-07")
async def test_a_new_workout_is_a_draft_and_is_told_of(gym: Gym, database: Any) -> None:
    answer = await gym.trainer.post("/workouts", json=a_workout_body())

    workout = conforming(answer)
    assert answer.status_code == 201
    assert answer.headers["location"] == f"/api/v1/workouts/{workout['id']}"
    assert answer.headers["etag"] == f'"{workout["revision"]}"'
    assert (workout["status"], workout["athlete_id"]) == ("draft", None)
    stored = await database.fetchrow(
        "SELECT kind, payload::jsonb AS payload FROM outbox_messages WHERE aggregate_id = $1",
        workout["id"],
    )
    assert stored["kind"] == "workout.created"
    assert workout["id"] in stored["payload"]
    assert gym.trainer.trainer_id in stored["payload"]


@pytest.mark.requirement("TRN-02")
@pytest.mark.parametrize("missing", ["name", "type", "scheduled_date"])
async def test_name_type_and_date_are_required(gym: Gym, missing: str) -> None:
    body = a_workout_body()
    del body[missing]

    answer = await gym.trainer.post("/workouts", json=body)

    assert answer.status_code == 400
    assert [error["pointer"] for error in answer.json()["errors"]] == [f"/{missing}"]


@pytest.mark.requirement("TRN-03")
async def test_a_workout_made_for_an_athlete_is_assigned_at_once(gym: Gym, database: Any) -> None:
    first = gym.prescription(0, sets=5, weight=100, unit="kilograms", rest_time_seconds=180)
    second = gym.prescription(1, sets=3, reps=12, notes="light")

    workout = await gym.assigned(exercises=[first, second])

    assert workout["status"] == "assigned"
    assert workout["athlete_id"] == gym.athlete.athlete_id
    shown = [
        (one["exercise_id"], one["sets"], one["reps"], one["rest_time_seconds"])
        for one in workout["exercises"]
    ]
    assert shown == [(gym.lifts[0], 5, 5, 180), (gym.lifts[1], 3, 12, None)]
    assert workout["exercises"][0]["weight"] == 100
    assert await kinds_of(database, workout) == ["workout.created", "workout.assigned"]


@pytest.mark.requirement("COA-02")
async def test_only_trainers_create_workouts(gym: Gym) -> None:
    answer = await gym.athlete.post("/workouts", json=a_workout_body())

    assert answer.status_code == 403
    assert answer.json()["message"] == "Only trainers can create workouts"


@pytest.mark.requirement("COA-02")
async def test_an_administrator_without_a_trainer_profile_creates_no_workout(
    people: People, database: Any
) -> None:
    admin = await administrator(people, database)

    answer = await admin.post("/workouts", json=a_workout_body())

    assert answer.status_code == 403
    assert answer.json()["message"] == "Only trainers can create workouts"


@pytest.mark.requirement("TRN-04")
async def test_a_change_of_the_description_is_stamped(gym: Gym) -> None:
    before = await gym.planned(description="Slow")

    answer = await gym.trainer.put(f"/workouts/{before['id']}", json={"description": "Fast"})

    after = conforming(answer)
    assert after["description"] == "Fast"
    assert after["name"] == before["name"]
    assert after["updated_at"] > before["updated_at"]
    assert after["revision"] > before["revision"]
    assert answer.headers["etag"] == f'"{after["revision"]}"'


async def test_the_exercises_of_an_update_replace_all_others(gym: Gym) -> None:
    before = await gym.assigned(exercises=[gym.prescription(0), gym.prescription(1)])

    answer = await gym.trainer.put(
        f"/workouts/{before['id']}", json={"exercises": [gym.prescription(2, sets=1)]}
    )

    [only] = answer.json()["data"]["exercises"]
    assert (only["exercise_id"], only["sets"]) == (gym.lifts[2], 1)
    assert len((await gym.seen(f"/workouts/{before['id']}"))["exercises"]) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "  "},
        {"name": "x" * 201},
        {"name": None},
        {"type": "yoga"},
        {"scheduled_date": None},
        {"scheduled_date": "2026-03-02"},
        {"scheduled_date": "2026-03-02T12:00:00"},
        {"scheduled_date": "0900-01-01T00:00:00Z"},
        {"estimated_duration_minutes": -1},
        {"estimated_duration_minutes": True},
        {"description": "x" * 10_001},
        {"status": "completed"},
        {"exercises": "none"},
    ],
    ids=str,
)
async def test_a_wrong_field_is_refused_when_planning_and_when_changing(
    gym: Gym, wrong: dict[str, Any]
) -> None:
    workout = await gym.planned()

    created = await gym.trainer.post("/workouts", json=a_workout_body(**wrong))
    changed = await gym.trainer.put(f"/workouts/{workout['id']}", json=wrong)

    assert (created.status_code, changed.status_code) == (400, 400)
    assert created.json()["errors"]


async def test_all_wrong_fields_are_named_at_once(gym: Gym) -> None:
    body = a_workout_body(name="", exercises=[gym.prescription(sets=0, reps=-1)], colour="red")

    answer = await gym.trainer.post("/workouts", json=body)

    pointers = {error["pointer"] for error in answer.json()["errors"]}
    assert pointers == {"/name", "/exercises/0/sets", "/exercises/0/reps", "/colour"}


@pytest.mark.requirement("TRN-05")
async def test_an_exercise_is_added_after_the_others_and_stamped(gym: Gym) -> None:
    before = await gym.assigned()
    path = f"/workouts/{before['id']}/exercises"

    answer = await gym.trainer.post(path, json=gym.prescription(1, weight=0, rest_time_seconds=0))

    added = conforming(answer)
    after = await gym.seen(f"/workouts/{before['id']}")
    assert answer.headers["location"] == f"/api/v1{path}/{added['id']}"
    assert answer.headers["etag"] == f'"{after["revision"]}"'
    assert [one["id"] for one in after["exercises"]] == [before["exercises"][0]["id"], added["id"]]
    assert (added["weight"], added["rest_time_seconds"]) == (0, 0)
    assert after["updated_at"] > before["updated_at"]


@pytest.mark.requirement("TRN-05")
@pytest.mark.parametrize(
    "wrong",
    [
        {"sets": 0},
        {"sets": True},
        {"sets": 1.5},
        {"sets": None},
        {"reps": -1},
        {"reps": 0},
        {"reps": None},
        {"weight": -0.5},
        {"weight": 1.2345},
        {"weight": 10_000},
        {"weight": True},
        {"unit": "stone"},
        {"rest_time_seconds": -1},
        {"exercise_id": None},
        {"exercise_id": "squat"},
    ],
    ids=str,
)
async def test_a_prescription_that_asks_for_nonsense_is_400(
    gym: Gym, wrong: dict[str, Any]
) -> None:
    workout = await gym.assigned()
    path = f"/workouts/{workout['id']}/exercises"
    body = gym.prescription(**wrong)

    added = await gym.trainer.post(path, json=body)
    changed = await gym.trainer.put(f"{path}/{workout['exercises'][0]['id']}", json=body)

    assert (added.status_code, changed.status_code) == (400, 400)


@pytest.mark.requirement("TRN-05")
async def test_an_exercise_nobody_knows_is_named_by_its_place(gym: Gym) -> None:
    unknown = {**gym.prescription(), "exercise_id": str(uuid4())}

    answer = await gym.trainer.post(
        "/workouts", json=a_workout_body(exercises=[gym.prescription(), unknown])
    )

    assert (answer.status_code, answer.json()["code"]) == (400, "exercise_unknown")
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/exercises/1/exercise_id"]


async def test_a_lift_is_prescribed_in_repetitions(gym: Gym) -> None:
    body = {"exercise_id": gym.lifts[0], "sets": 3, "duration_seconds": 60}

    answer = await gym.trainer.post("/workouts", json=a_workout_body(exercises=[body]))

    assert answer.status_code == 400
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/exercises/0/reps"]


async def test_an_exercise_in_time_is_prescribed_in_seconds(gym: Gym) -> None:
    body = {"exercise_id": gym.measured_in["duration"], "sets": 3, "duration_seconds": 60.5}

    workout = await gym.assigned(exercises=[body])

    assert workout["exercises"][0]["duration_seconds"] == 60.5
    assert workout["exercises"][0]["reps"] is None


async def test_a_prescription_changes_in_its_place(gym: Gym) -> None:
    workout = await gym.assigned(exercises=[gym.prescription(0), gym.prescription(1)])
    path = f"/workouts/{workout['id']}/exercises/{workout['exercises'][0]['id']}"

    answer = await gym.trainer.put(path, json=gym.prescription(2, sets=7))

    assert conforming(answer)["sets"] == 7
    shown = (await gym.seen(f"/workouts/{workout['id']}"))["exercises"]
    assert [one["exercise_id"] for one in shown] == [gym.lifts[2], gym.lifts[1]]


async def test_a_removed_prescription_is_gone(gym: Gym) -> None:
    workout = await gym.assigned(exercises=[gym.prescription(0), gym.prescription(1)])
    path = f"/workouts/{workout['id']}/exercises/{workout['exercises'][0]['id']}"

    removed = await gym.trainer.delete(path)
    again = await gym.trainer.delete(path)

    assert (removed.status_code, again.status_code) == (204, 404)
    shown = (await gym.seen(f"/workouts/{workout['id']}"))["exercises"]
    assert [one["exercise_id"] for one in shown] == [gym.lifts[1]]


async def test_a_running_session_keeps_the_plan_it_began_with(gym: Gym) -> None:
    workout = await gym.assigned(exercises=[gym.prescription(0, sets=4)])
    session = await gym.started(workout)
    await gym.trainer.put(f"/workouts/{workout['id']}", json={"exercises": [], "name": "Other"})

    shown = await gym.seen(f"/sessions/{session['id']}")

    assert [log["planned_sets"] for log in shown["exercise_logs"]] == [4]
    assert shown["name"] == workout["name"]


@pytest.mark.requirement("COA-03")
async def test_assigning_names_the_athlete_and_tells_of_it(gym: Gym, database: Any) -> None:
    before = await gym.planned()

    answer = await gym.trainer.post(
        f"/workouts/{before['id']}/assign", json={"athlete_id": gym.athlete.athlete_id}
    )

    after = conforming(answer)
    assert (after["status"], after["athlete_id"]) == ("assigned", gym.athlete.athlete_id)
    assert after["updated_at"] > before["updated_at"]
    assert await kinds_of(database, before) == ["workout.created", "workout.assigned"]


@pytest.mark.requirement("COA-03")
async def test_assigning_again_tells_nobody_twice(gym: Gym, database: Any) -> None:
    workout = await gym.assigned()
    body = {"athlete_id": gym.athlete.athlete_id}

    again = await gym.trainer.post(f"/workouts/{workout['id']}/assign", json=body)

    assert again.json()["data"]["revision"] == workout["revision"]
    assert (await kinds_of(database, workout)).count("workout.assigned") == 1


@pytest.mark.requirement("COA-03")
async def test_a_started_workout_cannot_be_reassigned(gym: Gym) -> None:
    workout = await gym.assigned()
    await gym.started(workout)
    body = {"athlete_id": gym.athlete.athlete_id}

    answer = await gym.trainer.post(f"/workouts/{workout['id']}/assign", json=body)

    assert (answer.status_code, answer.json()["code"]) == (409, "workout_not_assignable")


async def test_workouts_are_given_only_to_athletes_one_coaches(
    gym: Gym, other_pair: tuple[Person, Person]
) -> None:
    _, other = other_pair
    workout = await gym.planned()
    body = {"athlete_id": other.athlete_id}

    assigned = await gym.trainer.post(f"/workouts/{workout['id']}/assign", json=body)
    created = await gym.trainer.post("/workouts", json=a_workout_body(**body))

    assert (assigned.status_code, assigned.json()["code"]) == (403, "athlete_not_coached")
    assert (created.status_code, created.json()["code"]) == (403, "athlete_not_coached")


async def test_workouts_are_given_only_with_the_scope(people: People) -> None:
    trainer, athlete = await people.coached_pair(["view_workouts", "view_sessions"])

    answer = await trainer.post("/workouts", json=a_workout_body(athlete_id=athlete.athlete_id))

    assert (answer.status_code, answer.json()["code"]) == (403, "scope_required")


@pytest.mark.requirement("TRN-07")
@pytest.mark.parametrize("side", ["trainer", "athlete"])
async def test_either_side_completes_and_no_session_starts_after_that(
    gym: Gym, side: str, database: Any
) -> None:
    workout = await gym.assigned()
    session = await gym.started(workout)
    await gym.completed(session)
    by = gym.trainer if side == "trainer" else gym.athlete

    answer = await by.post(f"/workouts/{workout['id']}/complete")
    late = await gym.athlete.post(f"/workouts/{workout['id']}/sessions")

    assert conforming(answer)["status"] == "completed"
    assert late.status_code == 409
    assert late.json()["message"] == "Cannot start session for workout in current status"
    assert (await kinds_of(database, workout))[-1] == "workout.plan.closed"


@pytest.mark.requirement("TRN-07")
async def test_ending_a_session_leaves_the_workout_in_progress(gym: Gym) -> None:
    workout = await gym.assigned()
    await gym.completed(await gym.started(workout))

    assert (await gym.seen(f"/workouts/{workout['id']}"))["status"] == "in_progress"


@pytest.mark.requirement("TRN-07")
@pytest.mark.parametrize("verb", ["complete", "cancel"])
async def test_a_workout_being_trained_is_not_closed(gym: Gym, verb: str) -> None:
    workout = await gym.assigned()
    await gym.started(workout)

    answer = await gym.trainer.post(f"/workouts/{workout['id']}/{verb}")

    assert (answer.status_code, answer.json()["code"]) == (409, "session_running")


async def test_a_draft_cannot_be_completed(gym: Gym) -> None:
    workout = await gym.planned()

    answer = await gym.trainer.post(f"/workouts/{workout['id']}/complete")

    assert (answer.status_code, answer.json()["code"]) == (409, "workout_not_closable")


@pytest.mark.requirement("TRN-07")
async def test_a_cancelled_workout_takes_no_change(gym: Gym) -> None:
    workout = await gym.assigned()
    path = f"/workouts/{workout['id']}"
    cancelled = await gym.trainer.post(f"{path}/cancel")

    refused = [
        await gym.trainer.put(path, json={"name": "B"}),
        await gym.trainer.post(f"{path}/exercises", json=gym.prescription()),
        await gym.trainer.post(f"{path}/assign", json={"athlete_id": gym.athlete.athlete_id}),
        await gym.trainer.post(f"{path}/cancel"),
        await gym.trainer.post(f"{path}/complete"),
        await gym.athlete.post(f"{path}/sessions"),
    ]

    assert conforming(cancelled)["status"] == "cancelled"
    assert [answer.status_code for answer in refused] == [409] * len(refused)


@pytest.mark.requirement("TRN-10", "DBR-04")
async def test_a_deleted_workout_is_gone_but_its_row_and_sessions_stay(
    gym: Gym, database: Any
) -> None:
    workout = await gym.assigned(name="Only once")
    session = await gym.started(workout)
    await gym.completed(session)

    deleted = await gym.trainer.delete(f"/workouts/{workout['id']}")

    assert deleted.status_code == 204
    seen = await gym.trainer.get(f"/workouts/{workout['id']}")
    again = await gym.trainer.delete(f"/workouts/{workout['id']}")
    listed = (await gym.trainer.get("/workouts?search_term=only+once")).json()
    assert (seen.status_code, again.status_code, listed["data"]) == (404, 404, [])
    kept = await database.fetchval("SELECT deleted_at FROM workouts WHERE id = $1", workout["id"])
    assert kept is not None
    assert (await gym.seen(f"/sessions/{session['id']}"))["workout_id"] == workout["id"]


@pytest.mark.requirement("COA-04", "COA-05")
async def test_workouts_are_seen_by_their_trainer_their_athlete_and_administrators(
    fresh_gym: Gym, other_pair: tuple[Person, Person], people: People, database: Any
) -> None:
    workout = await fresh_gym.assigned()
    draft = await fresh_gym.planned()
    stranger_trainer, stranger = other_pair
    admin = await administrator(people, database)
    path = f"/workouts/{workout['id']}"

    statuses = [
        (await who.get(path)).status_code
        for who in (fresh_gym.trainer, fresh_gym.athlete, admin, stranger, stranger_trainer)
    ]

    assert statuses == [200, 200, 200, 404, 404]
    own = (await fresh_gym.trainer.get("/workouts")).json()["data"]
    given = (await fresh_gym.athlete.get("/workouts")).json()["data"]
    everything = (await admin.get("/workouts?page_size=100")).json()["pagination"]["total_items"]
    assert {one["id"] for one in own} == {workout["id"], draft["id"]}
    assert [one["id"] for one in given] == [workout["id"]]
    assert everything > 2


@pytest.mark.requirement("COA-04")
async def test_two_trainers_each_see_their_own(people: People) -> None:
    first, second = await people.trainer(), await people.trainer()
    for trainer in (first, second):
        await trainer.post("/workouts", json=a_workout_body(name=trainer.user["username"]))

    names = [
        [one["name"] for one in (await trainer.get("/workouts")).json()["data"]]
        for trainer in (first, second)
    ]

    assert names == [[first.user["username"]], [second.user["username"]]]


async def test_somebody_who_is_both_sees_the_union(people: People) -> None:
    both, coach = await people.register("both"), await people.trainer()
    await people.relate(coach, both)
    await coach.post("/workouts", json=a_workout_body(name="given", athlete_id=both.athlete_id))
    await both.post("/workouts", json=a_workout_body(name="own"))

    listed = (await both.get("/workouts")).json()["data"]

    assert {one["name"] for one in listed} == {"given", "own"}


async def test_a_stale_revision_changes_nothing(gym: Gym) -> None:
    workout = await gym.assigned()
    path = f"/workouts/{workout['id']}"
    row = f"{path}/exercises/{workout['exercises'][0]['id']}"
    stale = {"If-Match": f'"{workout["revision"] - 1}"'}
    athlete = {"athlete_id": gym.athlete.athlete_id}

    refused = [
        await gym.trainer.put(path, json={"name": "B"}, headers=stale),
        await gym.trainer.post(f"{path}/exercises", json=gym.prescription(), headers=stale),
        await gym.trainer.put(row, json=gym.prescription(), headers=stale),
        await gym.trainer.delete(row, headers=stale),
        await gym.trainer.post(f"{path}/assign", json=athlete, headers=stale),
        await gym.trainer.post(f"{path}/complete", headers=stale),
        await gym.trainer.post(f"{path}/cancel", headers=stale),
        await gym.trainer.delete(path, headers=stale),
        await gym.trainer.put(path, json={"name": "B"}, headers={"If-Match": "never"}),
    ]

    assert [answer.status_code for answer in refused] == [412] * len(refused)
    assert refused[0].json()["code"] == "stale_revision"
    assert refused[0].json()["retryable"] is True
    assert (await gym.seen(path))["revision"] == workout["revision"]


async def test_the_present_revision_passes(gym: Gym) -> None:
    workout = await gym.assigned()
    path = f"/workouts/{workout['id']}"

    fresh = await gym.trainer.put(
        path, json={"name": "B"}, headers={"If-Match": f'"{workout["revision"]}"'}
    )
    anything = await gym.trainer.put(path, json={"name": "C"}, headers={"If-Match": "*"})

    assert (fresh.status_code, anything.status_code) == (200, 200)


async def test_an_unchanged_workout_is_304(gym: Gym) -> None:
    workout = await gym.assigned()
    path = f"/workouts/{workout['id']}"
    seen = await gym.athlete.get(path)

    again = await gym.athlete.get(path, headers={"If-None-Match": seen.headers["etag"]})
    weak = await gym.athlete.get(path, headers={"If-None-Match": f'"0", W/{seen.headers["etag"]}'})
    await gym.trainer.put(path, json={"name": "B"})
    changed = await gym.athlete.get(path, headers={"If-None-Match": seen.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == seen.headers["etag"]
    assert (weak.status_code, changed.status_code) == (304, 200)


async def test_a_workout_whose_session_has_ended_is_not_304(gym: Gym) -> None:
    """Found here: the revision of a workout does not tell how its sessions stand."""
    workout = await gym.assigned()
    session = await gym.started(workout)
    path = f"/workouts/{workout['id']}"
    seen = await gym.trainer.get(path)
    await gym.completed(session)

    again = await gym.trainer.get(path, headers={"If-None-Match": seen.headers["etag"]})

    assert again.status_code == 200
    assert again.json()["data"]["sessions"][0]["status"] == "completed"


@pytest.mark.requirement("DBR-03")
async def test_every_change_stamps_updated_at_and_never_created_at(gym: Gym) -> None:
    workout = await gym.planned()
    path = f"/workouts/{workout['id']}"
    stamps = [workout]

    for change in (
        lambda: gym.trainer.put(path, json={"name": "B"}),
        lambda: gym.trainer.post(f"{path}/exercises", json=gym.prescription()),
        lambda: gym.trainer.post(f"{path}/assign", json={"athlete_id": gym.athlete.athlete_id}),
        lambda: gym.athlete.post(f"{path}/sessions"),
    ):
        await change()
        stamps.append(await gym.seen(path, by=gym.trainer))

    assert workout["created_at"] == workout["updated_at"]
    assert {one["created_at"] for one in stamps} == {workout["created_at"]}
    updated = [one["updated_at"] for one in stamps]
    assert all(before < after for before, after in itertools.pairwise(updated))
    assert all(one["updated_at"].endswith("Z") for one in stamps)
