"""What was planned and performed follows a merged exercise, through outbox, relay and schedule."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from tests.builders.administrators import administrator
from tests.builders.catalogue import an_exercise_of
from tests.builders.live import Training, ad_hoc_session, assigned_workout
from tests.builders.people import People, Person
from tests.fakes.clock import AdjustableClock
from tests.worker.conftest import Workers
from tests.worker.test_delivery import delivered
from workout_application.messaging.actor import SYSTEM
from workout_application.training.commands.move_merged_training import MoveMergedTraining
from workout_application.training.merging import SETTLED
from workout_presentation.composition.container import Container
from workout_presentation.worker.schedules import SCHEDULES


async def merged(person: Person, source: dict[str, Any], into: dict[str, Any]) -> None:
    """Let one exercise become another."""
    answer = await person.post(f"/exercises/{source['id']}/merge", json={"into_id": into["id"]})
    assert answer.status_code == 200, answer.text


async def told(person: Person, into: dict[str, Any]) -> dict[str, Any]:
    """Return the newest merge into an exercise."""
    answer = await person.get(f"/exercises/{into['id']}/merges")
    assert answer.status_code == 200, answer.text
    merge: dict[str, Any] = answer.json()["data"][0]
    return merge


async def moved(container: Container, **fields: Any) -> int:
    """Send the schedule's command until nothing is left; return how often something moved."""
    batches = 0
    while await container.mediator().send(MoveMergedTraining(**fields), actor=SYSTEM):
        batches += 1
    return batches


async def trained(
    trainer: Person, athlete: Person, exercise: dict[str, Any], *others: dict[str, Any]
) -> Training:
    """Let an athlete do two sets of an exercise as planned, and one of each other, and end."""
    workout = await assigned_workout(trainer, athlete, exercise["id"])
    for one in others:
        asked = {"exercise_id": one["id"], "sets": 2, "reps": 5}
        added = await trainer.post(f"/workouts/{workout['id']}/exercises", json=asked)
        assert added.status_code == 201, added.text
    started = await athlete.post(f"/workouts/{workout['id']}/sessions")
    training = Training(athlete, exercise["id"], started.json()["data"])
    for _ in range(2):
        await training.log()
    await training.progress(2)
    for one in others:
        await training.log(exercise_id=one["id"])
    return training


def planned(session: dict[str, Any]) -> dict[str, tuple[int, int]]:
    """Return planned and completed sets by exercise."""
    return {
        log["exercise_id"]: (log["planned_sets"], log["completed_sets"])
        for log in session["exercise_logs"]
    }


@pytest.mark.requirement("BEY-14")
async def test_sessions_and_plans_follow_and_it_is_kept_how_much(
    people: People, workers: Workers, clock: AdjustableClock
) -> None:
    trainer, athlete = await people.coached_pair()
    source, target = await an_exercise_of(trainer), await an_exercise_of(trainer)
    apart = await trained(trainer, athlete, source)
    await apart.end()
    both = await trained(trainer, athlete, source, target)
    await both.end()
    before = [await apart.shown(), await both.shown()]
    container = workers(redis="")

    await merged(trainer, source, target)
    await delivered(container)
    await delivered(container)

    after = [await apart.shown(), await both.shown()]
    for old, new in zip(before, after, strict=True):
        assert [one["id"] for one in new["sets"]] == [one["id"] for one in old["sets"]]
        assert {one["exercise_id"] for one in new["sets"]} == {target["id"]}
        assert {one["exercise_name"] for one in new["sets"]} == {target["name"]}
        assert new["revision"] == old["revision"] + 1
        assert new["updated_at"] > old["updated_at"]
    assert [planned(one) for one in after] == [{target["id"]: (3, 2)}, {target["id"]: (5, 2)}]
    workout = (await trainer.get(f"/workouts/{both.session['workout_id']}")).json()["data"]
    assert [one["exercise_id"] for one in workout["exercises"]] == [target["id"]] * 2
    merge = await told(trainer, target)
    assert (merge["sessions"], merge["sets"], merge["workouts"]) == (2, 4, 2)
    assert merge["templates"] == 0
    assert merge["finished_at"] is None
    clock.advance(SETTLED + timedelta(seconds=1))
    assert await moved(container) == 0
    await delivered(container)
    finished = await told(trainer, target)
    assert finished["finished_at"] is not None
    assert {**finished, "finished_at": None} == merge


