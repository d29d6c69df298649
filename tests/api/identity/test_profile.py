"""Changing one's account, and becoming a trainer or an athlete as well."""

from typing import Any

import httpx2
import pytest

from tests.builders.administrators import administrator
from tests.builders.gym import a_workout_body
from tests.builders.people import People, Person

PROFILE = {
    "first_name": "Eva",
    "last_name": "Fux",
    "date_of_birth": "1991-05-02",
    "gender": "other",
    "phone_number": "123",
    "profile_picture_url": "https://example.com/b.png",
    "preferred_unit": "pounds",
    "time_zone": "America/New_York",
}


@pytest.fixture(scope="module")
async def unchanged(people: People) -> Person:
    """Return an athlete of whom every change in these tests is refused."""
    return await people.athlete()


@pytest.mark.requirement("IAM-01")
async def test_me_has_every_field_of_an_account_and_no_other(people: People) -> None:
    person = await people.register("both")

    user = (await person.get("/me")).json()["data"]

    assert set(user) == {
        *("id", "username", "email", "first_name", "last_name", "name", "date_of_birth"),
        *("gender", "phone_number", "profile_picture_url", "email_confirmed"),
        *("two_factor_enabled", "preferred_unit", "time_zone", "roles", "trainer_id"),
        *("athlete_id", "created_at", "updated_at", "revision"),
    }
    assert user == person.user


@pytest.mark.requirement("IAM-03")
async def test_gender_is_a_number_in_the_database_and_a_name_outside(
    people: People, database: Any
) -> None:
    person = await people.register("athlete", gender="female")

    stored = await database.fetchval("SELECT gender FROM users WHERE id = $1", person.user["id"])
    kind = await database.fetchval(
        "SELECT data_type FROM information_schema.columns "
        "WHERE table_name = 'users' AND column_name = 'gender'"
    )

    assert (stored, kind) == (2, "integer")
    assert person.user["gender"] == "female"


@pytest.mark.requirement("IAM-05", "IAM-09")
async def test_updating_replaces_the_profile_and_tells_of_it(people: People, database: Any) -> None:
    person = await people.athlete()

    answer = await person.put("/me", PROFILE)

    user = answer.json()["data"]
    kinds = await database.fetch(
        "SELECT kind FROM outbox_messages WHERE aggregate_id = $1 ORDER BY id", person.user["id"]
    )
    assert answer.status_code == 200
    assert {key: user[key] for key in PROFILE} == PROFILE
    assert user["updated_at"] > person.user["updated_at"]
    assert user["created_at"] == person.user["created_at"]
    assert (await person.get("/me")).json()["data"] == user
    assert [row["kind"] for row in kinds].count("user.profile.updated") == 1


@pytest.mark.requirement("IAM-05")
@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("first_name", " "), ("last_name", ""), ("last_name", "n" * 101), ("gender", "f")),
        *(("phone_number", "1" * 21), ("date_of_birth", "2999-01-01"), ("time_zone", "x")),
        ("email", "a@b.at"),
    ],
)
async def test_an_update_beyond_the_limits_is_refused_and_changes_nothing(
    unchanged: Person, field: str, value: str
) -> None:
    answer = await unchanged.put("/me", {**PROFILE, field: value})

    assert answer.status_code == 400
    assert [error["pointer"] for error in answer.json()["errors"]] == [f"/{field}"]
    assert (await unchanged.get("/me")).json()["data"] == unchanged.user


async def test_the_revision_guards_an_update_that_names_it(people: People) -> None:
    person = await people.athlete()
    etag = (await person.get("/me")).headers["etag"]

    first = await person.put("/me", PROFILE, headers={"If-Match": etag})
    second = await person.put("/me", PROFILE, headers={"If-Match": etag})

    assert (first.status_code, second.status_code) == (200, 412)
    assert second.json()["code"] == "stale_revision"
    assert first.headers["etag"] != etag


@pytest.mark.parametrize("header", ['"x"', "²", '"-1"', "W/x", '""', '"' + "9" * 40 + '"'])
async def test_a_revision_nobody_ever_gave_does_not_match(unchanged: Person, header: str) -> None:
    answer = await unchanged.put("/me", PROFILE, headers={"If-Match": header.encode()})

    assert answer.status_code == 412


async def test_any_revision_matches_a_star(people: People) -> None:
    person = await people.athlete()

    assert (await person.put("/me", PROFILE, headers={"If-Match": "*"})).status_code == 200


async def test_what_the_client_has_already_is_not_sent_again(people: People) -> None:
    person = await people.athlete()
    etag = (await person.get("/me")).headers["etag"]

    same = await person.get("/me", headers={"If-None-Match": etag})
    await person.put("/me", PROFILE)
    changed = await person.get("/me", headers={"If-None-Match": etag})

    assert (same.status_code, same.content) == (304, b"")
    assert same.headers["etag"] == etag
    assert changed.status_code == 200


