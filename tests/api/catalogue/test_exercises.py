"""Exercises over HTTP: who sees, adds, changes and deletes which."""

from typing import Any
from uuid import uuid4

import httpx2
import pytest

from tests.builders.administrators import administrator
from tests.builders.catalogue import an_exercise_body, an_exercise_of
from tests.builders.people import People, Person

NO_SUCH = "0194aaaa-0000-7000-8000-000000000000"


async def names_seen_by(person: Person, **filters: Any) -> list[str]:
    """List the names somebody finds, on one page of a hundred."""
    answer = await person.get("/exercises", params={"page_size": 100, **filters})
    assert answer.status_code == 200, answer.text
    return [exercise["name"] for exercise in answer.json()["data"]]


# list


@pytest.mark.requirement("CAT-01", "CAT-08")
async def test_every_signed_in_user_lists_the_shipped_exercises(people: People) -> None:
    athlete = await people.athlete()

    answer = await athlete.get("/exercises")

    body = answer.json()
    assert answer.status_code == 200
    assert len(body["data"]) == 10
    assert body["pagination"]["total_items"] >= 250
    assert 'rel="next"' in answer.headers["link"]
    assert all(exercise["owner_id"] is None for exercise in body["data"])


async def test_a_stranger_lists_nothing(api: httpx2.AsyncClient) -> None:
    assert (await api.get("/exercises")).status_code == 401


async def test_the_list_is_sorted_by_name_unless_asked_otherwise(people: People) -> None:
    athlete = await people.athlete()

    ascending = await names_seen_by(athlete)
    descending = await names_seen_by(athlete, sort="-name")

    assert ascending == sorted(ascending, key=str.lower)
    assert descending == sorted(descending, key=str.lower, reverse=True)


@pytest.mark.parametrize(("field", "value"), [("category", "cardio"), ("equipment", "kettlebell")])
async def test_the_list_is_filtered_by_classification(
    people: People, field: str, value: str
) -> None:
    athlete = await people.athlete()

    answer = await athlete.get("/exercises", params={field: value, "page_size": 100})

    assert {exercise[field] for exercise in answer.json()["data"]} == {value}


async def test_a_muscle_is_found_whether_worked_primarily_or_secondarily(people: People) -> None:
    trainer = await people.trainer()
    first = await an_exercise_of(trainer, primary_muscles=["neck"], secondary_muscles=[])
    second = await an_exercise_of(trainer, primary_muscles=["traps"], secondary_muscles=["neck"])

    seen = await names_seen_by(trainer, muscle="neck")

    assert {first["name"], second["name"]} <= set(seen)


async def test_search_finds_part_of_a_name_or_alias_in_any_case(people: People) -> None:
    trainer = await people.trainer()
    mark = uuid4().hex[:12]
    by_name = await an_exercise_of(trainer, name=f"Press {mark} PAUSED")
    by_alias = await an_exercise_of(trainer, aliases=[f"the {mark} thing"])

    seen = await names_seen_by(trainer, search=mark.upper())

    assert sorted(seen) == sorted([by_name["name"], by_alias["name"]])


async def test_wildcards_in_a_search_stand_for_themselves(people: People) -> None:
    trainer = await people.trainer()
    only = await an_exercise_of(trainer, name=f"100% {uuid4()}")

    assert await names_seen_by(trainer, search="100%") == [only["name"]]
    assert await names_seen_by(trainer, search="1_0%") == []


@pytest.mark.parametrize(
    "parameters", [{"categry": "cardio"}, {"category": "x"}, {"page": 0}, {"sort": "id"}]
)
async def test_a_wrong_query_is_refused(people: People, parameters: dict[str, Any]) -> None:
    athlete = await people.athlete()

    assert (await athlete.get("/exercises", params=parameters)).status_code == 400


# visibility


@pytest.mark.requirement("CAT-08")
async def test_a_trainers_own_exercise_is_seen_by_them_and_their_athletes_only(
    people: People,
) -> None:
    trainer, athlete = await people.coached_pair()
    stranger = await people.trainer()
    exercise = await an_exercise_of(trainer)
    address = f"/exercises/{exercise['id']}"

    assert (await trainer.get(address)).status_code == 200
    assert (await athlete.get(address)).status_code == 200
    assert (await stranger.get(address)).status_code == 404
    assert exercise["name"] in await names_seen_by(athlete, search=exercise["name"])
    assert await names_seen_by(stranger, search=exercise["name"]) == []


async def test_an_athlete_sees_a_trainers_exercises_from_the_first_to_the_last_day(
    people: People,
) -> None:
    trainer, athlete = await people.trainer(), await people.athlete()
    exercise = await an_exercise_of(trainer)
    address = f"/exercises/{exercise['id']}"
    before = await athlete.get(address)
    relation = await people.relate(trainer, athlete)
    during = await athlete.get(address)
    ended = await athlete.post(f"/coaching/relations/{relation['id']}/end")
    assert ended.status_code == 200, ended.text
    after = await athlete.get(address)

    assert [before.status_code, during.status_code, after.status_code] == [404, 200, 404]


# one


