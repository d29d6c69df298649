"""Workout templates over HTTP: kept, cached, and copied into workouts."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

import httpx2
import pytest

from tests.api.contract import conforming
from tests.builders.administrators import administrator
from tests.builders.gym import a_workout_body, listed, made
from tests.builders.people import People

TARGETS: list[dict[str, Any]] = [
    {"number": 1, "set_type": "warm_up", "reps": 5, "percent_of_training_max": 50},
    {"number": 2, "set_type": "normal", "reps": 5, "is_amrap": True, "rpe": 9},
]


@pytest.fixture(scope="session")
async def lifts(people: People) -> list[str]:
    """Return two shipped lifts."""
    reader = await people.athlete()
    found = await listed(reader, "/exercises?measurement_type=weight_reps&page_size=2")
    return [one["id"] for one in found]


def a_template(lifts: list[str], **fields: Any) -> dict[str, Any]:
    """Return an acceptable template: a superset, one exercise of it set by set."""
    return {
        "name": f"Day {uuid4().hex}",
        "type": "powerlifting",
        "description": "Heavy",
        "estimated_duration_minutes": 75,
        "tags": ["Heavy", "legs"],
        "exercises": [
            {"exercise_id": lifts[0], "targets": TARGETS, "block": 0},
            {
                "exercise_id": lifts[1],
                "sets": 3,
                "reps": 8,
                "weight": 100,
                "unit": "pounds",
                "rest_time_seconds": 90,
                "notes": "slow",
                "block": 0,
            },
        ],
        "blocks": [{"kind": "superset", "rest_seconds": 60}],
        **fields,
    }


def copied(plan: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the exercises of a plan without what is each row's own."""
    return [
        {name: value for name, value in one.items() if name != "id"} for one in plan["exercises"]
    ]


async def figures(api: httpx2.AsyncClient) -> dict[str, float]:
    """Read how often cached answers of the catalogue were found and missed."""
    text = (await api.get(str(api.base_url).removesuffix("/api/v1/") + "/metrics")).text
    return {
        outcome: sum(
            float(line.rpartition(" ")[2])
            for line in text.splitlines()
            if "_total{" in line
            and "cache" in line
            and 'category="catalogue"' in line
            and outcome in line
        )
        for outcome in ("hit", "miss")
    }


@pytest.mark.requirement("CAT-06")
async def test_a_template_is_kept_shown_and_listed(people: People, lifts: list[str]) -> None:
    trainer = await people.trainer()
    body = a_template(lifts)

    created = await trainer.post("/workout-templates", json=body)

    template = conforming(created)
    shown = await trainer.get(f"/workout-templates/{template['id']}")
    found = await listed(trainer, "/workout-templates?is_shipped=false")
    assert created.status_code == 201
    assert created.headers["location"] == f"/api/v1/workout-templates/{template['id']}"
    assert template["owner_id"] == trainer.user["id"]
    assert template["tags"] == ["heavy", "legs"]
    assert template["exercises"][0]["targets"] == TARGETS
    assert template["exercises"][1]["unit"] == "pounds"
    assert template["blocks"][0]["kind"] == "superset"
    assert conforming(shown) == template == found[0]
    assert shown.headers["etag"] == created.headers["etag"] == '"1"'


@pytest.mark.requirement("CAT-06")
async def test_a_workout_copies_the_template_and_keeps_what_it_copied(
    people: People, lifts: list[str]
) -> None:
    trainer = await people.trainer()
    template = await made(trainer, "/workout-templates", a_template(lifts))

    workout = await made(trainer, "/workouts", a_workout_body(template_id=template["id"]))
    said = a_workout_body(template_id=template["id"], description=None)
    undescribed = await made(trainer, "/workouts", said)
    path = f"/workout-templates/{template['id']}"
    await trainer.put(path, json=a_template(lifts, exercises=[], blocks=[]))
    await trainer.delete(path)

    later = await trainer.get(f"/workouts/{workout['id']}")
    assert copied(workout) == copied(template)
    assert workout["blocks"] == template["blocks"]
    assert {one["id"] for one in workout["exercises"]}.isdisjoint(
        one["id"] for one in template["exercises"]
    )
    assert (workout["name"], workout["type"]) == ("Lower body", "strength")
    assert (workout["description"], workout["estimated_duration_minutes"]) == ("Heavy", 75)
    assert (undescribed["description"], undescribed["estimated_duration_minutes"]) == (None, 75)
    assert copied(conforming(later)) == copied(template)


