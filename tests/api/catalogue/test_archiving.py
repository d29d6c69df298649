"""Archived exercises: offered no more, and nothing of them is lost."""

from typing import Any

import httpx2
import pytest

from tests.builders.administrators import administrator
from tests.builders.catalogue import an_exercise_of, shipped, the_exercise
from tests.builders.live import planned_session
from tests.builders.people import People, Person


async def archived(person: Person, exercise_id: str, how: str = "archive") -> dict[str, Any]:
    """Archive an exercise, or take that back."""
    answer = await person.post(f"/exercises/{exercise_id}/{how}")
    assert answer.status_code == 200, answer.text
    exercise: dict[str, Any] = answer.json()["data"]
    return exercise


@pytest.mark.requirement("BEY-14")
async def test_the_owner_archives_an_exercise_and_offers_it_again(people: People) -> None:
    trainer, athlete = await people.coached_pair()
    exercise = await an_exercise_of(trainer)

    after = await archived(trainer, exercise["id"])
    seen = await the_exercise(athlete, exercise["id"])
    again = await archived(trainer, exercise["id"], "unarchive")

    assert (after["is_active"], after["revision"]) == (False, 2)
    assert seen == after
    assert (again["is_active"], again["revision"]) == (True, 3)


@pytest.mark.requirement("BEY-14")
@pytest.mark.parametrize("how", ["archive", "unarchive"])
async def test_a_repeat_changes_nothing(people: People, how: str) -> None:
    trainer = await people.trainer()
    exercise = await an_exercise_of(trainer, is_active=how == "unarchive")

    first = await archived(trainer, exercise["id"], how)

    assert await archived(trainer, exercise["id"], how) == first


@pytest.mark.requirement("BEY-14")
async def test_what_was_performed_with_an_archived_exercise_stays_readable(
    people: People,
) -> None:
    trainer, athlete = await people.coached_pair()
    training = await planned_session(trainer, athlete)
    exercise = await an_exercise_of(trainer)
    logged = await training.log(exercise_id=exercise["id"])

    await archived(trainer, exercise["id"])

    shown = await training.shown()
    assert [one["id"] for one in shown["sets"]] == [logged["id"]]
    assert shown["sets"][0]["exercise_name"] == exercise["name"]


async def test_lists_show_only_what_is_active_when_asked(people: People) -> None:
    trainer = await people.trainer()
    exercise = await an_exercise_of(trainer)
    await archived(trainer, exercise["id"])

    def query(**fields: Any) -> dict[str, Any]:
        return {"params": {"search": exercise["name"], **fields}}

    everything = await trainer.get("/exercises", **query())
    active = await trainer.get("/exercises", **query(is_active=True))
    inactive = await trainer.get("/exercises", **query(is_active=False))

    assert [len(answer.json()["data"]) for answer in (everything, active, inactive)] == [1, 0, 1]


@pytest.mark.requirement("CAT-08", "BEY-14")
@pytest.mark.parametrize("how", ["archive", "unarchive"])
async def test_only_the_owner_archives(people: People, api: httpx2.AsyncClient, how: str) -> None:
    owner, athlete = await people.coached_pair()
    other = await people.trainer()
    own = f"/exercises/{(await an_exercise_of(owner))['id']}/{how}"
    of_all = f"/exercises/{(await shipped(owner, 'Pull-Up'))['id']}/{how}"

    assert (await api.post(own)).status_code == 401
    assert (await athlete.post(own)).status_code == 403
    assert (await other.post(own)).status_code == 404
    assert (await owner.post(of_all)).json()["code"] == "exercise_not_editable"
    assert (await owner.post(own, headers={"If-Match": '"7"'})).status_code == 412


@pytest.mark.requirement("BEY-14")
async def test_an_administrator_archives_a_shipped_exercise(people: People, database: Any) -> None:
    admin = await administrator(people, database)
    exercise = await an_exercise_of(admin)

    assert (await archived(admin, exercise["id"]))["is_active"] is False


# how much of the body is moved


async def test_an_exercise_says_how_much_of_the_body_is_moved(people: People) -> None:
    trainer = await people.trainer()
    exercise = await an_exercise_of(trainer, load_kind="bodyweight", bodyweight_share=0.655)

    assert exercise["bodyweight_share"] == 0.655
    assert (await the_exercise(trainer, exercise["id"]))["bodyweight_share"] == 0.655
    assert (await an_exercise_of(trainer))["bodyweight_share"] == 1
    assert (await shipped(trainer, "Push-Up"))["bodyweight_share"] == 0.64


@pytest.mark.parametrize("share", [-0.1, 1.001, 0.0005, "0.5", True, None])
async def test_what_is_no_share_is_refused(people: People, share: Any) -> None:
    trainer = await people.trainer()

    answer = await trainer.post("/exercises", json={"name": "Odd", "bodyweight_share": share})

    assert answer.status_code == 400
    assert [one["pointer"] for one in answer.json()["errors"]] == ["/bodyweight_share"]