async def test_one_exercise_shows_everything_and_answers_304_when_unchanged(
    people: People,
) -> None:
    trainer = await people.trainer()
    exercise = await an_exercise_of(trainer, description="Slow.")

    answer = await trainer.get(f"/exercises/{exercise['id']}")
    again = await trainer.get(
        f"/exercises/{exercise['id']}", headers={"If-None-Match": answer.headers["etag"]}
    )

    assert answer.json()["data"] == exercise
    assert answer.headers["etag"] == f'"{exercise["revision"]}"'
    assert again.status_code == 304
    assert again.content == b""


async def test_one_exercise_is_not_shown_to_a_stranger(api: httpx2.AsyncClient) -> None:
    assert (await api.get(f"/exercises/{NO_SUCH}")).status_code == 401


async def test_an_unknown_exercise_is_not_found(people: People) -> None:
    athlete = await people.athlete()

    answer = await athlete.get(f"/exercises/{NO_SUCH}")

    assert answer.status_code == 404
    assert answer.json()["code"] == "exercise_not_found"


async def test_an_id_that_is_no_uuid_is_refused(people: People) -> None:
    athlete = await people.athlete()

    assert (await athlete.get("/exercises/seven")).status_code == 400


# create


@pytest.mark.requirement("CAT-01", "CAT-08")
async def test_a_trainer_adds_an_exercise_of_their_own(people: People) -> None:
    trainer = await people.trainer()
    body = an_exercise_body()

    answer = await trainer.post("/exercises", json=body)

    exercise = answer.json()["data"]
    assert answer.status_code == 201
    assert answer.headers["location"] == f"/api/v1/exercises/{exercise['id']}"
    assert exercise["owner_id"] == trainer.user["id"]
    assert {name: exercise[name] for name in body} == body


async def test_a_name_is_enough(people: People) -> None:
    trainer = await people.trainer()

    answer = await trainer.post("/exercises", json={"name": f"Only {uuid4()}"})

    assert answer.status_code == 201
    assert answer.json()["data"]["measurement_type"] == "weight_reps"


async def test_a_new_exercise_is_in_the_next_list(people: People) -> None:
    trainer = await people.trainer()
    name = f"Fresh {uuid4()}"
    assert await names_seen_by(trainer, search=name) == []

    await an_exercise_of(trainer, name=name)

    assert await names_seen_by(trainer, search=name) == [name]


async def test_a_stranger_adds_nothing(api: httpx2.AsyncClient) -> None:
    assert (await api.post("/exercises", json=an_exercise_body())).status_code == 401


@pytest.mark.requirement("CAT-08")
async def test_an_athlete_may_not_add_exercises(people: People) -> None:
    athlete = await people.athlete()

    answer = await athlete.post("/exercises", json=an_exercise_body())

    assert answer.status_code == 403
    assert answer.json()["code"] == "role_required"


@pytest.mark.requirement("CAT-01")
async def test_a_name_in_another_case_is_taken(people: People) -> None:
    trainer = await people.trainer()
    exercise = await an_exercise_of(trainer)

    answer = await trainer.post("/exercises", json=an_exercise_body(name=exercise["name"].upper()))

    assert answer.status_code == 409
    assert answer.json()["code"] == "exercise_name_taken"


async def test_two_trainers_may_use_the_same_name_also_that_of_a_shipped_one(
    people: People,
) -> None:
    first, second = await people.trainer(), await people.trainer()
    for trainer in (first, second):
        answer = await trainer.post("/exercises", json=an_exercise_body(name="Bench Press"))

        assert answer.status_code == 201


@pytest.mark.requirement("CAT-01")
async def test_an_administrator_ships_an_exercise_under_a_free_name_only(
    people: People, database: Any
) -> None:
    admin = await administrator(people, database)
    athlete = await people.athlete()
    exercise = await an_exercise_of(admin)
    taken = (await names_seen_by(athlete))[0]

    duplicate = await admin.post("/exercises", json=an_exercise_body(name=taken.swapcase()))

    assert exercise["owner_id"] is None
    assert (await athlete.get(f"/exercises/{exercise['id']}")).status_code == 200
    assert duplicate.status_code == 409
    assert duplicate.json()["code"] == "exercise_name_taken"


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "   "},
        {"name": "n" * 151},
        {"name": 7},
        {"category": "dancing"},
        {"primary_muscles": ["heart"]},
        {"primary_muscles": ["chest"], "secondary_muscles": ["chest"]},
        {"aliases": ["a"] * 31},
        {"owner_id": NO_SUCH},
    ],
)
async def test_a_bad_exercise_is_refused_naming_the_field(
    people: People, wrong: dict[str, Any]
) -> None:
    trainer = await people.trainer()

    answer = await trainer.post("/exercises", json=an_exercise_body(**wrong))

    assert answer.status_code == 400
    assert answer.json()["errors"]


async def test_a_repeat_by_key_adds_one_exercise(people: People) -> None:
    trainer = await people.trainer()
    body, headers = an_exercise_body(), {"Idempotency-Key": str(uuid4())}

    first = await trainer.post("/exercises", json=body, headers=headers)
    second = await trainer.post("/exercises", json=body, headers=headers)

    assert first.json() == second.json()
    assert second.headers["idempotency-replayed"] == "true"