@pytest.mark.requirement("CAT-06")
async def test_a_workout_is_saved_as_a_template(people: People, lifts: list[str]) -> None:
    trainer = await people.trainer()
    plan = a_template(lifts)
    workout = await made(
        trainer,
        "/workouts",
        a_workout_body(
            description="Slow", exercises=plan["exercises"], blocks=plan["blocks"], name="Mondays"
        ),
    )

    plain = await made(trainer, "/workout-templates", {"workout_id": workout["id"]})
    named = await made(
        trainer,
        "/workout-templates",
        {"workout_id": workout["id"], "name": "Tuesdays", "type": "hiit", "tags": ["new"]},
    )
    again = await trainer.post("/workout-templates", json={"workout_id": workout["id"]})

    assert (plain["name"], plain["type"], plain["description"]) == ("Mondays", "strength", "Slow")
    assert (named["name"], named["type"], named["tags"]) == ("Tuesdays", "hiit", ["new"])
    assert copied(plain) == copied(named) == copied(workout)
    assert plain["blocks"] == workout["blocks"]
    assert (again.status_code, again.json()["code"]) == (409, "template_name_taken")


@pytest.mark.requirement("CAT-06")
async def test_the_shipped_templates_can_be_trained_by_everybody(people: People) -> None:
    trainer, athlete = await people.coached_pair()

    shipped = await listed(athlete, "/workout-templates?is_shipped=true&page_size=100")

    assert len(shipped) >= 6
    kinds = {block["kind"] for one in shipped for block in one["blocks"]}
    assert kinds >= {"superset", "circuit", "emom", "amrap", "drop", "cluster"}
    for template in shipped:
        assert template["owner_id"] is None
        workout = await made(
            trainer,
            "/workouts",
            a_workout_body(template_id=template["id"], athlete_id=athlete.athlete_id),
        )
        assert copied(workout) == copied(template)


@pytest.mark.requirement("CAT-08", "CAT-06")
async def test_templates_are_written_by_trainers_and_administrators_only(
    people: People, database: Any, lifts: list[str]
) -> None:
    athlete, trainer = await people.athlete(), await people.trainer()
    admin = await administrator(people, database)
    body = a_template(lifts)

    refused = await athlete.post("/workout-templates", json=body)
    shipped = await made(admin, "/workout-templates", body)
    of_trainer = await trainer.put(
        f"/workout-templates/{shipped['id']}", json=a_template(lifts, name="Mine now")
    )
    seen = await athlete.get(f"/workout-templates/{shipped['id']}")
    gone = await admin.delete(f"/workout-templates/{shipped['id']}")

    assert (refused.status_code, refused.json()["code"]) == (403, "role_required")
    assert shipped["owner_id"] is None
    assert (of_trainer.status_code, of_trainer.json()["code"]) == (403, "template_not_editable")
    assert conforming(seen)["name"] == body["name"]
    assert gone.status_code == 204
    assert (await athlete.get(f"/workout-templates/{shipped['id']}")).status_code == 404


@pytest.mark.requirement("CAT-06")
async def test_a_shipped_template_holds_shipped_exercises_only(
    people: People, database: Any, lifts: list[str]
) -> None:
    admin = await administrator(people, database)
    await admin.post("/trainers/me")
    trainer = await people.trainer()
    own = await made(trainer, "/exercises", {"name": f"Zercher {uuid4().hex}"})
    asked = [{"exercise_id": own["id"], "sets": 3, "reps": 5}]

    private = await trainer.post(
        "/workout-templates", json=a_template(lifts, exercises=asked, blocks=[])
    )
    for_all = await admin.post(
        "/workout-templates", json=a_template(lifts, exercises=asked, blocks=[])
    )

    assert private.status_code == 201
    assert (for_all.status_code, for_all.json()["code"]) == (400, "exercise_unknown")
    assert for_all.json()["errors"][0]["pointer"] == "/exercises/0/exercise_id"


