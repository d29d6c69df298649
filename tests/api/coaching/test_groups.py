"""A trainer's groups of athletes over HTTP, and the roster by them."""

from typing import Any

import httpx2
import pytest

from tests.builders.people import People, Person
from tests.infrastructure.training.conftest import Adapters, adapters
from workout_application.coaching.ports import RosterFilter
from workout_application.coaching.queries.list_athletes import ListAthletes
from workout_shared.pages import PageRequest

pytestmark = pytest.mark.requirement("BEY-01", "COA-06")

GROUPS = "/coaching/groups"
__all__ = ["adapters"]


async def with_athletes(people: People, count: int) -> tuple[Person, list[Person], list[str]]:
    """Let a trainer coach some; returns the paths of the relations as well."""
    trainer = await people.trainer()
    athletes = [await people.athlete() for _ in range(count)]
    relations = [
        f"/coaching/relations/{(await people.relate(trainer, athlete))['id']}"
        for athlete in athletes
    ]
    return trainer, athletes, relations


async def made(trainer: Person, name: str = "Juniors", *members: Person) -> dict[str, Any]:
    body = {"name": name, "athlete_ids": [one.athlete_id for one in members]}
    answer = await trainer.post(GROUPS, json=body)
    assert answer.status_code == 201, answer.text
    group: dict[str, Any] = answer.json()["data"]
    return group


def ids(*members: Person) -> list[str]:
    return sorted(one.athlete_id for one in members)


async def test_a_group_is_made_read_changed_and_given_up(people: People) -> None:
    trainer, (first, second), _ = await with_athletes(people, 2)
    group = await made(trainer, " Juniors ", first)
    path = f"{GROUPS}/{group['id']}"

    read = await trainer.get(path)
    kept = await trainer.put(path, json={"name": "Seniors", "description": "Over 35"})
    replaced = await trainer.put(path, json={"name": "Seniors", "athlete_ids": [second.athlete_id]})

    assert (group["name"], group["athlete_ids"]) == ("Juniors", ids(first))
    assert read.json()["data"] == group
    assert (kept.json()["data"]["description"], kept.json()["data"]["athlete_ids"]) == (
        "Over 35",
        ids(first),
    )
    assert replaced.json()["data"]["athlete_ids"] == ids(second)
    assert (await trainer.get(path)).json()["data"] == replaced.json()["data"]
    assert (await trainer.delete(path)).status_code == 204
    assert (await trainer.get(path)).json()["code"] == "group_not_found"
    assert (await trainer.get(GROUPS)).json()["data"] == []
    assert len((await trainer.get("/athletes")).json()["data"]) == 2


async def test_names_are_a_trainer_s_own_in_whatever_case(people: People) -> None:
    trainer, _, _ = await with_athletes(people, 0)
    group = await made(trainer, "Juniors")
    other = await made(trainer, "Seniors")

    twice = await trainer.post(GROUPS, json={"name": "JUNIORS"})
    renamed = await trainer.put(f"{GROUPS}/{other['id']}", json={"name": "juniors"})
    await trainer.delete(f"{GROUPS}/{group['id']}")

    for answer in (twice, renamed):
        assert (answer.status_code, answer.json()["code"]) == (409, "group_name_taken")
    await made(trainer, "juniors")
    await made(await people.trainer(), "Juniors")


async def test_one_athlete_is_added_and_removed(people: People) -> None:
    trainer, (first, second), _ = await with_athletes(people, 2)
    group = await made(trainer, "Juniors", first)
    path = f"{GROUPS}/{group['id']}/athletes"

    added = await trainer.put(f"{path}/{second.athlete_id}")
    again = await trainer.put(f"{path}/{second.athlete_id}")
    removed = await trainer.delete(f"{path}/{first.athlete_id}")
    gone = await trainer.delete(f"{path}/{first.athlete_id}")

    assert added.json()["data"]["athlete_ids"] == ids(first, second)
    assert again.json()["data"] == added.json()["data"]
    assert removed.status_code == 204
    assert (gone.status_code, gone.json()["code"]) == (404, "athlete_not_in_group")
    left = (await trainer.get(f"{GROUPS}/{group['id']}")).json()["data"]
    assert left["athlete_ids"] == ids(second)


async def test_only_one_s_own_athletes_are_taken_in(people: People) -> None:
    trainer, (former,), (relation,) = await with_athletes(people, 1)
    stranger = await people.athlete()
    group = await made(trainer)
    await former.post(f"{relation}/end")

    for person, expected in (
        (stranger, (404, "athlete_not_found")),
        (former, (409, "relation_not_active")),
    ):
        body = {"name": "x", "athlete_ids": [person.athlete_id]}
        for answer in (
            await trainer.post(GROUPS, json=body),
            await trainer.put(f"{GROUPS}/{group['id']}", json=body),
            await trainer.put(f"{GROUPS}/{group['id']}/athletes/{person.athlete_id}"),
        ):
            assert (answer.status_code, answer.json()["code"]) == expected


