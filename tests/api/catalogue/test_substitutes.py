"""What can stand in for an exercise, over HTTP."""

from typing import Any

import httpx2
import pytest

from tests.builders.catalogue import an_exercise_of, shipped
from tests.builders.people import People, Person


async def suggested(person: Person, exercise_id: str, **query: Any) -> list[dict[str, Any]]:
    """Ask for substitutes."""
    path = f"/exercises/{exercise_id}/substitutes"
    answer = await person.get(path, params={"limit": 100, **query})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["data"]
    return found


@pytest.mark.requirement("BEY-14")
async def test_substitutes_move_alike_work_alike_and_say_why(people: People) -> None:
    athlete = await people.athlete()
    bench = await shipped(athlete, "Barbell Bench Press")

    found = await suggested(athlete, bench["id"], limit=20)

    scores = [one["score"] for one in found]
    assert scores == sorted(scores, reverse=True)
    assert len(found) == 20
    assert bench["id"] not in {one["id"] for one in found}
    assert {one["movement_pattern"] for one in found} == {"horizontal_push"}
    assert all("chest" in one["primary_muscles"] for one in found)
    assert "same_movement_pattern" in found[0]["reasons"]


@pytest.mark.requirement("BEY-14")
async def test_only_what_is_at_hand_is_suggested(people: People) -> None:
    athlete = await people.athlete()
    bench = await shipped(athlete, "Barbell Bench Press")

    found = await suggested(athlete, bench["id"], equipment="dumbbell,bodyweight")
    turned = await suggested(athlete, bench["id"], equipment="bodyweight,dumbbell")

    assert {one["equipment"] for one in found} == {"dumbbell", "bodyweight"}
    assert all("equipment_at_hand" in one["reasons"] for one in found)
    assert turned == found


@pytest.mark.requirement("BEY-14")
async def test_a_trainer_s_own_are_suggested_to_those_who_see_them_unless_archived(
    people: People,
) -> None:
    trainer, athlete = await people.coached_pair()
    stranger = await people.trainer()
    bench = await shipped(athlete, "Barbell Bench Press")
    own = await an_exercise_of(
        trainer,
        primary_muscles=bench["primary_muscles"],
        secondary_muscles=bench["secondary_muscles"],
    )

    def place(found: list[dict[str, Any]]) -> list[str]:
        return [one["name"] for one in found if one["id"] == own["id"]]

    seen = [place(await suggested(one, bench["id"])) for one in (trainer, athlete, stranger)]
    await trainer.post(f"/exercises/{own['id']}/archive")

    assert seen == [[own["name"]], [own["name"]], []]
    assert place(await suggested(athlete, bench["id"])) == []


async def test_substitutes_of_what_is_not_seen_are_not_found(
    people: People, api: httpx2.AsyncClient
) -> None:
    trainer, stranger = await people.trainer(), await people.trainer()
    path = f"/exercises/{(await an_exercise_of(trainer))['id']}/substitutes"

    assert (await stranger.get(path)).status_code == 404
    assert (await api.get(path)).status_code == 401


@pytest.mark.parametrize("query", [{"equipment": "spoon"}, {"equipment": ""}, {"limit": 101}])
async def test_a_bad_question_is_refused(people: People, query: dict[str, Any]) -> None:
    athlete = await people.athlete()
    bench = await shipped(athlete, "Barbell Bench Press")

    answer = await athlete.get(f"/exercises/{bench['id']}/substitutes", params=query)

    assert answer.status_code == 400