@pytest.mark.requirement("CAT-06")
async def test_what_is_a_trainers_is_nobody_elses(people: People, lifts: list[str]) -> None:
    trainer, athlete = await people.coached_pair()
    other = await people.trainer()
    template = await made(trainer, "/workout-templates", a_template(lifts))
    path = f"/workout-templates/{template['id']}"

    answers = [
        await athlete.get(path),
        await other.get(path),
        await other.put(path, json=a_template(lifts)),
        await other.delete(path),
        await other.post("/workouts", json=a_workout_body(template_id=template["id"])),
    ]

    assert [(one.status_code, one.json()["code"]) for one in answers] == [
        (404, "template_not_found")
    ] * 5
    for person in (athlete, other):
        assert template["id"] not in {
            one["id"] for one in await listed(person, "/workout-templates?page_size=100")
        }


@pytest.mark.requirement("CAT-06", "BEY-01")
async def test_without_the_scope_an_athlete_is_given_no_workout_of_a_template(
    people: People, lifts: list[str]
) -> None:
    trainer, athlete = await people.coached_pair()
    template = await made(trainer, "/workout-templates", a_template(lifts))
    [relation] = await listed(athlete, "/coaching/relations")
    await athlete.patch(
        f"/coaching/relations/{relation['id']}", json={"scopes": ["assign_workouts"]}
    )
    body = a_workout_body(template_id=template["id"])

    given = await trainer.post("/workouts", json={**body, "athlete_id": athlete.athlete_id})
    kept = await trainer.post("/workouts", json=body)

    assert (given.status_code, given.json()["code"]) == (403, "scope_required")
    assert given.json()["scope"] == "use_templates"
    assert kept.status_code == 201


@pytest.mark.requirement("CAT-06")
async def test_names_are_taken_once_per_owner_in_whatever_case(
    people: People, lifts: list[str]
) -> None:
    trainer, other = await people.trainer(), await people.trainer()
    body = a_template(lifts)
    first = await made(trainer, "/workout-templates", body)
    louder = {**body, "name": body["name"].upper()}

    again = await trainer.post("/workout-templates", json=louder)
    elsewhere = await other.post("/workout-templates", json=louder)
    await trainer.delete(f"/workout-templates/{first['id']}")
    later = await trainer.post("/workout-templates", json=louder)

    assert (again.status_code, again.json()["code"]) == (409, "template_name_taken")
    assert (elsewhere.status_code, later.status_code) == (201, 201)


@pytest.mark.requirement("CAT-06")
async def test_a_stale_change_is_refused(people: People, lifts: list[str]) -> None:
    trainer = await people.trainer()
    template = await made(trainer, "/workout-templates", a_template(lifts))
    path = f"/workout-templates/{template['id']}"
    changed = await trainer.put(path, json=a_template(lifts, tags=[]))

    stale = await trainer.put(path, json=a_template(lifts), headers={"If-Match": '"1"'})
    unchanged = await trainer.get(path, headers={"If-None-Match": changed.headers["etag"]})
    gone = await trainer.delete(path, headers={"If-Match": '"1"'})

    assert conforming(changed)["tags"] == []
    assert (stale.status_code, gone.status_code, unchanged.status_code) == (412, 412, 304)


@pytest.mark.requirement("CAT-06")
@pytest.mark.parametrize(
    ("wrong", "pointers"),
    [
        ({"name": ""}, ["/name"]),
        ({"name": None}, ["/name"]),
        ({"type": "yoga", "tags": [""]}, ["/type", "/tags/0"]),
        ({"tags": [str(number) for number in range(21)]}, ["/tags"]),
        ({"blocks": []}, ["/exercises/0/block", "/exercises/1/block"]),
        ({"workout_id": str(UUID(int=1))}, ["/exercises", "/blocks"]),
        ({"colour": "red"}, ["/colour"]),
    ],
    ids=str,
)
async def test_everything_wrong_with_a_template_is_pointed_at(
    people: People, lifts: list[str], wrong: dict[str, Any], pointers: list[str]
) -> None:
    trainer = await people.trainer()

    answer = await trainer.post("/workout-templates", json=a_template(lifts, **wrong))

    assert answer.status_code == 400, answer.text
    assert sorted(error["pointer"] for error in answer.json()["errors"]) == sorted(pointers)


async def test_an_empty_template_lacks_name_and_type(people: People) -> None:
    trainer = await people.trainer()

    answer = await trainer.post("/workout-templates", json={})

    errors = {error["pointer"]: error["code"] for error in answer.json()["errors"]}
    assert errors == {"/name": "missing", "/type": "missing"}


