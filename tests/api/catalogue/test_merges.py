"""Merging exercises: who may, what becomes of the one that is no more."""

from typing import Any
from uuid import uuid4

import httpx2
import pytest

from tests.builders.administrators import administrator
from tests.builders.catalogue import an_exercise_of, shipped, the_exercise
from tests.builders.people import People, Person

NO_SUCH = "0194aaaa-0000-7000-8000-000000000000"


async def merged(person: Person, source: dict[str, Any], into: dict[str, Any]) -> dict[str, Any]:
    """Let one exercise become another."""
    answer = await person.post(f"/exercises/{source['id']}/merge", json={"into_id": into["id"]})
    assert answer.status_code == 200, answer.text
    merge: dict[str, Any] = answer.json()["data"]
    return merge


@pytest.mark.requirement("BEY-14")
async def test_an_exercise_of_one_s_own_becomes_another_that_is_found_by_both_names(
    people: People,
) -> None:
    trainer, athlete = await people.coached_pair()
    source, target = await an_exercise_of(trainer), await an_exercise_of(trainer)

    merge = await merged(trainer, source, target)

    assert (merge["source_id"], merge["source_name"]) == (source["id"], source["name"])
    assert (merge["into_id"], merge["into_name"]) == (target["id"], target["name"])
    assert merge["merged_by"] == trainer.user["id"]
    counts = ("sessions", "sets", "workouts", "templates")
    assert [merge[name] for name in counts] == [0] * 4
    assert merge["finished_at"] is None
    found = await athlete.get("/exercises", params={"search": source["name"]})
    assert [one["id"] for one in found.json()["data"]] == [target["id"]]
    after = await the_exercise(athlete, target["id"])
    assert after["aliases"] == [*target["aliases"], source["name"], *source["aliases"]]
    assert after["revision"] == target["revision"] + 1


@pytest.mark.requirement("BEY-14")
async def test_whoever_asks_for_the_one_that_is_no_more_is_told_the_other(people: People) -> None:
    trainer, athlete = await people.coached_pair()
    stranger = await people.trainer()
    source, target = await an_exercise_of(trainer), await an_exercise_of(trainer)
    await merged(trainer, source, target)

    for path in (f"/exercises/{source['id']}", f"/exercises/{source['id']}/substitutes"):
        answer = await athlete.get(path)
        assert (answer.status_code, answer.json()["code"]) == (404, "exercise_merged")
        assert answer.json()["merged_into_id"] == target["id"]
    unseen = await stranger.get(f"/exercises/{source['id']}")
    assert (unseen.status_code, unseen.json()["code"]) == (404, "exercise_not_found")
    body = {"name": "New", "category": "strength"}
    assert (await trainer.put(f"/exercises/{source['id']}", json=body)).status_code == 404
    named_so = {"name": source["name"], "category": "strength"}
    assert (await trainer.post("/exercises", json=named_so)).status_code == 201


@pytest.mark.requirement("BEY-14")
async def test_what_became_it_before_becomes_what_it_becomes(people: People) -> None:
    trainer = await people.trainer()
    first, second, third = [await an_exercise_of(trainer) for _ in range(3)]

    await merged(trainer, first, second)
    await merged(trainer, second, third)

    answer = await trainer.get(f"/exercises/{first['id']}")
    assert answer.json()["merged_into_id"] == third["id"]
    assert first["name"] in (await the_exercise(trainer, third["id"]))["aliases"]


@pytest.mark.requirement("BEY-14")
async def test_a_repeat_answers_with_the_merge_that_was_made(people: People) -> None:
    trainer = await people.trainer()
    source, target = await an_exercise_of(trainer), await an_exercise_of(trainer)
    merge = await merged(trainer, source, target)

    assert await merged(trainer, source, target) == merge
    other = await an_exercise_of(trainer)
    elsewhere = await trainer.post(
        f"/exercises/{source['id']}/merge", json={"into_id": other["id"]}
    )
    assert elsewhere.status_code == 404


@pytest.mark.requirement("BEY-14")
async def test_a_shipped_one_takes_one_s_own_and_keeps_its_names(people: People) -> None:
    trainer = await people.trainer()
    source, pull_up = (
        await an_exercise_of(trainer, load_kind="bodyweight"),
        await shipped(trainer, "Pull-Up"),
    )

    await merged(trainer, source, pull_up)

    assert await the_exercise(trainer, pull_up["id"]) == pull_up


