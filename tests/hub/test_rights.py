"""Rights that end while sockets are open."""

import asyncio
from datetime import timedelta
from time import perf_counter
from typing import Any

import httpx2
import pytest

from tests.builders.administrators import administrator
from tests.builders.live import Training, ad_hoc_session, planned_session
from tests.builders.log import noted
from tests.builders.people import PASSWORD, People, Person
from tests.conftest import RunningServer
from tests.fakes.clock import AdjustableClock
from tests.hub.by_hand import DeafClient, PollingClient
from tests.hub.devices import Connect, Device, token_of
from tests.waiting import until

WITHIN_SECONDS = 1.0


async def signed_in_again(person: Person) -> Person:
    """Sign somebody in a second time."""
    credentials = {"username": person.user["username"], "password": PASSWORD}
    answer = await person.api.post("/auth/login", json=credentials)
    return Person(person.api, person.user, answer.json()["data"])


async def log_out(person: Person) -> None:
    answer = await person.api.post(
        "/auth/logout", json={"refresh_token": person.tokens["refresh_token"]}
    )
    assert answer.status_code == 204


async def ends(device: Device) -> str:
    """Wait for the connection to end and return the code it was told."""
    started = perf_counter()
    async with asyncio.timeout(5):
        await device.ended.wait()
    assert perf_counter() - started < WITHIN_SECONDS
    return str(device.of("Error")[-1][1]["code"])


async def changed(
    people: People, trainer: Person, athlete: Person, path: str, change: str
) -> httpx2.Response:
    """Take the trainer's right to watch away, in one of all ways."""
    if change == "scopes":
        return await athlete.patch(path, json={"scopes": ["view_workouts"]})
    if change in {"end", "pause"}:
        return await athlete.post(f"{path}/{change}")
    other = await people.trainer()
    if change == "code":
        code = (await other.post("/coaching/invitations")).json()["data"]["code"]
        return await athlete.post(f"{path}/transfer", json={"code": code})
    await trainer.post(f"{path}/transfer", json={"trainer_id": other.trainer_id})
    return await athlete.post(f"{path}/transfer/accept")


@pytest.mark.requirement("BEY-01")
async def test_watching_is_in_the_athlete_s_access_log(connect: Connect, people: People) -> None:
    trainer, athlete = await people.coached_pair()
    training = await planned_session(trainer, athlete)
    watcher, own = await connect(trainer), await connect(athlete)
    await own.join(training.id)
    await watcher.join(training.id)

    (entry,) = await noted(athlete, "?action=read")

    assert (entry["subject"], entry["subject_id"], entry["operation"]) == (
        "live_session",
        training.id,
        "join_workout_session",
    )


@pytest.mark.requirement("NTF-02", "BEY-01")
@pytest.mark.parametrize("change", ["end", "pause", "scopes", "transfer", "code"])
async def test_the_room_closes_within_a_second_when_the_right_ends(
    connect: Connect, people: People, change: str
) -> None:
    trainer, athlete = await people.trainer(), await people.athlete()
    path = f"/coaching/relations/{(await people.relate(trainer, athlete))['id']}"
    training = await planned_session(trainer, athlete)
    watcher, own = await connect(trainer), await connect(athlete)
    await watcher.join(training.id)
    await own.join(training.id)
    answer = await changed(people, trainer, athlete, path, change)
    assert answer.is_success, answer.text
    started = perf_counter()
    ((_, error),) = await watcher.hears(1, "Error")

    assert perf_counter() - started < WITHIN_SECONDS
    assert (error["code"], error["session_id"]) == ("access_ended", training.id)
    await training.log()
    await watcher.settle()
    await own.hears(1, "SetLogged")
    assert watcher.of("SetLogged") == []
    refused = await watcher.say("JoinWorkoutSession", {"session_id": training.id})
    code = "scope_required" if change == "scopes" else "session_not_found"
    assert refused["code"] == code
    if change == "pause":
        await athlete.post(f"{path}/resume")
        await watcher.join(training.id)
        await training.log()
        await watcher.hears(1, "SetLogged")


@pytest.mark.requirement("IAM-29", "NTF-02")
@pytest.mark.parametrize("role", ["admin", "trainer"])
async def test_the_room_closes_within_a_second_when_the_role_is_taken(
    connect: Connect, people: People, database: Any, role: str
) -> None:
    admin = await administrator(people, database)
    trainer, athlete = await people.coached_pair()
    training = await planned_session(trainer, athlete)
    person = trainer if role == "trainer" else await administrator(people, database)
    watcher = await connect(person)
    await watcher.join(training.id)
    taken = await admin.delete(f"/admin/users/{person.user['id']}/roles/{role}")
    assert taken.status_code == 204
    started = perf_counter()
    ((_, error),) = await watcher.hears(1, "Error")

    assert perf_counter() - started < WITHIN_SECONDS
    assert (error["code"], error["session_id"]) == ("access_ended", training.id)
    refused = await watcher.say("JoinWorkoutSession", {"session_id": training.id})
    assert refused["code"] == "session_not_found"
    assert not watcher.ended.is_set()