@pytest.mark.requirement("BEY-14", "CAT-07")
async def test_templates_follow_and_the_next_read_shows_it(
    people: People, workers: Workers
) -> None:
    trainer = await people.trainer()
    source, target = await an_exercise_of(trainer), await an_exercise_of(trainer)
    asked = [{"exercise_id": one["id"], "sets": 3, "reps": 5} for one in (source, target)]
    body = {"name": "Pressing", "type": "strength", "exercises": asked}
    made = (await trainer.post("/workout-templates", json=body)).json()["data"]
    path = f"/workout-templates/{made['id']}"
    assert (await trainer.get(path)).json()["data"] == made
    # With the server's Redis, for its answers; what follows needs no queue.
    container, counting = workers(), workers(redis="")

    await merged(trainer, source, target)
    await moved(container)
    await delivered(counting)
    await container.cache().close()

    after = (await trainer.get(path)).json()["data"]
    assert [one["exercise_id"] for one in after["exercises"]] == [target["id"]] * 2
    assert after["revision"] == made["revision"] + 1
    assert (await told(trainer, target))["templates"] == 1


@pytest.mark.requirement("BEY-14")
async def test_a_running_session_keeps_its_exercise_until_it_ends(
    people: People, workers: Workers, clock: AdjustableClock
) -> None:
    trainer, athlete = await people.coached_pair()
    source, target = await an_exercise_of(trainer), await an_exercise_of(trainer)
    training = await trained(trainer, athlete, source)
    container = workers(redis="")
    await merged(trainer, source, target)
    await delivered(container)
    clock.advance(SETTLED + timedelta(seconds=1))
    await moved(container)
    await delivered(container)

    logged = await training.log()
    running = await training.shown()
    open_still = await told(trainer, target)
    await training.end()
    await moved(container)
    await delivered(container)

    assert logged["exercise_id"] == source["id"]
    assert set(planned(running)) == {source["id"]}
    assert open_still["finished_at"] is None
    ended = await training.shown()
    assert {one["exercise_id"] for one in ended["sets"]} == {target["id"]}
    assert len(ended["sets"]) == 3
    await moved(container)
    await delivered(container)
    assert (await told(trainer, target))["finished_at"] is not None


@pytest.mark.requirement("BEY-14")
async def test_a_long_history_follows_in_batches_each_counted_once(
    people: People, workers: Workers
) -> None:
    trainer, athlete = await people.coached_pair()
    source, target = await an_exercise_of(trainer), await an_exercise_of(trainer)
    sessions = []
    for _ in range(5):
        training = await ad_hoc_session(athlete)
        await training.log(exercise_id=source["id"])
        await training.end()
        sessions.append(training)
    # A worker that knows nothing of merges: the whole history waits for the schedule.
    await merged(trainer, source, target)
    container = workers(redis="")

    batches = await moved(container, limit=2)
    await delivered(container)
    await delivered(container)

    assert batches == 3
    merge = await told(trainer, target)
    assert (merge["sessions"], merge["sets"]) == (5, 5)
    for one in sessions:
        assert {s["exercise_id"] for s in (await one.shown())["sets"]} == {target["id"]}


@pytest.mark.requirement("BEY-14")
async def test_a_session_somebody_is_changing_waits_for_the_next_batch(
    people: People, workers: Workers, database_url: str
) -> None:
    trainer, athlete = await people.coached_pair()
    source, target = await an_exercise_of(trainer), await an_exercise_of(trainer)
    training = await trained(trainer, athlete, source)
    await training.end()
    container = workers(redis="")
    await merged(trainer, source, target)
    other = await asyncpg.connect(database_url)
    async with other.transaction():
        await other.execute(
            "SELECT 1 FROM workout_sessions WHERE id = $1 FOR UPDATE", UUID(training.id)
        )
        await moved(container)
        meanwhile = await training.shown()
    await other.close()

    await moved(container)

    assert {one["exercise_id"] for one in meanwhile["sets"]} == {source["id"]}
    after = await training.shown()
    assert {one["exercise_id"] for one in after["sets"]} == {target["id"]}


@pytest.mark.requirement("BEY-14")
async def test_what_became_another_twice_ends_where_the_second_leads(
    people: People, workers: Workers
) -> None:
    trainer, athlete = await people.coached_pair()
    first, second, third = [await an_exercise_of(trainer) for _ in range(3)]
    training = await trained(trainer, athlete, first, second)
    await training.end()
    container = workers(redis="")

    await merged(trainer, first, second)
    await merged(trainer, second, third)
    await moved(container)

    after = await training.shown()
    assert planned(after) == {third["id"]: (5, 2)}
    assert {one["exercise_id"] for one in after["sets"]} == {third["id"]}


