"""Catching up after a gap: the missed events, or the whole session."""

import asyncio
from typing import Any

import pytest

from tests.builders.live import Training
from tests.builders.people import Person
from tests.hub.devices import Connect
from workout_presentation.hub.training_events import MOST_REPLAYED

pytestmark = pytest.mark.requirement("BEY-02")


async def resume(device: Any, training: Training, after: int) -> dict[str, Any]:
    answer: dict[str, Any] = await device.ask(
        "Resume", session_id=training.id, after_sequence=after
    )
    return answer


async def test_what_was_missed_is_told_as_it_was_pushed(
    connect: Connect, trainer: Person, training: Training
) -> None:
    watcher = await connect(trainer)
    await watcher.join(training.id)
    for number in range(5):
        await training.log(weight=100 + number)
    await training.progress(2)
    pushed = [{"event": name, **payload} for name, payload in await watcher.hears(6)]

    assert await resume(watcher, training, 3) == {"events": pushed[2:], "sequence": 7}
    assert await resume(watcher, training, 7) == {"events": [], "sequence": 7}
    assert (await resume(watcher, training, 0))["events"][1:] == pushed
    assert await training.events(1) == pushed


async def test_a_device_that_was_away_catches_up_without_joining(
    connect: Connect, trainer: Person, training: Training
) -> None:
    away = await connect(trainer)
    await away.join(training.id)
    await training.log()
    await away.hears(1)
    await away.close()
    await training.log()
    back = await connect(trainer)
    missed = await resume(back, training, away.sequences()[-1])

    assert [event["sequence"] for event in missed["events"]] == [3]
    await training.log()
    await back.settle()
    assert back.heard == []


async def test_a_sequence_from_the_future_gets_the_whole_session(
    connect: Connect, trainer: Person, training: Training
) -> None:
    await training.log()
    watcher = await connect(trainer)

    assert await resume(watcher, training, 99) == {"session": await training.shown(), "sequence": 2}


async def test_whoever_missed_too_much_gets_the_whole_session(
    connect: Connect, trainer: Person, training: Training, database: Any
) -> None:
    await training.log()
    await database.execute(
        """INSERT INTO session_events (session_id, sequence, event_id, name, occurred_at, payload)
        SELECT session_id, sequence + more, gen_random_uuid(), name, occurred_at, payload
        FROM session_events, generate_series(1, $2::int) AS more
        WHERE session_id = $1::uuid AND sequence = 2""",
        training.id,
        MOST_REPLAYED,
    )
    await database.execute(
        "UPDATE workout_sessions SET sequence = $2 WHERE id = $1::uuid",
        training.id,
        2 + MOST_REPLAYED,
    )
    watcher = await connect(trainer)

    assert await resume(watcher, training, 0) == {
        "session": await training.shown(),
        "sequence": 2 + MOST_REPLAYED,
    }
    assert len((await resume(watcher, training, 2))["events"]) == MOST_REPLAYED


async def test_resuming_while_sets_are_logged_leaves_no_gap_and_nothing_twice(
    connect: Connect, trainer: Person, training: Training
) -> None:
    watcher, sender = await connect(trainer), await connect(training.athlete)
    await watcher.join(training.id)

    async def write() -> None:
        for _ in range(40):
            await sender.ask("LogSet", **training.message())

    async with asyncio.TaskGroup() as tasks:
        writing = tasks.create_task(write())
        answers = []
        while not writing.done():
            answers.append(await resume(watcher, training, 1))
    await watcher.hears(1)
    await watcher.settle()

    for answer in answers:
        told = [event["sequence"] for event in answer["events"]]
        assert told == list(range(2, answer["sequence"] + 1))
    assert watcher.sequences() == sorted(set(watcher.sequences()))
    seen = {event["sequence"] for event in answers[-1]["events"]} | set(watcher.sequences())
    assert seen == set(range(2, 42))
