"""A forged, ended or mistaken token opens no door: neither HTTP's nor the hub's."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import httpx2
import pytest
from socketio.exceptions import ConnectionError as Refused

from tests.api.contract import conforming
from tests.api.identity.test_second_factor import protected
from tests.builders.administrators import administrator
from tests.builders.forgeries import FORGERIES, Loot
from tests.builders.issuer import Issuer
from tests.builders.mails import Mailbox
from tests.builders.people import PASSWORD, People, Person
from tests.conftest import RunningServer, settings_for
from tests.fakes.clock import AdjustableClock
from tests.hub.devices import Device, token_of
from tests.worker.test_delivery import delivered
from workout_infrastructure.security.tokens import LONGEST_TOKEN
from workout_presentation.api.cookies import ACCESS_COOKIE
from workout_presentation.composition.container import Container, build_container

pytestmark = pytest.mark.requirement("IAM-12", "IAM-16", "SEC-02", "NTF-01")


async def signed_in_again(person: Person) -> Person:
    """Sign somebody in a second time."""
    credentials = {"username": person.user["username"], "password": PASSWORD}
    answer = await person.api.post("/auth/login", json=credentials)
    return Person(person.api, person.user, answer.json()["data"])


async def mailed(person: Person, worker: Container, folder: Path) -> str:
    """Return the token of the mail that confirms somebody's address."""
    await delivered(worker)
    return Mailbox(folder).token(person.user["email"])


@pytest.fixture(scope="module")
async def worker(
    database_url: str, clock: AdjustableClock, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[Container, Path]]:
    """Return a worker that writes its mails into a folder."""
    folder = tmp_path_factory.mktemp("mail")
    container = build_container(settings_for(database_url, "", worker_port=0, mail_dir=folder))
    container.clock.override(clock)
    yield container, folder
    await container.jobs.direct().finish()
    await container.pool().close()
    await container.engine().dispose()


@pytest.fixture(scope="module")
async def person(people: People) -> Person:
    """Return whose token the forger holds."""
    return await people.trainer()


@pytest.fixture(scope="module")
async def loot(
    person: Person,
    people: People,
    container: Container,
    database_url: str,
    clock: AdjustableClock,
    worker: tuple[Container, Path],
) -> Loot:
    """Collect everything a forger may have got hold of."""
    database: Any = await asyncpg.connect(database_url)
    admin = await administrator(people, database)
    await database.close()
    ended, other = await signed_in_again(person), await people.athlete()
    out = await ended.post("/auth/logout", ended.tokens_to_refresh())
    assert out.status_code == 204
    deleted, locked = await people.athlete(), await people.athlete()
    assert (await deleted.delete("/me")).status_code == 204
    assert (await admin.post(f"/admin/users/{locked.user['id']}/lock")).status_code == 200
    key = await person.post("/me/api-keys", {"name": "Mine", "scopes": ["account:read"]})
    invited = await person.post("/coaching/invitations")
    guarded = await protected(people, clock)
    secret = container.settings().jwt_secret.get_secret_value()
    found = Loot(token_of(person), token_of(ended), secret)
    sessions = {"other": other, "ended": ended}
    found.sids = {name: Loot(token_of(one), "", "").claims["sid"] for name, one in sessions.items()}
    found.others = {
        "refresh_token": person.tokens["refresh_token"],
        "challenge_token": await guarded.challenge(people._api),
        "mail_token": await mailed(other, *worker),
        "api_key": key.json()["data"]["key"],
        "csrf_token": container.tokens().csrf_token(
            container.tokens().verify(token_of(person)).login_session_id
        ),
        "invitation_code": invited.json()["data"]["code"],
        "id_token": (issuer := Issuer()).sign(issuer.claims(sub=person.user["id"])),
        "deleted_user": token_of(deleted),
        "locked_user": token_of(locked),
    }
    return found


@pytest.fixture(scope="module")
async def device(server: RunningServer, loot: Loot) -> AsyncIterator[Device]:
    """Return a living connection of whose token it is."""
    device = Device(server.url)
    yield await device.connect(loot.living)
    await device.close()


def fits(header: str) -> bool:
    """Tell whether HTTP carries a text as it is: without control characters, and not too long."""
    return header.isascii() and header.isprintable() and len(header) < 16_000


def refused(answer: httpx2.Response) -> None:
    """Check that an answer is the refusal of a token, and nothing else."""
    conforming(answer)
    assert (answer.status_code, answer.json()["code"]) == (401, "invalid_token")
    assert answer.headers["www-authenticate"].startswith("Bearer ")


@pytest.mark.parametrize("name", FORGERIES)
async def test_a_forgery_opens_no_door(
    name: str, api: httpx2.AsyncClient, server: RunningServer, loot: Loot, device: Device
) -> None:
    token = FORGERIES[name](loot)
    if fits(token):
        refused(await api.get("/me", headers={"Authorization": f"Bearer {token}"}))
        refused(await api.get("/me", headers={"Cookie": f"{ACCESS_COOKIE}={token}"}))
        await shut_out(server, header=f"Bearer {token}")
    await shut_out(server, token)

    ack = await device.say("RefreshAuth", {"token": token})

    # A text longer than any token is no acceptable message to begin with.
    code = "invalid_token" if len(token) <= LONGEST_TOKEN else "validation_failed"
    assert (ack["success"], ack["code"]) == (False, code)
    assert not device.ended.is_set()


async def shut_out(server: RunningServer, *arguments: Any, **options: Any) -> None:
    """Check that a connection is refused, never accepted and dropped."""
    stranger = Device(server.url)
    with pytest.raises(Refused):
        await stranger.connect(*arguments, **options)
    assert stranger.heard == []
    await stranger.close()


async def test_the_token_all_were_made_of_opens_every_door(
    api: httpx2.AsyncClient, server: RunningServer, loot: Loot, device: Device
) -> None:
    for token in (loot.living, loot.saying(), loot.headed()):
        for headers in (
            {"Authorization": f"Bearer {token}"},
            {"Cookie": f"{ACCESS_COOKIE}={token}"},
        ):
            assert (await api.get("/me", headers=headers)).status_code == 200
        admitted = await Device(server.url).connect(token)
        await admitted.close()
        assert (await device.say("RefreshAuth", {"token": token}))["success"]
