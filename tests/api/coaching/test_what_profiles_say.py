"""What profiles say: a trainer's description, an athlete's measures."""

from typing import Any

import httpx2
import pytest

from tests.api.contract import conforming
from tests.builders.people import People

Api = httpx2.AsyncClient

DESCRIPTION = {"bio": "Twenty years on the platform.", "specialization": "Weightlifting"}
MEASURES = {"height": 172.5, "weight": 68.25, "unit": "kilograms"}


@pytest.mark.requirement("COA-01", "IAM-01")
async def test_a_trainer_describes_themselves(people: People, database: Any) -> None:
    trainer = await people.trainer()

    before = await trainer.get("/trainers/me")
    conforming(before)
    changed = await trainer.put("/trainers/me", DESCRIPTION)
    conforming(changed)
    after = await trainer.get("/trainers/me")
    emptied = await trainer.put("/trainers/me", {})
    told = await database.fetchval(
        "SELECT count(*) FROM outbox_messages WHERE kind = 'coaching.trainer.updated'"
        " AND aggregate_id = $1::uuid",
        trainer.trainer_id,
    )

    assert (before.json()["data"]["bio"], before.json()["data"]["specialization"]) == (None, None)
    assert changed.json()["data"] == after.json()["data"]
    assert after.json()["data"].items() >= DESCRIPTION.items()
    assert after.json()["data"]["id"] == trainer.trainer_id
    assert after.headers["etag"] == changed.headers["etag"] != before.headers["etag"]
    assert emptied.json()["data"]["bio"] is None
    assert told == 2


@pytest.mark.requirement("COA-01", "IAM-01")
async def test_an_athlete_says_how_tall_and_how_heavy_they_are(people: People) -> None:
    athlete = await people.register("athlete", preferred_unit="pounds")

    before = await athlete.get("/athletes/me")
    conforming(before)
    changed = await athlete.put("/athletes/me", MEASURES)
    conforming(changed)
    after = await athlete.get("/athletes/me")
    in_own_unit = await athlete.put("/athletes/me", {"weight": 150})

    assert [before.json()["data"][name] for name in MEASURES] == [None, None, None]
    assert changed.json()["data"] == after.json()["data"]
    assert after.json()["data"].items() >= MEASURES.items()
    assert after.json()["data"]["id"] == athlete.athlete_id
    assert [in_own_unit.json()["data"][name] for name in MEASURES] == [None, 150, "pounds"]


@pytest.mark.requirement("COA-01")
async def test_a_stale_revision_changes_nothing(people: People) -> None:
    both = await people.register("both")
    for path, body in (("/trainers/me", DESCRIPTION), ("/athletes/me", MEASURES)):
        seen = (await both.get(path)).headers["etag"]
        unchanged = await both.get(path, headers={"If-None-Match": seen})
        await both.put(path, body, headers={"If-Match": seen})

        stale = await both.put(path, {}, headers={"If-Match": seen})
        conforming(stale)

        assert unchanged.status_code == 304
        assert (stale.status_code, stale.json()["code"]) == (412, "stale_revision")
        assert (await both.get(path)).json()["data"].items() >= body.items()


@pytest.mark.requirement("COA-01", "IAM-17")
async def test_each_profile_is_for_its_role(people: People, api: Api) -> None:
    trainer, athlete = await people.trainer(), await people.athlete()

    for person, path in ((athlete, "/trainers/me"), (trainer, "/athletes/me")):
        for answer in (await person.get(path), await person.put(path, {})):
            conforming(answer)
            assert (answer.status_code, answer.json()["code"]) == (403, "role_required")
        assert (await api.get(path)).status_code == 401
        assert (await api.put(path, json={})).status_code == 401


@pytest.mark.parametrize(
    ("path", "body", "pointer"),
    [
        ("/trainers/me", {"bio": "b" * 2001}, "/bio"),
        ("/trainers/me", {"specialization": "s" * 201}, "/specialization"),
        ("/trainers/me", {"biography": "x"}, "/biography"),
        ("/athletes/me", {"height": 49.9}, "/height"),
        ("/athletes/me", {"height": 280.1}, "/height"),
        ("/athletes/me", {"height": 170.25}, "/height"),
        ("/athletes/me", {"height": "170"}, "/height"),
        ("/athletes/me", {"weight": 0}, "/weight"),
        ("/athletes/me", {"weight": 60.0001}, "/weight"),
        ("/athletes/me", {"weight": 60, "unit": "stone"}, "/unit"),
    ],
)
async def test_bad_bodies_are_refused(
    path: str, body: dict[str, Any], pointer: str, people: People
) -> None:
    both = await people.register("both")

    answer = await both.put(path, body)
    conforming(answer)

    assert answer.status_code == 400
    assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]


@pytest.mark.requirement("BEY-01", "SEC-10")
async def test_a_trainer_is_shown_to_those_they_coach(people: People, api: Api) -> None:
    trainer = await people.trainer()
    athlete, stranger = await people.athlete(), await people.athlete()
    await trainer.put("/trainers/me", DESCRIPTION)
    path = f"/trainers/{trainer.trainer_id}"
    before = await athlete.get(path)
    relation = await people.relate(trainer, athlete)

    shown = await athlete.get(path)
    conforming(shown)
    own = await trainer.get(path)
    unknown = await stranger.get(path)
    conforming(unknown)
    await athlete.post(f"/coaching/relations/{relation['id']}/end")
    ended = await athlete.get(path)

    assert shown.json()["data"] == own.json()["data"]
    assert shown.json()["data"] == {
        "trainer_id": trainer.trainer_id,
        "user_id": trainer.user["id"],
        "username": trainer.user["username"],
        "name": trainer.user["name"],
        **DESCRIPTION,
    }
    for refused in (before, unknown, ended):
        assert (refused.status_code, refused.json()["code"]) == (404, "trainer_not_found")
    assert (await api.get(path)).status_code == 401


@pytest.mark.requirement("BEY-01")
async def test_measures_are_shown_to_coaches_with_the_scope(people: People) -> None:
    trainer, athlete = await people.trainer(), await people.athlete()
    await people.relate(trainer, athlete)
    await athlete.put("/athletes/me", MEASURES)

    shown = await trainer.get(f"/athletes/{athlete.athlete_id}")
    conforming(shown)

    assert shown.json()["data"].items() >= MEASURES.items()


async def test_both_are_in_the_copy_of_personal_data(people: People) -> None:
    both = await people.register("both")
    await both.put("/trainers/me", DESCRIPTION)
    await both.put("/athletes/me", MEASURES)

    profiles = (await both.get("/me/export")).json()["data"]["profiles"]

    assert profiles["trainer"].items() >= DESCRIPTION.items()
    assert profiles["athlete"].items() >= MEASURES.items()


async def test_a_deleted_account_leaves_neither(people: People, database: Any) -> None:
    both = await people.register("both")
    await both.put("/trainers/me", DESCRIPTION)
    await both.put("/athletes/me", MEASURES)

    assert (await both.delete("/me")).status_code == 204

    left = await database.fetchrow(
        "SELECT t.bio, t.specialization, a.height, a.weight, a.unit FROM trainers t"
        " JOIN athletes a ON a.user_id = t.user_id WHERE t.user_id = $1::uuid",
        both.user["id"],
    )
    assert set(left.values()) == {None}