@pytest.mark.parametrize("how", ["end", "code", "transfer"])
async def test_an_ended_relation_takes_the_athlete_out_for_good(people: People, how: str) -> None:
    trainer, (leaving, staying), (relation, _) = await with_athletes(people, 2)
    group = await made(trainer, "Juniors", leaving, staying)
    other = await people.trainer()
    tag = (await trainer.get(f"{GROUPS}/{group['id']}")).headers["etag"]
    if how == "end":
        await trainer.post(f"{relation}/end")
    elif how == "code":
        code = (await other.post("/coaching/invitations")).json()["data"]["code"]
        await leaving.post(f"{relation}/transfer", json={"code": code})
    else:
        await trainer.post(f"{relation}/transfer", json={"trainer_id": other.trainer_id})
        assert (await leaving.post(f"{relation}/transfer/accept")).status_code == 201

    read = await trainer.get(f"{GROUPS}/{group['id']}", headers={"If-None-Match": tag})
    await people.relate(trainer, leaving)

    assert read.status_code == 200
    assert read.json()["data"]["athlete_ids"] == ids(staying)
    again = (await trainer.get(f"{GROUPS}/{group['id']}")).json()["data"]
    assert again["athlete_ids"] == ids(staying)


async def test_a_paused_athlete_stays_in_the_group(people: People) -> None:
    trainer, (athlete,), (relation,) = await with_athletes(people, 1)
    group = await made(trainer, "Juniors", athlete)
    await athlete.post(f"{relation}/pause")

    entry = (await trainer.get(f"/athletes?group_id={group['id']}")).json()["data"][0]

    assert (entry["status"], entry["groups"]) == (
        "paused",
        [{"id": group["id"], "name": "Juniors"}],
    )


async def test_the_roster_is_narrowed_by_group_and_search(people: People) -> None:
    trainer = await people.trainer()
    zoe = await people.register("athlete", first_name="Zoë", last_name="Müller")
    abe = await people.register("athlete", first_name="Abe", last_name="Miller")
    for athlete in (zoe, abe):
        await people.relate(trainer, athlete)
    juniors, anybody = await made(trainer, "juniors", zoe), await made(trainer, "All", zoe, abe)
    foreign = await made(await people.trainer())

    async def listed(query: str) -> list[str]:
        answer = (await trainer.get(f"/athletes?{query}")).json()
        assert answer["pagination"]["total_items"] == len(answer["data"])
        return [one["athlete_id"] for one in answer["data"]]

    assert await listed("") == [abe.athlete_id, zoe.athlete_id]
    assert await listed(f"group_id={juniors['id']}") == [zoe.athlete_id]
    assert await listed(f"group_id={foreign['id']}") == []
    assert await listed("search=MÜLL") == [zoe.athlete_id]
    assert await listed("search=oë mü") == [zoe.athlete_id]
    assert await listed(f"search={abe.user['username'].upper()}") == [abe.athlete_id]
    assert await listed("search=%25") == []
    assert await listed(f"group_id={anybody['id']}&search=mill") == [abe.athlete_id]
    entry = (await trainer.get(f"/athletes?group_id={juniors['id']}")).json()["data"][0]
    assert [one["name"] for one in entry["groups"]] == ["All", "juniors"]


async def test_the_roster_costs_the_same_for_many_athletes(
    people: People, adapters: Adapters
) -> None:
    costs = []
    for count in (1, 8):
        trainer, athletes, _ = await with_athletes(people, count)
        for name in ("One", "Two"):
            await made(trainer, name, *athletes)
        query = ListAthletes(page=PageRequest(page_size=100), where=RosterFilter())
        page = await adapters.send(query, trainer)
        costs.append(len(adapters.statements.all))
        assert page.total_items == count

    assert costs == [2, 2]


async def test_neither_roster_nor_relations_show_addresses(people: People) -> None:
    trainer, (athlete,), (relation,) = await with_athletes(people, 1)
    await made(trainer, "Juniors", athlete)

    for path in ("/athletes", f"/athletes/{athlete.athlete_id}", "/coaching/relations", relation):
        text = (await trainer.get(path)).text
        assert athlete.athlete_id in text
        assert "@" not in text
        assert athlete.user["email"] not in text
        assert "phone" not in text


