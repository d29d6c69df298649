"""Somebody deletes their account: nobody gets in by it, and every context lets go of them."""

from typing import Any
from uuid import UUID

import httpx2
import pytest

from tests.builders.gym import NOON
from tests.builders.live import ad_hoc_session, planned_session
from tests.builders.logins import an_attempt
from tests.builders.people import PASSWORD, People, Person
from tests.fakes.clock import AdjustableClock
from tests.hub.conftest import connect
from tests.hub.devices import Connect
from tests.worker.conftest import Workers
from tests.worker.test_delivery import delivered
from workout_application.messaging.actor import SYSTEM
from workout_application.training.commands.purge_training_of_deleted import (
    PurgeTrainingOfDeleted,
)
from workout_presentation.composition.container import Container


async def delete(person: Person) -> None:
    answer = await person.delete("/me")
    assert (answer.status_code, answer.content) == (204, b"")


async def purge(container: Container, limit: int = 100) -> list[int]:
    """Purge until nothing is left; returns the sizes of the batches."""
    sizes = []
    while True:
        command = PurgeTrainingOfDeleted(limit=limit)
        sizes.append(await container.mediator().send(command, actor=SYSTEM))
        if not sizes[-1]:
            return sizes


async def told_of(database: Any, text: str) -> dict[str, int]:
    """Count the rows of every table in which a text stands."""
    tables = await database.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    counts = {
        name: await database.fetchval(
            f'SELECT count(*) FROM "{name}" t WHERE t::text ILIKE $1', f"%{text}%"
        )
        for (name,) in tables
    }
    return {name: count for name, count in counts.items() if count}


@pytest.mark.requirement("SEC-08")
async def test_after_it_nobody_gets_in_and_name_and_address_are_free(
    people: People, api: httpx2.AsyncClient, database: Any
) -> None:
    registration = people.registration("both", phone_number="+43 660 7771", first_name="Quirin")
    await api.post("/auth/register", json=registration)
    credentials = {"username": registration["username"], "password": PASSWORD}
    tokens = (await api.post("/auth/login", json=credentials)).json()["data"]
    person = Person(api, {}, tokens)
    user = (await person.get("/me")).json()["data"]

    await delete(person)

    for method, path in (("GET", "/me"), ("DELETE", "/me"), ("GET", "/sessions")):
        assert (await person.request(method, path)).status_code == 401
    refresh = {"refresh_token": person.tokens["refresh_token"]}
    assert (await person.api.post("/auth/refresh", json=refresh)).status_code == 401
    refused = await person.api.post("/auth/login", json=credentials)
    assert (refused.status_code, refused.json()["code"]) == (401, "invalid_credentials")
    row = await database.fetchrow("SELECT * FROM users WHERE id = $1::uuid", user["id"])
    assert row["username"] == f"deleted-{UUID(user['id']).hex[-12:]}"
    assert row["email"] == f"{user['id']}@deleted.invalid"
    assert (row["first_name"], row["last_name"]) == ("Deleted", "user")
    assert row["deleted_at"] is not None
    for name in ("password_hash", "phone_number", "date_of_birth", "profile_picture_url"):
        assert row[name] is None
    assert await told_of(database, "Quirin") == {}
    assert await told_of(database, registration["email"]) == {}
    event = await database.fetchrow(
        "SELECT actor_id, details FROM audit_log WHERE subject_id = $1::uuid AND action = $2",
        user["id"],
        "user.deleted",
    )
    assert str(event["actor_id"]) == user["id"]

    again = await api.post("/auth/register", json=registration)
    assert again.status_code == 201
    assert again.json()["data"]["id"] != user["id"]
    assert again.json()["data"]["trainer_id"] != user["trainer_id"]


async def test_what_let_somebody_in_and_where_they_were_is_gone(
    people: People, database: Any, clock: AdjustableClock
) -> None:
    person = await people.athlete()
    user_id = UUID(person.user["id"])
    attempt = await an_attempt(database, person.user["id"], clock.now(), ip_address="198.51.100.9")
    await database.execute(
        """INSERT INTO one_time_tokens (token_hash, user_id, purpose, created_at, expires_at)
        VALUES ($2, $1, 'reset_password', now(), now() + interval '1 hour')""",
        user_id,
        f"hash of {user_id}",
    )
    await database.execute(
        "INSERT INTO external_identities VALUES ('https://issuer', $2, $1, now())",
        user_id,
        f"subject of {user_id}",
    )
    await database.execute(
        """INSERT INTO api_keys
            (id, revision, created_at, updated_at, user_id, name, prefix, key_hash, scopes)
        VALUES ($1, 0, now(), now(), $1, 'watch', 'wk_1', $2, '{}')""",
        user_id,
        f"key of {user_id}",
    )
    await database.execute(
        """INSERT INTO second_factors (id, revision, created_at, updated_at, user_id, sealed_secret)
        VALUES ($1, 0, now(), now(), $1, '\\x00')""",
        user_id,
    )
    await database.execute("INSERT INTO recovery_codes VALUES ($1, 'code')", user_id)

    await delete(person)

    for table, column in {
        "one_time_tokens": "user_id", "external_identities": "user_id", "api_keys": "user_id",
        "second_factors": "user_id", "recovery_codes": "second_factor_id", "user_roles": "user_id",
    }.items():  # fmt: skip
        left = await database.fetchval(f"SELECT count(*) FROM {table} WHERE {column} = $1", user_id)
        assert left == 0, table
    row = await database.fetchrow("SELECT * FROM login_history WHERE id = $1::uuid", attempt)
    assert (row["ip_address"], row["user_agent"], row["bucket"]) == (None, None, "")
    sessions = await database.fetch("SELECT * FROM login_sessions WHERE user_id = $1", user_id)
    assert {(row["ip_address"], row["user_agent"]) for row in sessions} == {(None, None)}
    assert all(row["revoked_at"] for row in sessions)