@pytest.mark.requirement("IAM-29")
@pytest.mark.parametrize("change", ["lock", "delete"])
async def test_whoever_is_locked_or_deleted_is_sent_away(
    connect: Connect, people: People, database: Any, change: str
) -> None:
    admin, athlete = await administrator(people, database), await people.athlete()
    device = await connect(athlete)
    if change == "lock":
        assert (await admin.post(f"/admin/users/{athlete.user['id']}/lock")).status_code == 200
    else:
        assert (await athlete.delete("/me")).status_code == 204

    assert await ends(device) == "token_expired"


async def test_the_room_of_a_deleted_session_closes(connect: Connect, people: People) -> None:
    training = await ad_hoc_session(await people.athlete())
    own = await connect(training.athlete)
    await own.join(training.id)
    assert (await training.athlete.delete(f"/sessions/{training.id}")).status_code == 204
    ((_, error),) = await own.hears(1, "Error")

    assert error["code"] == "access_ended"


@pytest.mark.requirement("NTF-01")
@pytest.mark.parametrize("transport", ["websocket", "polling"])
async def test_logging_out_ends_the_connections_of_that_login_only(
    connect: Connect, people: People, transport: str
) -> None:
    athlete = await people.athlete()
    other = await signed_in_again(athlete)
    device = await connect(athlete, transports=(transport,))
    kept = await connect(other)
    await log_out(athlete)

    assert await ends(device) == "token_expired"
    await kept.settle()
    assert not kept.ended.is_set()


@pytest.mark.requirement("NTF-01")
async def test_an_expired_token_ends_the_connection(
    connect: Connect, people: People, clock: AdjustableClock
) -> None:
    device = await connect(await people.athlete())
    clock.advance(timedelta(minutes=61))

    assert await ends(device) == "token_expired"


async def test_after_the_end_nothing_is_heard(
    connect: Connect, people: People, server: RunningServer
) -> None:
    trainer, athlete = await people.coached_pair()
    training = await planned_session(trainer, athlete)
    device = await connect(trainer)
    await device.join(training.id)
    await log_out(trainer)
    await ends(device)
    await training.log()

    assert device.of("SetLogged") == []
    assert server.container.rooms().members(f"workout-{training.id}") == frozenset()


async def test_a_fresh_token_keeps_the_connection(
    connect: Connect, people: People, clock: AdjustableClock
) -> None:
    athlete = await people.athlete()
    device, forgotten = await connect(athlete), await connect(athlete)
    clock.advance(timedelta(minutes=59))
    again = await signed_in_again(athlete)
    renewed = await device.ask("RefreshAuth", token=token_of(again))
    clock.advance(timedelta(minutes=2))

    assert await ends(forgotten) == "token_expired"
    training = await ad_hoc_session(again)
    await device.ask("LogSet", **training.message())
    assert not device.ended.is_set()
    assert renewed["expires_at"] > clock.now().timestamp()


async def test_somebody_elses_token_is_refused(
    connect: Connect, people: People, training: Training
) -> None:
    stranger = await people.athlete()
    device = await connect(stranger)
    for token in (token_of(training.athlete), "x", "a.b.c"):
        ack = await device.say("RefreshAuth", {"token": token})
        assert (ack["success"], ack["code"]) == (False, "invalid_token")

    ack = await device.say("LogSet", training.message())
    assert ack["code"] == "session_not_found"


async def test_clients_that_do_not_read_do_not_keep_others_from_being_sent_away(
    connect: Connect, people: People, server: RunningServer
) -> None:
    """Sending somebody away waits for them to read; nobody else may wait for that."""
    polling, deaf, reading = [await people.athlete() for _ in range(3)]
    async with PollingClient(server.url) as silent, DeafClient(server.url) as stuck:
        await silent.connect(token_of(polling))
        await stuck.connect(token_of(deaf))
        device = await connect(reading)
        for person in (polling, deaf, reading):
            await log_out(person)

        assert await ends(device) == "token_expired"
        clients = server.container.clients()
        ids = {person.user["id"] for person in (polling, deaf, reading)}
        await until(
            lambda: not ids & {str(one.user_id) for one in clients.all()},
            within=WITHIN_SECONDS,
            what="all three to be gone",
        )