@pytest.mark.requirement("BEY-14", "STR-09")
async def test_suggested_maxima_are_those_of_what_an_exercise_became(
    people: People, workers: Workers
) -> None:
    trainer, athlete = await people.coached_pair()
    source, target, other = [await an_exercise_of(trainer) for _ in range(3)]
    training = await trained(trainer, athlete, source, target, other)
    heavy = await training.log(weight=200)
    container = workers(redis="")

    async def suggested(**query: str) -> list[tuple[str, str, str]]:
        answer = await athlete.get("/tools/one-rep-max/suggestions", params=query)
        assert answer.status_code == 200, answer.text
        return [
            (one["exercise_id"], one["exercise_name"], one["source_set"]["set_id"])
            for one in answer.json()["data"]
        ]

    await merged(trainer, source, target)
    best = (target["id"], target["name"], heavy["id"])
    running = [await suggested(exercise_id=one["id"]) for one in (source, target)]
    all_running = await suggested()
    await training.end()
    await moved(container)
    followed = [await suggested(exercise_id=one["id"]) for one in (source, target)]

    assert running == followed == [[best], [best]]
    assert [one[0] for one in all_running].count(target["id"]) == 1
    assert {one[0] for one in all_running} == {target["id"], other["id"]}
    assert await suggested() == all_running


def test_the_schedule_goes_on_until_nothing_is_left() -> None:
    [schedule] = [one for one in SCHEDULES if isinstance(one.command(), MoveMergedTraining)]

    assert schedule.until_nothing_left
    assert schedule.seconds <= 60


# types of sets


@pytest.mark.requirement("CAT-03")
async def test_sessions_are_counted_anew_when_a_type_warms_up_from_now_on(
    people: People, workers: Workers, database: Any
) -> None:
    admin, athlete = await administrator(people, database), await people.athlete()
    code = f"of_{athlete.user['username']}"
    made = await admin.post("/set-types", json={"code": code, "name": "Ramp"})
    path = f"/set-types/{made.json()['data']['id']}"
    with_one, without = await ad_hoc_session(athlete), None
    await with_one.log(set_type=code)
    await with_one.end()
    without = await ad_hoc_session(athlete)
    await without.log()
    await without.end()
    container = workers(redis="")
    await delivered(container)
    before = [await one.shown() for one in (with_one, without)]

    await admin.put(path, json={"name": "Ramp up"})
    await delivered(container)
    renamed = [await one.shown() for one in (with_one, without)]
    await admin.put(path, json={"name": "Ramp up", "is_warm_up": True})
    await delivered(container)
    after = [await one.shown() for one in (with_one, without)]

    assert renamed == before
    assert after[0]["revision"] == before[0]["revision"] + 1
    assert after[0]["updated_at"] > before[0]["updated_at"]
    assert after[1] == before[1]
    settled = await database.fetchval(
        "SELECT settled_at = updated_at FROM workout_sessions WHERE id = $1", UUID(with_one.id)
    )
    assert settled


@pytest.mark.requirement("CAT-03")
async def test_many_sessions_are_marked_batch_by_batch_each_once(
    people: People, workers: Workers, database: Any
) -> None:
    admin, athlete = await administrator(people, database), await people.athlete()
    code = f"of_{athlete.user['username']}"
    made = await admin.post("/set-types", json={"code": code, "name": "Ramp"})
    sessions = []
    for _ in range(5):
        training = await ad_hoc_session(athlete)
        await training.log(set_type=code)
        await training.end()
        sessions.append(await training.shown())
    container = workers(redis="")
    [reaction] = [
        one
        for one in container.training.reactions()
        if one.name == "when_set_type_updated_recount_sessions"
    ]
    container = workers(
        type(reaction)(reaction._sessions, reaction._recorder, reaction._clock, batch=2), redis=""
    )

    body = {"name": "Ramp", "is_warm_up": True}
    await admin.put(f"/set-types/{made.json()['data']['id']}", json=body)
    for _ in range(4):
        await delivered(container)

    for before in sessions:
        after = (await athlete.get(f"/sessions/{before['id']}")).json()["data"]
        assert after["revision"] == before["revision"] + 1
    batches = await database.fetch(
        """SELECT payload->>'sessions' AS sessions FROM outbox_messages
        WHERE kind = 'workout.sets.recounted' AND aggregate_id = $1 ORDER BY id""",
        UUID(made.json()["data"]["id"]),
    )
    assert [row["sessions"] for row in batches] == ["2", "2", "1"]