# update


async def test_the_owner_replaces_an_exercise(people: People) -> None:
    trainer = await people.trainer()
    exercise = await an_exercise_of(trainer)
    body = an_exercise_body(is_active=False)

    answer = await trainer.put(
        f"/exercises/{exercise['id']}", json=body, headers={"If-Match": '"1"'}
    )
    shown = await trainer.get(f"/exercises/{exercise['id']}")

    assert answer.status_code == 200
    assert answer.json()["data"]["is_active"] is False
    assert answer.headers["etag"] == '"2"'
    assert shown.json() == answer.json()


async def test_an_update_of_an_older_revision_fails(people: People) -> None:
    trainer = await people.trainer()
    exercise = await an_exercise_of(trainer)

    answer = await trainer.put(
        f"/exercises/{exercise['id']}", json=an_exercise_body(), headers={"If-Match": '"7"'}
    )

    assert answer.status_code == 412


async def test_an_update_may_not_take_the_name_of_another(people: People) -> None:
    trainer = await people.trainer()
    first, second = await an_exercise_of(trainer), await an_exercise_of(trainer)

    answer = await trainer.put(
        f"/exercises/{second['id']}", json=an_exercise_body(name=first["name"].lower())
    )

    assert answer.status_code == 409
    assert answer.json()["code"] == "exercise_name_taken"


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
async def test_a_change_needs_a_trainer(
    api: httpx2.AsyncClient, people: People, method: str
) -> None:
    trainer, athlete = await people.trainer(), await people.athlete()
    exercise = await an_exercise_of(trainer)
    address = f"/exercises/{exercise['id']}"
    options: dict[str, Any] = {"json": an_exercise_body()} if method == "PUT" else {}

    assert (await api.request(method, address, **options)).status_code == 401
    assert (await athlete.request(method, address, **options)).status_code == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
async def test_somebody_elses_exercise_is_not_found(people: People, method: str) -> None:
    owner, other = await people.trainer(), await people.trainer()
    exercise = await an_exercise_of(owner)
    options = {"json": an_exercise_body()} if method == "PUT" else {}

    answer = await other.request(method, f"/exercises/{exercise['id']}", **options)

    assert answer.status_code == 404


@pytest.mark.requirement("CAT-08")
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
async def test_a_trainer_may_not_change_a_shipped_exercise(people: People, method: str) -> None:
    trainer = await people.trainer()
    shipped = (await trainer.get("/exercises")).json()["data"][0]
    options = {"json": an_exercise_body()} if method == "PUT" else {}

    answer = await trainer.request(method, f"/exercises/{shipped['id']}", **options)

    assert answer.status_code == 403
    assert answer.json()["code"] == "exercise_not_editable"


async def test_a_bad_update_is_refused(people: People) -> None:
    trainer = await people.trainer()
    exercise = await an_exercise_of(trainer)

    answer = await trainer.put(f"/exercises/{exercise['id']}", json={"name": ""})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/name"


# delete


@pytest.mark.requirement("DBR-04")
async def test_a_deleted_exercise_is_gone_from_every_read_but_kept(
    people: People, database: Any
) -> None:
    trainer, athlete = await people.coached_pair()
    exercise = await an_exercise_of(trainer)
    address = f"/exercises/{exercise['id']}"
    assert (await athlete.get(address)).status_code == 200

    answer = await trainer.delete(address)

    assert answer.status_code == 204
    for person in (trainer, athlete):
        assert (await person.get(address)).status_code == 404
        assert await names_seen_by(person, search=exercise["name"]) == []
    assert (await trainer.delete(address)).status_code == 404
    assert await database.fetchval(
        "SELECT deleted_at IS NOT NULL FROM exercises WHERE id = $1", exercise["id"]
    )


async def test_a_deleted_exercise_frees_its_name(people: People) -> None:
    trainer = await people.trainer()
    exercise = await an_exercise_of(trainer)
    await trainer.delete(f"/exercises/{exercise['id']}")

    assert (await an_exercise_of(trainer, name=exercise["name"]))["id"] != exercise["id"]


async def test_a_deletion_of_an_older_revision_fails(people: People) -> None:
    trainer = await people.trainer()
    exercise = await an_exercise_of(trainer)

    answer = await trainer.delete(f"/exercises/{exercise['id']}", headers={"If-Match": '"9"'})

    assert answer.status_code == 412
    assert (await trainer.get(f"/exercises/{exercise['id']}")).status_code == 200


async def test_an_administrator_changes_and_deletes_a_shipped_exercise(
    people: People, database: Any
) -> None:
    admin, athlete = await administrator(people, database), await people.athlete()
    exercise = await an_exercise_of(admin)
    address = f"/exercises/{exercise['id']}"

    changed = await admin.put(address, json=an_exercise_body())
    deleted = await admin.delete(address)

    assert changed.status_code == 200
    assert deleted.status_code == 204
    assert (await athlete.get(address)).status_code == 404
