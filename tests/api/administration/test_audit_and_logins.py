"""Administrators read who signed in and who did what; both are forgotten after their time."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import httpx2
import pytest

from tests.api.contract import conforming, document
from tests.builders.logins import an_attempt
from tests.builders.people import People, Person
from tests.fakes.clock import AdjustableClock
from workout_application.identity.commands.forget_old_logins import ForgetOldLogins
from workout_application.messaging.actor import SYSTEM
from workout_application.platform.commands.forget_old_audit_entries import ForgetOldAuditEntries
from workout_presentation.composition.container import Container

HISTORY = "/admin/login-history"
AUDIT = "/admin/audit-log"


async def listed(person: Person, path: str) -> list[dict[str, Any]]:
    answer = await person.get(path)
    assert answer.status_code == 200, answer.text
    conforming(answer)
    items: list[dict[str, Any]] = answer.json()["data"]
    return items


@pytest.mark.requirement("IAM-28")
async def test_the_area_lists_its_parts(admin: Person) -> None:
    sections = await listed(admin, "/admin")

    assert {one["path"] for one in sections} <= set(document()["paths"])
    assert len(sections) == 3


@pytest.mark.requirement("IAM-28")
async def test_the_whole_area_is_closed_to_everybody_else(
    api: httpx2.AsyncClient, people: People
) -> None:
    trainer, athlete = await people.trainer(), await people.athlete()
    area = [
        (method, path.removeprefix("/api/v1").format(user_id=athlete.user["id"], role="admin"))
        for path, methods in document()["paths"].items()
        for method in methods
        if path.startswith("/api/v1/admin")
    ]

    assert len(area) == 12
    for method, path in area:
        assert (await api.request(method, path)).status_code == 401, path
        for person in (trainer, athlete):
            answer = await person.request(method, path, content=b"neither read nor refused")
            assert (answer.status_code, answer.json()["code"]) == (403, "role_required"), path


@pytest.mark.requirement("IAM-23", "SEC-09")
async def test_attempts_are_listed_narrowed_and_paged(
    admin: Person, people: People, database: Any, clock: AdjustableClock
) -> None:
    person, other = await people.athlete(), await people.athlete()
    await without_history(database, person)
    now = clock.now()
    ids = [
        await an_attempt(
            database, person.user["id"], now - timedelta(hours=hours), is_successful=hours != 1
        )
        for hours in range(3)
    ]
    elsewhere = await an_attempt(
        database, person.user["id"], now - timedelta(days=3), ip_address="2001:db8::7"
    )
    await an_attempt(database, other.user["id"], now)
    unknown = await an_attempt(database, None, now, is_successful=False, ip_address="198.51.100.1")
    of_person = f"{HISTORY}?user_id={person.user['id']}"

    everything = await listed(admin, of_person)

    assert [one["id"] for one in everything] == [*ids, elsewhere]
    assert set(everything[0]) == {
        "id", "user_id", "login_time", "ip_address", "user_agent", "device_type", "platform",
        "method", "is_successful", "failure", "marks", "locked_until",
    }  # fmt: skip
    for query, wanted in {
        "is_successful=false": [ids[1]],
        "is_successful=true": [ids[0], ids[2], elsewhere],
        "ip_address=2001:db8::7": [elsewhere],
        f"from_date={quote((now - timedelta(hours=1)).isoformat())}": ids[:2],
        f"to_date={(now - timedelta(days=2)).date()}": [elsewhere],
        "sort=login_time": [elsewhere, *ids[::-1]],
        "page_size=1&page=2": [ids[1]],
    }.items():
        assert [one["id"] for one in await listed(admin, f"{of_person}&{query}")] == wanted, query
    assert [one["id"] for one in await listed(admin, f"{HISTORY}?ip_address=198.51.100.1")] == [
        unknown
    ]
    for query in ("user_id=me", "is_successful=perhaps", "from_date=yesterday", "sort=ip_address"):
        assert (await admin.get(f"{HISTORY}?{query}")).status_code == 400, query


@pytest.mark.requirement("IAM-23", "SEC-08")
@pytest.mark.parametrize("path", [HISTORY, AUDIT])
async def test_without_any_condition_everything_is_listed(admin: Person, path: str) -> None:
    """Neither table marks deleted rows, so this was the one list without a condition: 500."""
    assert await listed(admin, path)


@pytest.mark.requirement("IAM-23")
async def test_everybody_sees_their_own_attempts_only(
    people: People, database: Any, clock: AdjustableClock
) -> None:
    person, other = await people.athlete(), await people.athlete()
    mine = await an_attempt(database, person.user["id"], clock.now())
    await an_attempt(database, other.user["id"], clock.now())

    assert [one["id"] for one in await listed(person, "/me/login-history?page_size=1")] == [mine]
    refused = await person.get(f"/me/login-history?user_id={other.user['id']}")
    assert refused.status_code == 400


@pytest.mark.requirement("SEC-08")
async def test_who_did_what_is_listed_newest_first(
    admin: Person, people: People, clock: AdjustableClock
) -> None:
    trainer, athlete = await people.trainer(), await people.athlete()
    began = clock.now()
    relation = await people.relate(trainer, athlete)
    await athlete.post(f"/coaching/relations/{relation['id']}/pause")
    await athlete.put("/me", json={"first_name": "Ana", "last_name": "Berg"})

    entries = await listed(
        admin, f"{AUDIT}?actor_id={athlete.user['id']}&from_date={quote(began.isoformat())}"
    )

    assert [one["action"] for one in entries] == [
        "coaching.relation.paused",
        "coaching.invitation.accepted",
    ]
    paused = entries[0]
    assert (paused["actor_name"], paused["subject_id"]) == ("Ana Berg", relation["id"])
    assert paused["details"]["athlete_user_id"] == athlete.user["id"]
    assert paused["ip_address"] == "127.0.0.1"
    assert paused["correlation_id"]
    of_relation = await listed(admin, f"{AUDIT}?subject_id={relation['id']}")
    assert [one["id"] for one in of_relation] == [paused["id"]]
    registered = await listed(
        admin, f"{AUDIT}?subject_id={athlete.user['id']}&action=user.registered"
    )
    assert [(one["actor_id"], one["actor_name"]) for one in registered] == [(None, None)]


@pytest.mark.requirement("SEC-08")
async def test_the_log_goes_on_behind_a_cursor(admin: Person, people: People) -> None:
    person = await people.athlete()
    roles = f"/admin/users/{person.user['id']}/roles"
    for role in ("trainer", "admin"):
        await admin.post(roles, json={"role": role})
        await admin.delete(f"{roles}/{role}")
    query = f"{AUDIT}?subject_id={person.user['id']}"
    whole = [one["id"] for one in await listed(admin, query)]

    first = await admin.get(f"{query}&limit=3")
    cursor = first.json()["pagination"]["next_cursor"]
    second = await listed(admin, f"{query}&limit=100&cursor={cursor}")

    assert len(whole) >= 5
    assert [one["id"] for one in first.json()["data"]] + [one["id"] for one in second] == whole
    assert 'rel="next"' in first.headers["link"]
    assert (await admin.get(f"{AUDIT}?cursor=none")).status_code == 400
    assert (await admin.get(f"{AUDIT}?page=2")).status_code == 400


async def without_history(database: Any, person: Person) -> None:
    """Forget how somebody signed in for this test."""
    await database.execute("DELETE FROM login_history WHERE user_id = $1::uuid", person.user["id"])


@pytest.mark.requirement("SEC-08", "SEC-09")
async def test_both_are_forgotten_after_their_time(
    people: People, container: Container, database: Any, clock: AdjustableClock
) -> None:
    person = await people.athlete()
    await without_history(database, person)
    old = await an_attempt(database, person.user["id"], clock.now() - timedelta(days=181))
    kept = await an_attempt(database, person.user["id"], clock.now() - timedelta(days=179))
    await database.execute(
        """UPDATE audit_log SET occurred_at = now() - interval '366 days'
        WHERE subject_id = $1::uuid""",
        person.user["id"],
    )

    first = await container.mediator().send(ForgetOldLogins(kept_days=180, limit=1), actor=SYSTEM)
    while await container.mediator().send(ForgetOldLogins(kept_days=180), actor=SYSTEM):
        pass
    while await container.mediator().send(ForgetOldAuditEntries(kept_days=365), actor=SYSTEM):
        pass

    assert first == 1
    left = await database.fetch(
        "SELECT id FROM login_history WHERE user_id = $1::uuid", person.user["id"]
    )
    assert old not in [str(row["id"]) for row in left]
    assert kept in [str(row["id"]) for row in left]
    entries = await database.fetchval(
        "SELECT count(*) FROM audit_log WHERE subject_id = $1::uuid", person.user["id"]
    )
    assert entries == 0
