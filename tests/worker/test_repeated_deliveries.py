"""However often one event is delivered to a reaction of the product, it has one effect."""

import asyncio
import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.architecture.registries import wired
from tests.builders.mails import Mailbox
from tests.builders.people import People, Person
from tests.worker.conftest import Workers
from tests.worker.stage import Stage
from tests.worker.test_delivery import delivered
from workout_application.catalogue.staleness import STALE_BY as STALE_BY_OF_CATALOGUE

DELIVERIES = 3
SUBSCRIPTIONS = [
    (reaction.name, kind) for reaction in wired().reactions() for kind in reaction.subscribes_to
]


def payload(trainer: Person, athlete: Person, other: Person) -> dict[str, Any]:
    """Return every field any of the reactions reads."""
    return {
        "trainer_id": trainer.trainer_id,
        "trainer_user_id": trainer.user["id"],
        "athlete_id": athlete.athlete_id,
        "previous_athlete_id": None,
        "athlete_user_id": athlete.user["id"],
        "user_id": athlete.user["id"],
        "by_reset": True,
        "is_new_device": True,
        "ip_address": "192.0.2.7",
        "new_trainer_id": other.trainer_id,
        "new_trainer_user_id": other.user["id"],
        "new_relation_id": str(uuid4()),
        "note_id": str(uuid4()),
        "visibility": "shared",
        "invitation_id": str(uuid4()),
        "relation_id": str(uuid4()),
        "workout_id": str(uuid4()),
        "session_id": str(uuid4()),
        "exercise_id": str(uuid4()),
        "name": "Heavy squats",
        "by": "athlete",
        "duration_minutes": 45,
        "merge_id": str(uuid4()),
        "into_id": str(uuid4()),
        "set_type_id": str(uuid4()),
        "up_to": None,
        "warm_up_changed": True,
        "is_finished": True,
        **dict.fromkeys(("sessions", "sets", "workouts", "templates"), 0),
        "user_ids": [athlete.user["id"]],
        "trainer_ids": [trainer.trainer_id],
    }


QUIET = {
    "user.deleted", "workout.plan.changed", "workout.plan.closed", "workout.progress.updated",
    "workout.session.abandoned", "workout.session.changed", "workout.session.reopened",
    "workout.exercise.substituted", "workout.set.changed",
    "workout.set.logged", "workout.set.removed", "coaching.athlete.updated",
    "coaching.relation.scopes_changed", "workout.sets.recounted", *STALE_BY_OF_CATALOGUE,
}  # fmt: skip
"""Kinds after which nobody is told anything; what they erase or outdate is asked for elsewhere."""


@pytest.mark.requirement("EVT-06")
@pytest.mark.parametrize(("reaction", "kind"), SUBSCRIPTIONS)
async def test_an_event_delivered_three_times_has_one_effect(
    people: People,
    workers: Workers,
    stage: Stage,
    database: Any,
    tmp_path: Path,
    reaction: str,
    kind: str,
) -> None:
    trainer, athlete = await people.coached_pair()
    await delivered(workers(redis=""))
    container = workers(redis="", mail_dir=tmp_path)
    users = [trainer.user["id"], athlete.user["id"]]
    told = "SELECT count(*) FROM notifications WHERE user_id = ANY ($1::uuid[])"
    before = await database.fetchval(told, users)
    (message_id,) = await stage.publish(kind=kind)
    await database.execute(
        "UPDATE outbox_messages SET payload = $2::text::json WHERE id = $1::uuid",
        message_id,
        json.dumps(payload(trainer, athlete, await people.trainer())),
    )

    for _ in range(DELIVERIES):
        await database.execute(
            "UPDATE outbox_messages SET relayed_at = NULL WHERE id = $1::uuid", message_id
        )
        await delivered(container)
    reactor = container.jobs.reactor()
    await asyncio.gather(*(reactor.react(reaction, [message_id]) for _ in range(DELIVERIES)))

    mails = Mailbox(tmp_path).of(athlete.user["email"])
    effects = await database.fetchval(told, users) - before + len(mails)
    assert effects == (0 if kind in QUIET else 1)
    entries = await database.fetch(
        "SELECT subscriber, status FROM inbox_entries WHERE message_id = $1::uuid", message_id
    )
    waiting_for_it = [name for name, subscribed in SUBSCRIPTIONS if subscribed == kind]
    assert sorted(map(tuple, entries)) == [(name, "done") for name in sorted(waiting_for_it)]
