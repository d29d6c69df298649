"""Coaching relations over HTTP."""

from typing import Any
from uuid import uuid4

import httpx2
import pytest

from tests.builders.people import People

pytestmark = pytest.mark.requirement("COA-06", "BEY-01")

PATH = "/coaching/relations"


async def test_both_sides_list_their_relations(people: People) -> None:
    trainer, first = await people.coached_pair()
    second = await people.athlete()
    newer = await people.relate(trainer, second)

    of_trainer = (await trainer.get(PATH)).json()
    of_athlete = (await first.get(PATH)).json()

    assert [one["athlete_id"] for one in of_trainer["data"]] == [
        second.athlete_id,
        first.athlete_id,
    ]
    assert of_trainer["data"][0] == newer
    assert of_trainer["pagination"]["total_items"] == 2
    assert [one["trainer_id"] for one in of_athlete["data"]] == [trainer.trainer_id]


async def test_an_account_with_both_profiles_sees_both_kinds(people: People) -> None:
    both, coach, athlete = (
        await people.register("both"),
        await people.trainer(),
        await people.athlete(),
    )
    await people.relate(coach, both)
    await people.relate(both, athlete)

    listed = (await both.get(f"{PATH}?sort=accepted_at")).json()["data"]

    assert [(one["trainer_id"], one["athlete_id"]) for one in listed] == [
        (coach.trainer_id, both.athlete_id),
        (both.trainer_id, athlete.athlete_id),
    ]


async def test_the_athlete_changes_scopes_at_will_the_trainer_only_drops(people: People) -> None:
    trainer, athlete = await people.trainer(), await people.athlete()
    path = f"{PATH}/{(await people.relate(trainer, athlete))['id']}"

    dropped = await trainer.patch(path, json={"scopes": ["message", "view_workouts"]})
    refused = await trainer.patch(path, json={"scopes": ["message", "view_sessions"]})
    widened = await athlete.patch(path, json={"scopes": ["message", "manage_programs"]})

    assert dropped.json()["data"]["scopes"] == ["view_workouts", "message"]
    assert (refused.status_code, refused.json()["code"]) == (403, "scopes_not_granted")
    assert widened.json()["data"]["scopes"] == ["manage_programs", "message"]
    assert widened.headers["etag"] == f'"{widened.json()["data"]["revision"]}"'


async def test_whoever_paused_resumes(people: People) -> None:
    trainer, athlete = await people.trainer(), await people.athlete()
    path = f"{PATH}/{(await people.relate(trainer, athlete))['id']}"

    paused = await athlete.post(f"{path}/pause")
    refused = await trainer.post(f"{path}/resume")
    taken = await trainer.post(f"{path}/pause")
    resumed = await athlete.post(f"{path}/resume")

    assert paused.json()["data"]["status"] == "paused"
    assert paused.json()["data"]["paused_by"] == "athlete"
    assert (refused.status_code, refused.json()["code"]) == (403, "relation_paused_by_other_side")
    assert taken.status_code == 409
    assert resumed.json()["data"]["status"] == "active"
    assert resumed.json()["data"]["paused_by"] is None


@pytest.mark.parametrize("side", [0, 1], ids=["trainer", "athlete"])
async def test_either_side_ends_and_a_new_invitation_starts_anew(people: People, side: int) -> None:
    pair = await people.trainer(), await people.athlete()
    first = await people.relate(*pair)

    ended = await pair[side].post(f"{PATH}/{first['id']}/end")
    late = await pair[1].post(f"{PATH}/{first['id']}/pause")
    second = await people.relate(*pair)

    assert ended.json()["data"]["status"] == "ended"
    assert ended.json()["data"]["ended_at"] is not None
    assert (late.status_code, late.json()["code"]) == (409, "relation_not_active")
    assert second["id"] != first["id"]
    listed = (await pair[0].get(f"{PATH}?status=ended")).json()["data"]
    assert [one["id"] for one in listed] == [first["id"]]


