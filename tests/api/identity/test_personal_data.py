"""Somebody takes a copy of all that is held about them: everything, and of others only names."""

import json
import re
from datetime import UTC
from time import perf_counter
from typing import Any, Final
from uuid import UUID

import pytest

from tests.api.contract import conforming
from tests.architecture.registries import tables
from tests.builders.live import planned_session
from tests.builders.logins import an_attempt
from tests.builders.people import People, Person
from tests.fakes.clock import AdjustableClock
from workout_application.messaging.actor import SYSTEM
from workout_infrastructure.persistence.personal_data import Part, SqlPersonalData
from workout_infrastructure.persistence.unit_of_work import current_work
from workout_presentation.composition.container import Container
from workout_presentation.composition.identity import PERSONAL_DATA

OF_SOMEBODY: Final = re.compile(r"(\w+_)?(user|athlete|trainer|owner|actor)_id")
NOT_EXPORTED: Final = {
    "session_rollups": "worked out of sessions and sets, which are copied",
    "exercise_rollups": "worked out of sessions and sets, which are copied",
    "exercise_totals": "worked out of sessions and sets, which are copied",
    "training_totals": "worked out of sessions and sets, which are copied",
    "personal_records": "worked out of sessions and sets, which are copied",
    "one_time_tokens": "tokens that are good for minutes, known by their hashes only",
    "idempotency_keys": "answers somebody got already, kept sealed for a day",
    "outbox_messages": "passing messages, about what is exported where it is kept",
    "audit_log": "kept for the security of all; who was involved is a matter of others as well",
}
SECRETS: Final = ("password_hash", "token_hash", "key_hash", "sealed_secret", "code_hash", "bucket")


async def copied(person: Person) -> dict[str, Any]:
    answer = await person.get("/me/export")
    assert answer.status_code == 200, answer.text
    conforming(answer)
    data: dict[str, Any] = answer.json()["data"]
    return data


@pytest.mark.requirement("SEC-08")
async def test_the_copy_holds_everything_of_the_caller(
    people: People, database: Any, clock: AdjustableClock
) -> None:
    trainer = await people.register("both")
    athlete = await people.register(
        phone_number="+43 660 123", time_zone="Europe/Vienna", gender="female"
    )
    relation = await people.relate(trainer, athlete)
    training = await planned_session(trainer, athlete)
    logged = await training.log(weight=102.5)
    attempt = await an_attempt(database, athlete.user["id"], clock.now())
    of_relation = f"/coaching/relations/{relation['id']}"
    for visibility in ("shared", "coach_only"):
        note = {"text": f"A {visibility} note", "visibility": visibility}
        assert (await trainer.post(f"{of_relation}/notes", note)).status_code == 201
    group = {"name": "Juniors", "athlete_ids": [athlete.athlete_id]}
    assert (await trainer.post("/coaching/groups", group)).status_code == 201
    assert (await trainer.get(f"/sessions/{training.id}")).status_code == 200
    await athlete.get("/coaching/access-log")

    copy = await copied(athlete)

    assert copy["schema_version"] == 1
    account = copy["account"]
    assert {name: account[name] for name in ("username", "email", "phone_number", "gender")} == {
        name: athlete.user[name] for name in ("username", "email", "phone_number", "gender")
    }
    assert account["created_at"] == athlete.user["created_at"]
    assert copy["roles"] == ["athlete"]
    assert (copy["profiles"]["trainer"], copy["profiles"]["athlete"]["id"]) == (
        None,
        athlete.athlete_id,
    )
    assert attempt in [one["id"] for one in copy["login_history"]]
    assert [one["text"] for one in copy["notes"]] == ["A shared note"]
    assert copy["groups"] == []
    assert {one["subject"] for one in copy["access_log"]} >= {"session"}
    assert len(copy["login_sessions"]) == 1
    assert [(one["id"], one["trainer_name"]) for one in copy["relations"]] == [
        (relation["id"], trainer.user["name"])
    ]
    assert [one["id"] for one in copy["assigned_workouts"]] == [training.session["workout_id"]]
    assert copy["planned_workouts"] == []
    (session,) = copy["sessions"]
    assert session["id"] == training.id
    ((done,),) = (session["sets"],)
    assert (done["id"], done["weight"], len(done["reps"])) == (
        logged["id"],
        102.5,
        logged["number_reps"],
    )
    of_trainer = await copied(trainer)
    assert [one["id"] for one in of_trainer["planned_workouts"]] == [training.session["workout_id"]]
    assert of_trainer["sessions"] == []
    assert len(of_trainer["notes"]) == 2
    assert [one["athlete_ids"] for one in of_trainer["groups"]] == [[athlete.athlete_id]]
    assert len(of_trainer["invitations"]) == 1


async def test_the_copy_is_a_file_and_taking_it_is_noted(
    people: People, database: Any, clock: AdjustableClock
) -> None:
    person = await people.athlete()

    answer = await person.get("/me/export")

    day = clock.now().astimezone(UTC).date()
    assert answer.headers["content-disposition"] == (
        f'attachment; filename="workout-export-{day}.json"'
    )
    assert answer.headers["cache-control"] == "private, no-cache"
    noted = await database.fetchval(
        "SELECT count(*) FROM audit_log WHERE actor_id = $1::uuid AND action = $2",
        person.user["id"],
        "user.data.exported",
    )
    assert noted == 1
    assert (await person.get("/me/export?athlete_id=1")).status_code == 400