async def test_relations_end_and_offers_are_withdrawn(people: People, database: Any) -> None:
    trainer, athlete = await people.coached_pair()
    other = await people.trainer()
    await database.execute(
        "UPDATE users SET email_confirmed = TRUE WHERE id = $1::uuid", athlete.user["id"]
    )
    to_athlete = {"email": athlete.user["email"].upper()}
    offered = (await other.post("/coaching/invitations", json=to_athlete)).json()["data"]
    own = {"email": "ben@example.com", "message": "Come"}
    pending = (await trainer.post("/coaching/invitations", json=own)).json()["data"]
    guest = await people.register(email=f"guest-of-{trainer.user['username']}@example.com")

    await delete(athlete)

    (relation,) = (await trainer.get("/coaching/relations")).json()["data"]
    assert (relation["status"], relation["athlete_name"]) == ("ended", "Deleted user")
    assert (await trainer.get("/athletes")).json()["data"] == []
    ended = await trainer.get("/athletes?status=ended")
    assert ended.json()["data"][0]["name"] == "Deleted user"
    answered = (await other.get(f"/coaching/invitations/{offered['id']}")).json()["data"]
    assert (answered["status"], answered["email"]) == ("declined", None)

    await delete(trainer)

    refused = await guest.post("/coaching/invitations/accept", json={"code": pending["code"]})
    assert refused.status_code in {404, 409}
    row = await database.fetchrow(
        "SELECT status, email, message FROM coaching_invitations WHERE id = $1::uuid", pending["id"]
    )
    assert tuple(row) == ("withdrawn", None, None)


async def test_offers_to_an_address_nobody_confirmed_stay(people: People) -> None:
    """Somebody may register with an address that is not theirs."""
    trainer, impostor = await people.trainer(), await people.athlete()
    body = {"email": impostor.user["email"]}
    offered = (await trainer.post("/coaching/invitations", json=body)).json()["data"]

    await delete(impostor)

    shown = (await trainer.get(f"/coaching/invitations/{offered['id']}")).json()["data"]
    assert (shown["status"], shown["email"]) == ("pending", impostor.user["email"])


async def test_an_athlete_s_training_vanishes_and_its_rows_go_in_batches(
    people: People, workers: Workers, database: Any, connect: Connect
) -> None:
    trainer, athlete = await people.coached_pair()
    for _ in range(3):
        done = await ad_hoc_session(athlete)
        await done.log()
        await done.end()
    training = await planned_session(trainer, athlete)
    await training.log()
    watcher = await connect(trainer)
    await watcher.join(training.id)

    await delete(athlete)
    ((_, error),) = await watcher.hears(1, "Error")
    container = workers(redis="")
    await delivered(container)

    assert (error["code"], error["session_id"]) == ("access_ended", training.id)
    assert training.id not in (await trainer.get("/sessions")).text
    assert (await trainer.get(f"/sessions/{training.id}")).status_code == 404
    workout = await trainer.get(f"/workouts/{training.session['workout_id']}")
    assert workout.json()["data"]["status"] == "cancelled"
    live = await database.fetchval(
        "SELECT count(*) FROM workout_sessions WHERE user_id = $1::uuid AND deleted_at IS NULL",
        athlete.user["id"],
    )
    assert live == 0
    assert (await purge(container, limit=2))[:2] == [2, 2]
    for table in ("exercise_logs", "performed_sets", "performed_reps", "session_events"):
        left = await database.fetchval(
            f"SELECT count(*) FROM {table} WHERE session_id = $1::uuid", training.id
        )
        assert left == 0, table
    left = await database.fetchval(
        "SELECT count(*) FROM workout_sessions WHERE user_id = $1::uuid", athlete.user["id"]
    )
    assert left == 0
    await delivered(container)


