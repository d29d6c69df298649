"""What a request changed makes kept answers stale: the ones it bears on, and no others."""

from typing import Any, Final
from uuid import UUID

import pytest

from tests.builders.people import People, Person
from tests.conftest import settings_for
from tests.waiting import until
from workout_application.reporting.staleness import exercise_of, plans_of, sessions_of, sets_of
from workout_infrastructure.cache.service import FallbackCache, build_cache
from workout_presentation.composition.container import Container

SET: Final = {"set_type": "normal", "weight": 100, "unit": "kilograms", "number_reps": 5}


async def two_exercises(person: Person) -> list[str]:
    """Return two exercises that are lifted."""
    found = await person.get("/exercises", params={"search": "squat", "page_size": 50})
    lifted = [one["id"] for one in found.json()["data"] if one["measurement_type"] == "weight_reps"]
    return lifted[:2]


async def a_session(person: Person) -> str:
    """Start a session of one's own."""
    body = {"name": "Evening", "session_date": "2026-03-02T18:00:00Z"}
    started = await person.post("/sessions", json=body)
    assert started.status_code == 201, started.text
    return str(started.json()["data"]["id"])


async def log(person: Person, session: str, exercise: str) -> dict[str, Any]:
    """Log a set."""
    logged = await person.post(f"/sessions/{session}/sets", json={"exercise_id": exercise, **SET})
    assert logged.status_code == 201, logged.text
    made: dict[str, Any] = logged.json()["data"]
    return made


class Kept:
    """Keeps something under each tag, and tells what is left."""

    def __init__(self, cache: FallbackCache, **tags: str) -> None:
        self._cache, self._tags = cache, tags

    async def again(self) -> None:
        """Keep everything anew."""
        for name, tag in self._tags.items():
            await self._cache.set(f"reports:{tag}", name.encode(), tags=(tag,))

    async def left(self) -> set[str]:
        """Return what is still fresh."""
        return {name for name, tag in self._tags.items() if await self._cache.get(f"reports:{tag}")}


@pytest.mark.requirement("CAC-06", "CAC-12")
async def test_a_set_outdates_reports_of_its_exercise_and_of_nobody_else(
    people: People, container: Container
) -> None:
    ana, ben = await people.athlete(), await people.athlete()
    squat, other = await two_exercises(ana)
    ana_id, ben_id = UUID(ana.user["id"]), UUID(ben.user["id"])
    session = await a_session(ana)
    kept = Kept(
        container.cache(),
        sets=sets_of(ana_id),
        squat=exercise_of(ana_id, UUID(squat)),
        other=exercise_of(ana_id, UUID(other)),
        sessions=sessions_of(ana_id),
        bens=sets_of(ben_id),
        bens_squat=exercise_of(ben_id, UUID(squat)),
    )
    untouched = {"other", "sessions", "bens", "bens_squat"}

    await kept.again()
    made = await log(ana, session, squat)
    assert await kept.left() == untouched
    await kept.again()
    assert (await ana.put(f"/sets/{made['id']}", json={"weight": 105})).status_code == 200
    assert await kept.left() == untouched
    await kept.again()
    assert (await ana.delete(f"/sets/{made['id']}")).status_code in {200, 204}
    assert await kept.left() == untouched
    await kept.again()
    assert (await ana.post(f"/sessions/{session}/complete")).status_code == 200
    assert await kept.left() == {"sets", "squat", "other", "bens", "bens_squat"}


@pytest.mark.requirement("CAC-06")
async def test_an_assigned_workout_outdates_the_athletes_plans(
    people: People, container: Container
) -> None:
    trainer, athlete = await people.coached_pair()
    squat, _ = await two_exercises(trainer)
    athlete_id = UUID(athlete.athlete_id)
    kept = Kept(
        container.cache(), plans=plans_of(athlete_id), sets=sets_of(UUID(athlete.user["id"]))
    )
    await kept.again()

    planned = await trainer.post(
        "/workouts",
        json={
            "name": "Lower body",
            "type": "strength",
            "scheduled_date": "2030-01-07T17:00:00Z",
            "athlete_id": str(athlete_id),
            "exercises": [{"exercise_id": squat, "sets": 3, "reps": 5}],
        },
    )

    assert planned.status_code == 201, planned.text
    assert await kept.left() == {"sets"}


@pytest.mark.requirement("CAC-31")
async def test_another_process_hears_of_a_set_within_moments(
    people: People, redis_url: str
) -> None:
    ana = await people.athlete()
    squat, _ = await two_exercises(ana)
    session = await a_session(ana)
    environment = settings_for("postgresql://nobody@localhost/no", redis_url).environment
    elsewhere = build_cache(redis_url, environment)
    kept = Kept(elsewhere, sets=sets_of(UUID(ana.user["id"])))
    await kept.again()

    await log(ana, session, squat)

    async def is_gone() -> bool:
        return not await kept.left()

    await until(is_gone, within=2)
    await elsewhere.close()