@pytest.mark.requirement("SEC-10")
async def test_the_copy_holds_no_secret_and_of_others_only_names(
    people: People, database: Any
) -> None:
    trainer, athlete = await people.coached_pair()
    await planned_session(trainer, athlete)
    await trainer.post("/coaching/invitations", json={"email": "somebody.else@example.org"})

    for one, other in ((trainer, athlete), (athlete, trainer)):
        text = json.dumps(await copied(one))
        assert other.user["email"] not in text
        assert other.user["username"] not in text.replace(one.user["email"], "")
        assert "somebody.else@example.org" not in text
        assert [word for word in SECRETS if word in text] == []
        password_hash = await database.fetchval(
            "SELECT password_hash FROM users WHERE id = $1::uuid", one.user["id"]
        )
        assert password_hash not in text


def test_every_table_about_somebody_is_copied_or_left_out_for_a_reason() -> None:
    about = {
        name
        for name, table in tables().items()
        if any(OF_SOMEBODY.fullmatch(column) for column in table.columns.keys())  # noqa: SIM118 - columns of SQLAlchemy
    }
    copied_ones = {
        name
        for name in about
        if any(re.search(rf"\b(FROM|JOIN) {name}\b", part.sql) for part in PERSONAL_DATA)
    }

    assert about - copied_ones == set(NOT_EXPORTED) & about
    assert set(NOT_EXPORTED) <= about
    assert {"workout_sessions", "coaching_relations", "notifications", "exercises"} <= copied_ones


@pytest.fixture
async def much(people: People, database: Any) -> Person:
    """Return an athlete with fifty thousand sets, of five repetitions each."""
    athlete = await people.athlete()
    squat = await database.fetchval(
        "SELECT id FROM exercises WHERE name = 'Back Squat' OR owner_id IS NULL ORDER BY 1 LIMIT 1"
    )
    normal = await database.fetchval("SELECT id FROM set_types WHERE code = 'normal'")
    async with database.transaction():
        await database.execute(
            """INSERT INTO workout_sessions
                (id, revision, created_at, updated_at, user_id, name, session_date, started_at,
                 status, last_activity_at, settled_at, sequence)
            SELECT gen_random_uuid(), 1, now(), now(), $1, 'Day ' || n,
                   now() - n * interval '1 day', now(), 'completed', now(), now(), 26
            FROM generate_series(1, 2000) AS n""",
            UUID(athlete.user["id"]),
        )
        await database.execute(
            """INSERT INTO performed_sets
                (id, session_id, exercise_id, set_type_id, weight, unit, number_reps, performed_at,
                 sequence, created_at, updated_at)
            SELECT gen_random_uuid(), s.id, $2, $3, 100, 'kilograms', 5, now(), n, now(), now()
            FROM workout_sessions s, generate_series(1, 25) AS n WHERE s.user_id = $1""",
            UUID(athlete.user["id"]),
            squat,
            normal,
        )
        await database.execute(
            """INSERT INTO performed_reps
                (id, set_id, session_id, rep_number, weight, unit, success, created_at)
            SELECT gen_random_uuid(), p.id, p.session_id, n, 100, 'kilograms', TRUE, now()
            FROM performed_sets p JOIN workout_sessions s ON s.id = p.session_id,
                 generate_series(1, 5) AS n WHERE s.user_id = $1""",
            UUID(athlete.user["id"]),
        )
    await database.execute("ANALYZE workout_sessions, performed_sets, performed_reps")
    return athlete


async def test_fifty_thousand_sets_are_copied_in_time(much: Person, database: Any) -> None:
    began = perf_counter()

    answer = await much.get("/me/export", timeout=60)

    assert answer.status_code == 200, answer.text
    sessions = json.loads(answer.content)["data"]["sessions"]
    assert sum(len(one["sets"]) for one in sessions) == 50_000
    assert perf_counter() - began < 15
    await database.execute("DELETE FROM workout_sessions WHERE user_id = $1::uuid", much.user["id"])


class ChangesMidway(SqlPersonalData):
    """Lets somebody else change a row after the first part was read."""

    changed: Any = None

    async def _read(self, part: Part, user_id: UUID) -> bytes:
        read = await super()._read(part, user_id)
        await self.changed(user_id)
        return read


async def test_the_copy_is_of_one_moment(
    people: People, container: Container, database: Any
) -> None:
    athlete = await people.athlete()
    (profiles,) = [part for part in PERSONAL_DATA if part.name == "profiles"]

    async def change(user_id: UUID) -> None:
        await database.execute(
            "UPDATE athletes SET created_at = created_at - interval '1 day' WHERE user_id = $1",
            user_id,
        )

    data = ChangesMidway(current_work, [profiles, Part("again", profiles.sql, is_list=False)])
    data.changed = change
    async with container.units_of_work().transaction(SYSTEM, appends=True):
        copy = await data.of(UUID(athlete.user["id"]))

    assert copy["profiles"] == copy["again"]