@pytest.mark.requirement("EVT-02")
async def test_every_change_leaves_its_event_with_both_users(people: People, database: Any) -> None:
    trainer, athlete = await people.trainer(), await people.athlete()
    path = f"{PATH}/{(await people.relate(trainer, athlete))['id']}"
    await athlete.post(f"{path}/pause")
    await athlete.post(f"{path}/resume")
    await trainer.patch(path, json={"scopes": []})
    await trainer.post(f"{path}/end")

    rows = await database.fetch(
        """SELECT kind, payload->>'athlete_user_id' AS athlete, payload->>'by' AS by
        FROM outbox_messages WHERE payload->>'trainer_user_id' = $1 ORDER BY id""",
        trainer.user["id"],
    )

    assert [(row["kind"], row["by"]) for row in rows] == [
        ("coaching.invitation.created", None),
        ("coaching.invitation.accepted", None),
        ("coaching.relation.paused", "athlete"),
        ("coaching.relation.resumed", "athlete"),
        ("coaching.relation.scopes_changed", "trainer"),
        ("coaching.relation.ended", "trainer"),
    ]
    assert {row["athlete"] for row in rows[1:]} == {athlete.user["id"]}


async def test_a_stale_revision_changes_nothing(people: People) -> None:
    trainer, athlete = await people.trainer(), await people.athlete()
    relation = await people.relate(trainer, athlete)
    path = f"{PATH}/{relation['id']}"
    fresh, stale = f'"{relation["revision"]}"', f'"{relation["revision"] + 1}"'

    for verb in ("pause", "resume", "end"):
        answer = await athlete.post(f"{path}/{verb}", headers={"If-Match": stale})
        assert answer.status_code == 412
    refused = await athlete.patch(path, json={"scopes": []}, headers={"If-Match": stale})
    passed = await athlete.patch(path, json={"scopes": []}, headers={"If-Match": fresh})

    assert (refused.status_code, passed.status_code) == (412, 200)


async def test_an_unchanged_relation_is_304(people: People) -> None:
    trainer, athlete = await people.trainer(), await people.athlete()
    path = f"{PATH}/{(await people.relate(trainer, athlete))['id']}"
    seen = await athlete.get(path)

    again = await athlete.get(path, headers={"If-None-Match": seen.headers["etag"]})

    assert again.status_code == 304


async def test_somebody_elses_relation_does_not_exist(people: People) -> None:
    relation = await people.relate(await people.trainer(), await people.athlete())
    other = await people.register("both")
    path = f"{PATH}/{relation['id']}"

    answers = [
        await other.get(path),
        await other.patch(path, json={"scopes": []}),
        await other.post(f"{path}/pause"),
        await other.post(f"{path}/resume"),
        await other.post(f"{path}/end"),
    ]

    assert {(one.status_code, one.json()["code"]) for one in answers} == {
        (404, "relation_not_found")
    }
    assert (await other.get(PATH)).json()["data"] == []


async def test_strangers_are_turned_away(api: httpx2.AsyncClient) -> None:
    path = f"{PATH}/{uuid4()}"
    answers = [
        await api.get(PATH),
        await api.get(path),
        await api.patch(path, json={"scopes": []}),
        await api.post(f"{path}/pause"),
        await api.post(f"{path}/resume"),
        await api.post(f"{path}/end"),
    ]

    assert {answer.status_code for answer in answers} == {401}


@pytest.mark.parametrize("body", [{}, {"scopes": None}, {"scopes": ["x"]}, {"scope": []}, []])
async def test_bad_bodies_are_refused(people: People, body: Any) -> None:
    relation = await people.relate(await people.trainer(), athlete := await people.athlete())

    answer = await athlete.patch(f"{PATH}/{relation['id']}", json=body)

    assert answer.status_code == 400


@pytest.mark.parametrize("query", ["sort=name", "status=gone", "page=x", "unknown=1"])
async def test_bad_queries_are_refused(people: People, query: str) -> None:
    assert (await (await people.athlete()).get(f"{PATH}?{query}")).status_code == 400