async def test_a_session_begun_while_the_account_went_is_purged_as_well(
    people: People, workers: Workers, database: Any
) -> None:
    athlete = await people.athlete()
    training = await ad_hoc_session(athlete)
    await delete(athlete)

    # Nothing was delivered, as if it had begun after the reaction.
    await purge(workers(redis=""))

    left = await database.fetchval(
        "SELECT count(*) FROM workout_sessions WHERE id = $1::uuid", training.id
    )
    assert left == 0


@pytest.mark.requirement("SEC-08", "STR-13")
async def test_the_plates_somebody_has_go_and_nobody_else_s(
    people: People, workers: Workers, database: Any
) -> None:
    leaving, staying = await people.athlete(), await people.athlete()
    for person, names in ((leaving, ("Home", "Garage")), (staying, ("Home",))):
        for name in names:
            body = {"name": name, "unit": "kilograms"}
            made = await person.post("/tools/plate-inventories", json=body)
            assert made.status_code == 201, made.text
    container = workers(redis="")
    counting = "SELECT count(*) FROM plate_inventories WHERE user_id = $1::uuid"

    await delete(leaving)
    await delivered(container)

    left = [await database.fetchval(counting, UUID(one.user["id"])) for one in (leaving, staying)]
    assert left == [0, 1]


async def test_what_a_trainer_planned_for_others_stays_theirs(
    people: People, workers: Workers, database: Any
) -> None:
    trainer, athlete = await people.coached_pair()
    used, unused = [
        (
            await trainer.post(
                "/exercises",
                json={"name": f"{name} of {trainer.user['username']}", "category": "strength"},
            )
        ).json()["data"]
        for name in ("Used", "Unused")
    ]
    plan = {"type": "strength", "scheduled_date": NOON, "name": "Theirs"}
    given = await trainer.post(
        "/workouts",
        json={
            **plan,
            "athlete_id": athlete.athlete_id,
            "exercises": [{"exercise_id": used["id"], "sets": 1, "reps": 5}],
        },
    )
    draft = await trainer.post("/workouts", json={**plan, "name": "Nobody's"})
    template = {"workout_id": given.json()["data"]["id"]} if given.is_success else {}
    kept = await trainer.post("/workout-templates", json=template)
    assert kept.is_success, (given.text, kept.text)
    container = workers(redis="")

    await delete(trainer)
    await delivered(container)
    await purge(container)

    theirs = await athlete.get(f"/workouts/{given.json()['data']['id']}")
    assert theirs.status_code == 200
    assert theirs.json()["data"]["exercises"][0]["exercise_id"] == used["id"]
    started = await athlete.post(f"/workouts/{given.json()['data']['id']}/sessions")
    assert started.status_code == 201, started.text
    left = await database.fetchval(
        "SELECT count(*) FROM workouts WHERE id = $1::uuid", draft.json()["data"]["id"]
    )
    templates = await database.fetchval(
        "SELECT count(*) FROM workout_templates WHERE owner_id = $1::uuid", trainer.user["id"]
    )
    assert (left, templates) == (0, 0)
    rows = await database.fetch(
        """SELECT id, deleted_at IS NOT NULL AS is_gone, is_active FROM exercises
        WHERE owner_id = $1::uuid""",
        trainer.user["id"],
    )
    assert {str(row["id"]): (row["is_gone"], row["is_active"]) for row in rows} == {
        used["id"]: (False, False),
        unused["id"]: (True, False),
    }


async def test_the_inbox_and_kept_answers_go(
    people: People, workers: Workers, database: Any
) -> None:
    trainer, athlete = await people.coached_pair()
    container = workers(redis="")
    await planned_session(trainer, athlete)
    await delivered(container)
    await athlete.post("/athletes/me", headers={"Idempotency-Key": "mine"})
    await athlete.post("/notifications/read-all", headers={"Idempotency-Key": "read"})
    counts = """SELECT (SELECT count(*) FROM notifications WHERE user_id = $1::uuid) AS inbox,
        (SELECT count(*) FROM idempotency_keys WHERE user_id = $1::uuid) AS answers"""
    before = await database.fetchrow(counts, athlete.user["id"])
    assert min(before) >= 1

    await delete(athlete)
    await delivered(container)
    await delivered(container)

    assert tuple(await database.fetchrow(counts, athlete.user["id"])) == (0, 0)


@pytest.mark.parametrize(
    "fields",
    [{"username": "Deleted-0123456789ab"}, {"email": "somebody@Deleted.invalid"}],
    ids=["username", "email"],
)
async def test_nobody_registers_as_a_deleted_account(
    people: People, api: httpx2.AsyncClient, fields: dict[str, str]
) -> None:
    answer = await api.post("/auth/register", json=people.registration(**fields))

    assert answer.status_code == 400
    assert [error["code"] for error in answer.json()["errors"]] == ["reserved"]


__all__ = ["connect"]