@pytest.mark.requirement("COA-01")
@pytest.mark.requirement("IAM-04")
@pytest.mark.parametrize(("kind", "role"), [("trainers", "trainer"), ("athletes", "athlete")])
async def test_a_second_profile_of_a_kind_is_refused(people: People, kind: str, role: str) -> None:
    person = await people.register("trainer" if role == "athlete" else "athlete")

    first = await person.post(f"/{kind}/me")
    second = await person.post(f"/{kind}/me")

    assert first.status_code == 201
    assert first.headers["location"] == "/api/v1/me"
    assert first.json()["data"]["roles"] == ["athlete", "trainer"]
    assert (second.status_code, second.json()["code"]) == (409, "profile_exists")


@pytest.mark.requirement("IAM-04")
async def test_twenty_requests_at_once_open_one_profile(people: People, database: Any) -> None:
    import asyncio

    person = await people.athlete()

    answers = await asyncio.gather(*(person.post("/trainers/me") for _ in range(20)))

    count = await database.fetchval(
        "SELECT count(*) FROM trainers WHERE user_id = $1", person.user["id"]
    )
    statuses = sorted(answer.status_code for answer in answers)
    assert count == 1
    assert statuses.count(201) == 1
    assert set(statuses) <= {201, 409, 412}


@pytest.mark.requirement("IAM-17", "IAM-31")
async def test_a_new_role_counts_at_once_with_the_old_token(people: People) -> None:
    person = await people.athlete()
    before = await person.post("/coaching/invitations")
    opened = (await person.post("/trainers/me")).json()["data"]

    after = await person.post("/coaching/invitations")

    assert before.status_code == 403
    assert after.status_code == 201
    assert opened["trainer_id"] != person.user["id"]


@pytest.mark.requirement("IAM-31")
async def test_a_trainer_sees_own_workouts_though_profile_and_user_differ(people: People) -> None:
    trainer = await people.trainer()
    made = await trainer.post("/workouts", a_workout_body())

    listed = (await trainer.get("/workouts")).json()["data"]

    assert made.status_code == 201, made.text
    assert trainer.trainer_id != trainer.user["id"]
    assert [workout["id"] for workout in listed] == [made.json()["data"]["id"]]


async def test_opening_a_profile_twice_under_one_key_opens_it_once(people: People) -> None:
    person = await people.trainer()
    key = {"Idempotency-Key": "open"}

    first = await person.post("/athletes/me", headers=key)
    again = await person.post("/athletes/me", headers=key)

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert again.headers["idempotency-replayed"] == "true"
    assert "idempotency-replayed" not in first.headers
    assert [again.headers[name] for name in ("etag", "location", "content-type")] == [
        first.headers[name] for name in ("etag", "location", "content-type")
    ]


async def test_a_key_used_for_something_else_is_refused(people: People) -> None:
    person = await people.register("trainer")
    key = {"Idempotency-Key": "one"}
    await person.post("/athletes/me", headers=key)

    other = await person.post("/coaching/invitations", headers=key)

    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


async def test_a_failure_under_a_key_is_not_kept(people: People, database: Any) -> None:
    person = await people.athlete()
    key = {"Idempotency-Key": "fails"}

    first = await person.post("/athletes/me", headers=key)
    again = await person.post("/athletes/me", headers=key)

    kept = await database.fetchval(
        "SELECT count(*) FROM idempotency_keys WHERE user_id = $1", person.user["id"]
    )
    assert (first.status_code, again.status_code) == (409, 409)
    assert "idempotency-replayed" not in again.headers
    assert kept == 0


@pytest.mark.parametrize("key", ["", "k" * 256, "a\tb"])
async def test_a_key_that_is_empty_too_long_or_not_printable_is_refused(
    unchanged: Person, key: str
) -> None:
    answer = await unchanged.post("/trainers/me", headers={"Idempotency-Key": key})

    assert answer.status_code == 400


@pytest.mark.requirement("IAM-17")
async def test_a_trainer_s_operation_is_closed_to_athletes_and_an_athlete_s_to_trainers(
    people: People,
) -> None:
    trainer, athlete = await people.trainer(), await people.athlete()
    accepting = {"code": "no-such-code-is-known-to-anybody"}

    inviting = [(await who.post("/coaching/invitations")).status_code for who in (trainer, athlete)]
    accepted = [
        (await who.post("/coaching/invitations/accept", accepting)).status_code
        for who in (trainer, athlete)
    ]

    assert inviting == [201, 403]
    assert accepted == [403, 404]


async def test_an_administrator_s_role_is_listed(people: People, database: Any) -> None:
    boss = await administrator(people, database)

    assert (await boss.get("/me")).json()["data"]["roles"] == ["admin", "athlete"]


async def test_an_anonymous_request_is_asked_for_a_token(api: httpx2.AsyncClient) -> None:
    for method, path in [("GET", "/me"), ("POST", "/trainers/me"), ("POST", "/athletes/me")]:
        answer = await api.request(method, path)

        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == 'Bearer realm="workout"'
        assert answer.json()["code"] == "not_signed_in"


@pytest.mark.requirement("IAM-16")
@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Basic YTpi", "Token x", "Bearer a b", "bearer\tx", "Bearer ..", "é"],
)
async def test_a_header_that_holds_no_good_token_is_refused(
    api: httpx2.AsyncClient, header: str
) -> None:
    answer = await api.get("/me", headers=[(b"Authorization", header.encode())])

    assert answer.status_code == 401
    assert 'error="invalid_token"' in answer.headers["www-authenticate"]