async def test_pages_and_sort_orders(people: People) -> None:
    trainer = await people.trainer()
    made_groups = [await made(trainer, name) for name in ("b", "A", "c")]

    by_name = (await trainer.get(GROUPS)).json()
    newest = (await trainer.get(f"{GROUPS}?sort=-created_at&page_size=1")).json()

    assert [one["name"] for one in by_name["data"]] == ["A", "b", "c"]
    assert by_name["pagination"]["total_items"] == 3
    assert newest["data"] == [made_groups[2]]
    assert (await trainer.get(f"{GROUPS}?sort=size")).status_code == 400


async def test_somebody_elses_group_does_not_exist(people: People, api: httpx2.AsyncClient) -> None:
    owner, (athlete,), _ = await with_athletes(people, 1)
    group = await made(owner, "Juniors", athlete)
    path = f"{GROUPS}/{group['id']}"
    other = await people.trainer()
    await people.relate(other, athlete)

    async def tried(client: Any) -> set[int]:
        return {
            (await client.get(path)).status_code,
            (await client.put(path, json={"name": "Mine"})).status_code,
            (await client.delete(path)).status_code,
            (await client.put(f"{path}/athletes/{athlete.athlete_id}")).status_code,
            (await client.delete(f"{path}/athletes/{athlete.athlete_id}")).status_code,
        }

    assert await tried(other) == {404}
    assert await tried(athlete) == {403}
    assert await tried(api) == {401}
    assert (await owner.get(path)).json()["data"] == group


async def test_stale_revisions_change_nothing(people: People) -> None:
    trainer, (athlete,), _ = await with_athletes(people, 1)
    group = await made(trainer, "Juniors", athlete)
    path, stale = f"{GROUPS}/{group['id']}", {"If-Match": '"99"'}

    answers = [
        await trainer.put(path, json={"name": "x"}, headers=stale),
        await trainer.put(f"{path}/athletes/{athlete.athlete_id}", headers=stale),
        await trainer.delete(f"{path}/athletes/{athlete.athlete_id}", headers=stale),
        await trainer.delete(path, headers=stale),
    ]

    assert {one.status_code for one in answers} == {412}
    fresh = (await trainer.get(path)).headers["etag"]
    assert (await trainer.get(path, headers={"If-None-Match": fresh})).status_code == 304


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        {"name": ""},
        {"name": " "},
        {"name": "x" * 101},
        {"name": "x", "description": "x" * 1001},
        {"name": "x", "athlete_ids": ["x"]},
        {"name": "x", "athlete_ids": ["01990000-0000-7000-8000-000000000000"] * 501},
        {"name": "x", "size": 1},
    ],
    ids=range(9),
)
async def test_bad_bodies_are_refused(people: People, body: Any) -> None:
    trainer = await people.trainer()
    group = await made(trainer)

    assert (await trainer.post(GROUPS, json=body)).status_code == 400
    assert (await trainer.put(f"{GROUPS}/{group['id']}", json=body)).status_code == 400


async def test_a_profile_is_shown_to_coaches_with_the_scope(
    people: People, api: httpx2.AsyncClient
) -> None:
    trainer = await people.trainer()
    athlete = await people.register(
        "athlete",
        date_of_birth="1990-02-28",
        gender="female",
        phone_number="+43 1 234",
        time_zone="Europe/Vienna",
        preferred_unit="pounds",
    )
    path = f"/athletes/{athlete.athlete_id}"
    unknown = await trainer.get(path)
    relation = await people.relate(trainer, athlete)
    group = await made(trainer, "Juniors", athlete)

    shown = await trainer.get(path)
    scopes = [one for one in relation["scopes"] if one != "view_profile"]
    await athlete.patch(f"/coaching/relations/{relation['id']}", json={"scopes": scopes})
    narrowed = await trainer.get(path)
    await athlete.post(f"/coaching/relations/{relation['id']}/pause")
    paused = await trainer.get(path)

    assert shown.json()["data"] == {
        "athlete_id": athlete.athlete_id,
        "user_id": athlete.user["id"],
        "username": athlete.user["username"],
        "name": athlete.user["name"],
        "gender": "female",
        "date_of_birth": "1990-02-28",
        "preferred_unit": "pounds",
        "time_zone": "Europe/Vienna",
        "height": None,
        "weight": None,
        "unit": None,
        "relation": {
            "id": relation["id"],
            "status": "active",
            "scopes": relation["scopes"],
            "since": relation["accepted_at"],
        },
        "groups": [{"id": group["id"], "name": "Juniors"}],
    }
    assert (unknown.status_code, unknown.json()["code"]) == (404, "athlete_not_found")
    assert (narrowed.status_code, narrowed.json()["code"]) == (403, "scope_required")
    assert (paused.status_code, paused.json()["code"]) == (404, "athlete_not_found")
    assert (await api.get(path)).status_code == 401
    assert (await athlete.get(path)).status_code == 403
    assert (await trainer.get("/athletes/x")).status_code == 400