@pytest.mark.requirement("CAT-06")
async def test_a_workout_takes_exercises_or_a_template(people: People, lifts: list[str]) -> None:
    trainer = await people.trainer()
    template = await made(trainer, "/workout-templates", a_template(lifts))
    body = a_workout_body(template_id=template["id"])
    asked = [{"exercise_id": lifts[0], "sets": 3, "reps": 5}]

    both = await trainer.post("/workouts", json={**body, "exercises": asked})
    unknown = await trainer.post("/workouts", json={**body, "template_id": str(UUID(int=1))})

    assert both.json()["errors"][0]["pointer"] == "/exercises"
    assert (unknown.status_code, unknown.json()["code"]) == (404, "template_not_found")


@pytest.mark.requirement("CAT-06")
async def test_a_template_whose_exercise_is_gone_says_so(people: People, lifts: list[str]) -> None:
    trainer = await people.trainer()
    own = await made(trainer, "/exercises", {"name": f"Zercher {uuid4().hex}"})
    asked = [{"exercise_id": own["id"], "sets": 3, "reps": 5}]
    template = await made(
        trainer, "/workout-templates", a_template(lifts, exercises=asked, blocks=[])
    )
    await trainer.delete(f"/exercises/{own['id']}")

    answer = await trainer.post("/workouts", json=a_workout_body(template_id=template["id"]))

    assert (answer.status_code, answer.json()["code"]) == (400, "exercise_unknown")
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/template_id"]


@pytest.mark.requirement("CAT-06")
async def test_templates_are_searched_and_sorted(people: People, lifts: list[str]) -> None:
    trainer = await people.trainer()
    word = uuid4().hex
    for number, kind in enumerate(("strength", "hiit", "hiit")):
        await made(
            trainer,
            "/workout-templates",
            a_template(lifts, name=f"{word} {number}", type=kind, tags=[f"tag{number}"]),
        )

    async def names(query: str) -> list[str]:
        found = await listed(trainer, f"/workout-templates?search={word.upper()}&{query}")
        return [one["name"].removeprefix(f"{word} ") for one in found]

    assert await names("") == ["0", "1", "2"]
    assert await names("sort=-name") == ["2", "1", "0"]
    assert await names("type=hiit&sort=-created_at") == ["2", "1"]
    assert await names("tag=TAG1") == ["1"]
    assert await names("is_shipped=true") == []
    assert await names("page_size=2&page=2") == ["2"]
    assert (await trainer.get("/workout-templates?sort=tags")).status_code == 400


@pytest.mark.requirement("CAT-07", "CAC-14")
async def test_templates_are_cached_until_one_changes(
    people: People, api: httpx2.AsyncClient, lifts: list[str]
) -> None:
    trainer = await people.trainer()
    template = await made(trainer, "/workout-templates", a_template(lifts))
    path = f"/workout-templates/{template['id']}"
    await trainer.get(path)
    before = await figures(api)

    again = await trainer.get(path)
    after = await figures(api)
    await trainer.put(path, json=a_template(lifts, name=f"New {template['name']}"))
    changed = await trainer.get(path)

    assert conforming(again) == template
    assert (after["hit"], after["miss"]) == (before["hit"] + 1, before["miss"])
    assert conforming(changed)["name"] == f"New {template['name']}"


@pytest.mark.requirement("CAT-06")
async def test_a_repeated_request_makes_one_template(people: People, lifts: list[str]) -> None:
    trainer = await people.trainer()
    body, key = a_template(lifts), {"Idempotency-Key": uuid4().hex}

    first = await trainer.post("/workout-templates", json=body, headers=key)
    second = await trainer.post("/workout-templates", json=body, headers=key)

    assert second.json() == first.json()
    assert second.headers["idempotency-replayed"] == "true"


async def test_the_export_holds_own_templates(people: People, lifts: list[str]) -> None:
    trainer = await people.trainer()
    template = await made(trainer, "/workout-templates", a_template(lifts))

    [copy] = (await trainer.get("/me/export")).json()["data"]["workout_templates"]

    assert copy["name"] == template["name"]
    assert copy["exercises"][0]["targets"] == TARGETS
