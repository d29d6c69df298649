"""Invitations over HTTP."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from tests.builders.people import People, Person
from tests.fakes.clock import AdjustableClock

pytestmark = pytest.mark.requirement("COA-06", "BEY-01")

PATH = "/coaching/invitations"
ALL_BUT_PROGRAMS = [
    "view_workouts",
    "view_sessions",
    "view_reports",
    "view_profile",
    "assign_workouts",
    "message",
    "use_templates",
]


async def invite(trainer: Person, **body: Any) -> dict[str, Any]:
    created = await trainer.post(PATH, json=body)
    assert created.status_code == 201, created.text
    invitation: dict[str, Any] = created.json()["data"]
    return invitation


async def test_an_invitation_shows_its_code_once(people: People, database: Any) -> None:
    trainer = await people.trainer()

    created = await trainer.post(PATH)

    assert created.status_code == 201
    invitation = created.json()["data"]
    assert invitation["status"] == "pending"
    assert invitation["scopes"] == ALL_BUT_PROGRAMS
    assert len(invitation["code"]) >= 22
    shown = await trainer.get(created.headers["location"].removeprefix("/api/v1"))
    assert shown.json()["data"] == {**invitation, "code": None}
    assert shown.headers["etag"] == created.headers["etag"]
    listed = await trainer.get(PATH)
    assert listed.json()["data"] == [{**invitation, "code": None}]
    kept = await database.fetchval(
        "SELECT code_hash FROM coaching_invitations WHERE id = $1::uuid", invitation["id"]
    )
    assert invitation["code"] not in kept


async def test_a_repeat_by_key_answers_with_the_same_code(people: People) -> None:
    trainer = await people.trainer()
    headers = {"Idempotency-Key": "invite-once"}

    first = await trainer.post(PATH, json={"message": "Come."}, headers=headers)
    again = await trainer.post(PATH, json={"message": "Come."}, headers=headers)

    assert again.json() == first.json()
    assert again.headers["idempotency-replayed"] == "true"
    assert (await trainer.get(PATH)).json()["pagination"]["total_items"] == 1


async def test_accepting_begins_a_relation(people: People) -> None:
    trainer, athlete = await people.trainer(), await people.athlete()
    code = (await invite(trainer))["code"]

    accepted = await athlete.post(f"{PATH}/accept", json={"code": code})

    assert accepted.status_code == 201
    relation = accepted.json()["data"]
    assert relation["trainer_id"] == trainer.trainer_id
    assert relation["athlete_id"] == athlete.athlete_id
    assert relation["athlete_name"] == athlete.user["name"]
    assert (relation["status"], relation["scopes"]) == ("active", ALL_BUT_PROGRAMS)
    for side in (trainer, athlete):
        seen = await side.get(accepted.headers["location"].removeprefix("/api/v1"))
        assert seen.json()["data"] == relation
    sent = (await trainer.get(PATH)).json()["data"][0]
    assert (sent["status"], sent["relation_id"]) == ("accepted", relation["id"])


async def test_an_athlete_may_grant_less_but_not_more(people: People) -> None:
    trainer, athlete = await people.trainer(), await people.athlete()
    code = (await invite(trainer, scopes=["view_workouts", "message"]))["code"]

    wider = {"code": code, "scopes": ["message", "view_reports"]}
    refused = await athlete.post(f"{PATH}/accept", json=wider)
    granted = await athlete.post(f"{PATH}/accept", json={"code": code, "scopes": ["message"]})

    assert refused.status_code == 400
    assert refused.json()["errors"][0]["pointer"] == "/scopes"
    assert granted.json()["data"]["scopes"] == ["message"]


async def test_a_code_is_used_up_by_the_first_answer(people: People) -> None:
    trainer, first, second = (
        await people.trainer(),
        await people.athlete(),
        await people.athlete(),
    )
    code = (await invite(trainer))["code"]
    await first.post(f"{PATH}/accept", json={"code": code})

    late = await second.post(f"{PATH}/accept", json={"code": code})
    unwilling = await second.post(f"{PATH}/decline", json={"code": code})

    assert (late.status_code, late.json()["code"]) == (409, "invitation_not_pending")
    assert unwilling.status_code == 409


async def test_of_two_athletes_with_one_code_one_is_coached(people: People, database: Any) -> None:
    trainer = await people.trainer()
    athletes = [await people.athlete() for _ in range(4)]
    code = (await invite(trainer))["code"]

    answers = await asyncio.gather(
        *(athlete.post(f"{PATH}/accept", json={"code": code}) for athlete in athletes * 2)
    )

    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7
    relations = await database.fetchval(
        "SELECT count(*) FROM coaching_relations WHERE trainer_id = $1::uuid", trainer.trainer_id
    )
    assert relations == 1


async def test_two_codes_at_once_leave_one_relation_of_a_pair(people: People) -> None:
    trainer, athlete = await people.trainer(), await people.athlete()
    codes = [(await invite(trainer))["code"] for _ in range(3)]

    answers = await asyncio.gather(
        *(athlete.post(f"{PATH}/accept", json={"code": code}) for code in codes)
    )

    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
    refused = next(answer for answer in answers if answer.status_code == 409)
    assert refused.json()["code"] == "relation_exists"
    pending = await trainer.get(f"{PATH}?status=pending")
    assert pending.json()["pagination"]["total_items"] == 2


async def test_an_invitation_to_an_address_is_for_its_owner_only(people: People) -> None:
    trainer, ben, eve = await people.trainer(), await people.athlete(), await people.athlete()
    code = (await invite(trainer, email=ben.user["email"].upper()))["code"]

    stolen = await eve.post(f"{PATH}/accept", json={"code": code})
    spoiled = await eve.post(f"{PATH}/decline", json={"code": code})
    accepted = await ben.post(f"{PATH}/accept", json={"code": code})

    assert (stolen.status_code, stolen.json()["code"]) == (404, "invitation_not_found")
    assert spoiled.status_code == 404
    assert accepted.status_code == 201


async def test_nobody_coaches_oneself(people: People) -> None:
    both = await people.register("both")
    code = (await invite(both))["code"]

    answer = await both.post(f"{PATH}/accept", json={"code": code})

    assert (answer.status_code, answer.json()["code"]) == (409, "cannot_coach_oneself")


async def test_declining_ends_the_offer(people: People) -> None:
    trainer, athlete = await people.trainer(), await people.athlete()
    code = (await invite(trainer))["code"]

    declined = await athlete.post(f"{PATH}/decline", json={"code": code})

    assert (declined.status_code, declined.content) == (204, b"")
    assert (await trainer.get(f"{PATH}?status=declined")).json()["pagination"]["total_items"] == 1


async def test_a_code_expires_after_fourteen_days(people: People, clock: AdjustableClock) -> None:
    trainer, athlete = await people.trainer(), await people.athlete()
    invitation = await invite(trainer)
    clock.advance(timedelta(days=14, minutes=1))
    trainer, athlete = await again(people, trainer), await again(people, athlete)

    late = await athlete.post(f"{PATH}/accept", json={"code": invitation["code"]})

    assert (late.status_code, late.json()["code"]) == (409, "invitation_not_pending")
    listed = await trainer.get(f"{PATH}?status=expired")
    assert [one["id"] for one in listed.json()["data"]] == [invitation["id"]]
    assert (await trainer.get(f"{PATH}?status=pending")).json()["data"] == []


async def again(people: People, person: Person) -> Person:
    """Sign in anew: the access token does not live for a fortnight."""
    credentials = {
        "username": person.user["username"],
        "password": people.registration()["password"],
    }
    tokens = await person.api.post("/auth/login", json=credentials)
    return Person(person.api, person.user, tokens.json()["data"])


async def test_withdrawing_makes_a_code_worthless(people: People) -> None:
    trainer, athlete = await people.trainer(), await people.athlete()
    invitation = await invite(trainer)

    withdrawn = await trainer.delete(f"{PATH}/{invitation['id']}")
    repeated = await trainer.delete(f"{PATH}/{invitation['id']}")
    late = await athlete.post(f"{PATH}/accept", json={"code": invitation["code"]})

    assert (withdrawn.status_code, repeated.status_code) == (204, 204)
    assert late.json()["code"] == "invitation_not_pending"


async def test_an_accepted_invitation_cannot_be_withdrawn(people: People) -> None:
    trainer, athlete = await people.trainer(), await people.athlete()
    invitation = await invite(trainer)
    await athlete.post(f"{PATH}/accept", json={"code": invitation["code"]})

    answer = await trainer.delete(f"{PATH}/{invitation['id']}")

    assert (answer.status_code, answer.json()["code"]) == (409, "invitation_not_pending")


async def test_a_stale_revision_is_not_withdrawn(people: People) -> None:
    trainer = await people.trainer()
    invitation = await invite(trainer)

    answer = await trainer.delete(f"{PATH}/{invitation['id']}", headers={"If-Match": '"99"'})

    assert answer.status_code == 412


async def test_somebody_elses_invitation_does_not_exist(people: People) -> None:
    invitation = await invite(await people.trainer())
    other = await people.trainer()

    assert (await other.get(f"{PATH}/{invitation['id']}")).status_code == 404
    assert (await other.delete(f"{PATH}/{invitation['id']}")).status_code == 404
    assert (await other.get(PATH)).json()["data"] == []


async def test_lists_are_cut_into_pages_and_sorted(people: People) -> None:
    trainer = await people.trainer()
    ids = [(await invite(trainer))["id"] for _ in range(3)]

    newest = await trainer.get(f"{PATH}?page_size=2")
    oldest = await trainer.get(f"{PATH}?page=2&page_size=2&sort=created_at")

    assert [one["id"] for one in newest.json()["data"]] == ids[:0:-1]
    assert newest.json()["pagination"]["total_items"] == 3
    assert 'rel="next"' in newest.headers["link"]
    assert [one["id"] for one in oldest.json()["data"]] == ids[2:]


async def test_strangers_are_turned_away(api: httpx2.AsyncClient) -> None:
    answers = [
        await api.post(PATH),
        await api.get(PATH),
        await api.get(f"{PATH}/{uuid4()}"),
        await api.delete(f"{PATH}/{uuid4()}"),
        await api.post(f"{PATH}/accept", json={"code": "x"}),
        await api.post(f"{PATH}/decline", json={"code": "x"}),
    ]

    assert {answer.status_code for answer in answers} == {401}


async def test_trainers_invite_and_athletes_answer(people: People) -> None:
    trainer, athlete = await people.trainer(), await people.athlete()

    refused = [
        await athlete.post(PATH),
        await athlete.get(PATH),
        await athlete.get(f"{PATH}/{uuid4()}"),
        await athlete.delete(f"{PATH}/{uuid4()}"),
        await trainer.post(f"{PATH}/accept", json={"code": "x"}),
        await trainer.post(f"{PATH}/decline", json={"code": "x"}),
    ]

    assert {answer.status_code for answer in refused} == {403}


@pytest.mark.parametrize("verb", ["accept", "decline"])
async def test_an_unknown_code_is_not_found(people: People, verb: str) -> None:
    answer = await (await people.athlete()).post(f"{PATH}/{verb}", json={"code": "guess"})

    assert (answer.status_code, answer.json()["code"]) == (404, "invitation_not_found")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (PATH, {"email": "nobody"}),
        (PATH, {"scopes": ["everything"]}),
        (PATH, {"message": "x" * 1001}),
        (PATH, {"codes": 1}),
        (f"{PATH}/accept", {}),
        (f"{PATH}/accept", {"code": 7}),
        (f"{PATH}/decline", {"code": ""}),
    ],
)
async def test_bad_bodies_are_refused(people: People, path: str, body: dict[str, Any]) -> None:
    both = await people.register("both")

    answer = await both.post(path, json=body)

    assert answer.status_code == 400
    assert answer.json()["errors"]


@pytest.mark.parametrize("query", ["sort=code", "status=lost", "page=0", "page_size=101", "x=1"])
async def test_bad_queries_are_refused(people: People, query: str) -> None:
    assert (await (await people.trainer()).get(f"{PATH}?{query}")).status_code == 400
