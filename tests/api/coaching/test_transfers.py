"""Handing an athlete over, over HTTP."""

import asyncio
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from tests.builders.people import People, Person

pytestmark = pytest.mark.requirement("BEY-01", "COA-06")

RELATIONS = "/coaching/relations"


@dataclass
class Case:
    """A coach, their athlete, and another trainer."""

    coach: Person
    athlete: Person
    other: Person
    relation: dict[str, Any]

    @property
    def path(self) -> str:
        """The relation of coach and athlete."""
        return f"{RELATIONS}/{self.relation['id']}"

    async def propose(self, **fields: Any) -> httpx2.Response:
        """Let the coach propose the other trainer."""
        body = {"trainer_id": self.other.trainer_id, **fields}
        return await self.coach.post(f"{self.path}/transfer", json=body)

    async def shown(self) -> dict[str, Any]:
        """Return the relation as the athlete sees it."""
        relation: dict[str, Any] = (await self.athlete.get(self.path)).json()["data"]
        return relation


@pytest.fixture
async def case(people: People) -> Case:
    """Return a relation that somebody may take over."""
    coach, athlete, other = await people.trainer(), await people.athlete(), await people.trainer()
    return Case(coach, athlete, other, await people.relate(coach, athlete))


def refused(answer: httpx2.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def test_a_proposal_changes_nothing_but_is_shown(case: Case) -> None:
    proposed = await case.propose(message="She knows the snatch.")

    relation = proposed.json()["data"]
    assert proposed.status_code == 200
    assert relation["status"] == "active"
    assert relation["transfer"]["trainer_id"] == case.other.trainer_id
    assert relation["transfer"]["trainer_name"] == case.other.user["name"]
    assert relation["transfer"]["message"] == "She knows the snatch."
    assert await case.shown() == relation
    assert proposed.headers["etag"] == f'"{relation["revision"]}"'
    assert (await case.other.get(RELATIONS)).json()["data"] == []


async def test_accepting_ends_one_relation_and_begins_the_other(case: Case) -> None:
    await case.propose()

    accepted = await case.athlete.post(f"{case.path}/transfer/accept")

    begun = accepted.json()["data"]
    assert accepted.status_code == 201
    assert accepted.headers["location"] == f"/api/v1{RELATIONS}/{begun['id']}"
    assert (begun["trainer_id"], begun["athlete_id"]) == (
        case.other.trainer_id,
        case.athlete.athlete_id,
    )
    assert begun["scopes"] == case.relation["scopes"]
    assert (await case.other.get(f"{RELATIONS}/{begun['id']}")).json()["data"] == begun
    old = await case.shown()
    assert (old["status"], old["transfer"]) == ("ended", None)
    assert old["ended_at"] is not None


async def test_the_athlete_may_grant_less_and_not_more(case: Case) -> None:
    await case.coach.patch(case.path, json={"scopes": ["view_workouts", "message"]})
    await case.propose()
    path = f"{case.path}/transfer/accept"

    more = await case.athlete.post(path, json={"scopes": ["view_sessions"]})
    less = await case.athlete.post(path, json={"scopes": ["message"]})

    assert refused(more) == (400, "scopes_not_offered")
    assert less.json()["data"]["scopes"] == ["message"]


async def test_of_two_acceptances_at_once_one_begins_a_relation(case: Case) -> None:
    await case.propose()
    path = f"{case.path}/transfer/accept"

    answers = await asyncio.gather(*(case.athlete.post(path) for _ in range(4)))

    assert sorted(one.status_code for one in answers) == [201, 409, 409, 409]
    active = (await case.athlete.get(f"{RELATIONS}?status=active")).json()["data"]
    assert [one["trainer_id"] for one in active] == [case.other.trainer_id]


@pytest.mark.parametrize("who", ["athlete", "other"])
async def test_both_whom_it_needs_may_decline(case: Case, who: str) -> None:
    await case.propose()

    declined = await getattr(case, who).post(f"{case.path}/transfer/decline")
    again = await case.athlete.post(f"{case.path}/transfer/decline")

    assert declined.status_code == 200
    assert (declined.json()["data"]["status"], declined.json()["data"]["transfer"]) == (
        "active",
        None,
    )
    assert refused(again) == (409, "no_transfer_proposed")


async def test_the_coach_withdraws(case: Case) -> None:
    await case.propose()

    withdrawn = await case.coach.delete(f"{case.path}/transfer")

    assert withdrawn.status_code == 204
    assert (await case.shown())["transfer"] is None
    for answer in (
        await case.coach.delete(f"{case.path}/transfer"),
        await case.athlete.post(f"{case.path}/transfer/accept"),
    ):
        assert refused(answer) == (409, "no_transfer_proposed")


async def test_a_second_proposal_takes_the_place_of_the_first(case: Case, people: People) -> None:
    first = (await case.propose()).json()["data"]
    same = (await case.propose()).json()["data"]
    third = await people.trainer()

    replaced = await case.propose(trainer_id=third.trainer_id)

    assert same["revision"] == first["revision"]
    assert replaced.json()["data"]["transfer"]["trainer_id"] == third.trainer_id
    late = await case.other.post(f"{case.path}/transfer/decline")
    assert refused(late) == (404, "relation_not_found")


async def test_whoever_says_whom_they_agree_to_is_handed_to_nobody_else(
    case: Case, people: People
) -> None:
    await case.propose()
    agreed = (await case.shown())["transfer"]["trainer_id"]
    another = await people.trainer()
    await case.propose(trainer_id=another.trainer_id)

    accept = f"{case.path}/transfer/accept"
    exchanged = await case.athlete.post(accept, {"trainer_id": agreed})
    still = await case.shown()
    right = await case.athlete.post(accept, {"trainer_id": another.trainer_id})

    assert refused(exchanged) == (409, "no_transfer_proposed")
    assert (still["status"], still["transfer"]["trainer_id"]) == ("active", another.trainer_id)
    assert (right.status_code, right.json()["data"]["trainer_id"]) == (201, another.trainer_id)


async def test_each_step_is_for_its_side(case: Case) -> None:
    await case.propose()
    path = f"{case.path}/transfer"
    code = (await case.other.post("/coaching/invitations")).json()["data"]["code"]

    assert refused(await case.coach.post(f"{path}/decline")) == (403, "wrong_side")
    assert refused(await case.coach.post(f"{path}/accept")) == (403, "role_required")
    assert refused(await case.athlete.delete(path)) == (403, "role_required")
    proposal = {"trainer_id": case.other.trainer_id}
    assert refused(await case.athlete.post(path, json=proposal)) == (403, "wrong_side")
    assert refused(await case.coach.post(path, json={"code": code})) == (403, "wrong_side")
    assert refused(await case.other.delete(path)) == (404, "relation_not_found")


async def test_proposals_that_make_no_sense_are_refused(case: Case, people: People) -> None:
    both = await people.register("both")
    relation = await people.relate(case.coach, both)
    related = await people.trainer()
    await people.relate(related, case.athlete)
    to_self = await case.coach.post(
        f"{RELATIONS}/{relation['id']}/transfer", json={"trainer_id": both.trainer_id}
    )

    assert refused(await case.propose(trainer_id=str(uuid4()))) == (404, "trainer_not_found")
    assert refused(await case.propose(trainer_id=case.coach.trainer_id)) == (
        409,
        "transfer_to_same_trainer",
    )
    assert refused(to_self) == (409, "cannot_coach_oneself")
    assert refused(await case.propose(trainer_id=related.trainer_id)) == (409, "relation_exists")
    assert (await case.shown())["transfer"] is None


async def test_a_pair_that_related_meanwhile_is_refused_at_the_end(
    case: Case, people: People
) -> None:
    await case.propose()
    await people.relate(case.other, case.athlete)

    late = await case.athlete.post(f"{case.path}/transfer/accept")

    assert refused(late) == (409, "relation_exists")
    assert (await case.shown())["status"] == "active"


@pytest.mark.parametrize("how", ["end", "pause"])
async def test_only_an_active_relation_is_handed_over(case: Case, how: str) -> None:
    await case.propose()
    await case.coach.post(f"{case.path}/{how}")
    code = (await case.other.post("/coaching/invitations")).json()["data"]["code"]

    answers = [
        await case.propose(),
        await case.athlete.post(f"{case.path}/transfer/accept"),
        await case.athlete.post(f"{case.path}/transfer", json={"code": code}),
    ]

    assert {refused(one) for one in answers} == {(409, "relation_not_active")}


async def test_the_athlete_moves_with_another_trainer_s_code(case: Case) -> None:
    invited = await case.other.post("/coaching/invitations")
    code = invited.json()["data"]["code"]

    moved = await case.athlete.post(
        f"{case.path}/transfer", json={"code": code, "scopes": ["view_workouts"]}
    )
    again = await case.athlete.post(f"{case.path}/transfer", json={"code": code})

    begun = moved.json()["data"]
    assert moved.status_code == 201
    assert moved.headers["location"] == f"/api/v1{RELATIONS}/{begun['id']}"
    assert (begun["trainer_id"], begun["scopes"]) == (case.other.trainer_id, ["view_workouts"])
    assert (await case.shown())["status"] == "ended"
    assert refused(again) == (409, "relation_not_active")
    invitation = await case.other.get(f"/coaching/invitations/{invited.json()['data']['id']}")
    assert invitation.json()["data"]["relation_id"] == begun["id"]


async def test_a_code_that_does_not_serve_ends_nothing(case: Case) -> None:
    own = (await case.coach.post("/coaching/invitations")).json()["data"]["code"]
    for_another = await case.other.post(
        "/coaching/invitations", json={"email": "somebody@example.com"}
    )
    path = f"{case.path}/transfer"

    assert refused(await case.athlete.post(path, json={"code": own})) == (
        409,
        "transfer_to_same_trainer",
    )
    for code in (for_another.json()["data"]["code"], "no-such-code"):
        answer = await case.athlete.post(path, json={"code": code})
        assert refused(answer) == (404, "invitation_not_found")
    assert (await case.shown())["status"] == "active"


async def test_stale_revisions_change_nothing(case: Case) -> None:
    await case.propose()
    stale = {"If-Match": '"99"'}
    path = f"{case.path}/transfer"

    answers = [
        await case.coach.post(
            path, json={"trainer_id": case.other.trainer_id, "message": "x"}, headers=stale
        ),
        await case.athlete.post(f"{path}/accept", headers=stale),
        await case.athlete.post(f"{path}/decline", headers=stale),
        await case.other.post(f"{path}/decline", headers=stale),
        await case.coach.delete(path, headers=stale),
    ]

    assert {one.status_code for one in answers} == {412}
    assert (await case.shown())["transfer"]["message"] is None


async def test_strangers_and_others_are_turned_away(
    case: Case, people: People, api: httpx2.AsyncClient
) -> None:
    await case.propose()
    stranger = await people.register("both")
    path = f"{case.path}/transfer"
    body = {"trainer_id": stranger.trainer_id}

    for client, status in ((api, 401), (stranger, 404)):
        answers = [
            await client.post(path, json=body),
            await client.post(f"{path}/accept"),
            await client.post(f"{path}/decline"),
            await client.delete(path),
        ]
        assert {one.status_code for one in answers} == {status}


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        {"trainer_id": None},
        {"trainer_id": "x"},
        {"trainer_id": "01990000-0000-7000-8000-000000000000", "code": "abc"},
        {"trainer_id": "01990000-0000-7000-8000-000000000000", "scopes": []},
        {"code": "abc", "message": "x"},
        {"code": ""},
        {"code": "abc", "scopes": ["x"]},
        {"trainer_id": "01990000-0000-7000-8000-000000000000", "message": "x" * 1001},
    ],
)
async def test_bad_bodies_are_refused(case: Case, body: Any) -> None:
    for person in (case.coach, case.athlete):
        assert (await person.post(f"{case.path}/transfer", json=body)).status_code == 400


async def test_changes_of_rights_are_in_the_audit_log(case: Case, database: Any) -> None:
    await case.propose()
    await case.athlete.post(f"{case.path}/transfer/accept")

    rows = await database.fetch(
        "SELECT action, actor_id FROM audit_log WHERE subject_id = $1::uuid ORDER BY id",
        case.relation["id"],
    )

    assert [row["action"] for row in rows] == [
        "coaching.transfer.proposed",
        "coaching.relation.ended",
        "coaching.transfer.accepted",
    ]
    assert str(rows[-1]["actor_id"]) == case.athlete.user["id"]