@pytest.mark.requirement("BEY-14")
async def test_an_administrator_merges_shipped_into_shipped(people: People, database: Any) -> None:
    admin, trainer = await administrator(people, database), await people.trainer()
    source, target = await an_exercise_of(admin), await an_exercise_of(admin)
    own = await an_exercise_of(trainer)

    merge = await merged(admin, source, target)

    assert merge["into_id"] == target["id"]
    assert source["name"] in (await the_exercise(trainer, target["id"]))["aliases"]
    into_own = await admin.post(f"/exercises/{target['id']}/merge", json={"into_id": own["id"]})
    assert into_own.status_code == 400


@pytest.mark.requirement("BEY-14")
@pytest.mark.parametrize(
    ("of_source", "of_target"),
    [
        ({"measurement_type": "duration"}, {}),
        ({"load_kind": "bodyweight"}, {}),
        ({}, {"is_active": False}),
    ],
)
async def test_what_does_not_fit_is_refused(
    people: People, of_source: dict[str, Any], of_target: dict[str, Any]
) -> None:
    trainer = await people.trainer()
    source = await an_exercise_of(trainer, **of_source)
    target = await an_exercise_of(trainer, **of_target)

    answer = await trainer.post(f"/exercises/{source['id']}/merge", json={"into_id": target["id"]})

    assert (answer.status_code, answer.json()["code"]) == (409, "exercises_not_mergeable")
    assert await the_exercise(trainer, source["id"]) == source


@pytest.mark.requirement("BEY-14", "CAT-08")
async def test_only_the_owner_merges(people: People, api: httpx2.AsyncClient) -> None:
    owner, athlete = await people.coached_pair()
    other = await people.trainer()
    source, target = await an_exercise_of(owner), await an_exercise_of(owner)
    path, body = f"/exercises/{source['id']}/merge", {"into_id": target["id"]}
    pull_up, chin_up = await shipped(owner, "Pull-Up"), await shipped(owner, "Chin-Up")

    assert (await api.post(path, json=body)).status_code == 401
    assert (await athlete.post(path, json=body)).status_code == 403
    assert (await other.post(path, json=body)).status_code == 404
    of_all = await owner.post(f"/exercises/{pull_up['id']}/merge", json={"into_id": chin_up["id"]})
    assert of_all.json()["code"] == "exercise_not_editable"
    stale = await owner.post(path, json=body, headers={"If-Match": '"7"'})
    assert stale.status_code == 412


@pytest.mark.parametrize("into", [None, "no id", NO_SUCH, "itself", "somebody else's"])
async def test_a_bad_target_is_refused(people: People, into: str | None) -> None:
    trainer, stranger = await people.trainer(), await people.trainer()
    source, foreign = await an_exercise_of(trainer), await an_exercise_of(stranger)
    named = {"itself": source["id"], "somebody else's": foreign["id"]}.get(str(into), into)

    answer = await trainer.post(f"/exercises/{source['id']}/merge", json={"into_id": named})

    assert answer.status_code == 400
    assert [one["pointer"] for one in answer.json()["errors"]] == ["/into_id"]


@pytest.mark.requirement("BEY-14")
async def test_the_merges_into_an_exercise_are_listed_for_whoever_made_them(
    people: People, database: Any
) -> None:
    first, second = await people.trainer(), await people.trainer()
    admin, athlete = await administrator(people, database), await people.athlete()
    target = await an_exercise_of(admin)
    made = [
        await merged(first, await an_exercise_of(first, name=f"Own {uuid4()}"), target)
        for _ in range(3)
    ]
    of_second = await merged(second, await an_exercise_of(second), target)
    path = f"/exercises/{target['id']}/merges"

    page = await first.get(path, params={"page_size": 2})

    assert page.json()["data"] == made[:0:-1]
    assert page.json()["pagination"]["total_items"] == 3
    assert (await second.get(path)).json()["data"] == [of_second]
    assert len((await admin.get(path)).json()["data"]) == 4
    assert (await athlete.get(path)).status_code == 403
    assert (await first.get(f"/exercises/{NO_SUCH}/merges")).status_code == 404
    assert (await first.get(path, params={"page": 0})).status_code == 400


@pytest.mark.requirement("BEY-14")
async def test_the_copy_of_personal_data_tells_of_merges(people: People) -> None:
    trainer = await people.trainer()
    merge = await merged(trainer, await an_exercise_of(trainer), await an_exercise_of(trainer))

    copied = (await trainer.get("/me/export")).json()

    assert merge["id"] in str(copied)
