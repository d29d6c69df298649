"""What lets somebody in stands in the one answer that gives it, and nowhere else."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import asyncpg
import httpx2
import pyotp
import pytest
import socketio

from tests.api.identity.test_sign_in import places_of
from tests.builders.mails import Mailbox
from tests.builders.people import People
from tests.conftest import free_port, fresh_database
from tests.infrastructure.observability.test_scenario import until_it_answers
from tests.waiting import until
from workout_infrastructure.local import EmbeddedRedis

OLD, NEW = "the first password of this story", "the second password of this story"
THIRD, WRONG = "the third password of this story", "a wrong password of this story"
JWT_SECRET = "the signing secret of this story, long enough"
IN_THE_QUERY = "eyJhbGciOiJIUzI1NiJ9.a-token-in-a-query-string.xyz"
PATIENCE_SECONDS = 30


@dataclass
class Story:
    """The secrets of a story by name, and everything that was written and answered meanwhile."""

    secrets: dict[str, str] = field(default_factory=dict)
    answers: list[httpx2.Response] = field(default_factory=list)
    metrics: str = ""
    logs: str = ""

    async def keep(self, answer: httpx2.Response) -> None:
        """Keep an answer."""
        await answer.aread()
        self.answers.append(answer)

    def learn(self, name: str, value: str) -> str:
        """Keep a secret."""
        self.secrets[name] = value
        return value

    def learn_tokens(self, name: str, answer: httpx2.Response) -> dict[str, Any]:
        """Keep the pair of an answer."""
        assert answer.status_code == 200, answer.text
        pair: dict[str, Any] = answer.json()["data"]
        self.learn(f"{name}: access token", pair["access_token"])
        self.learn(f"{name}: refresh token", pair["refresh_token"])
        return pair


def bearer(pair: dict[str, Any]) -> dict[str, str]:
    """Return the header of a pair."""
    return {"Authorization": f"Bearer {pair['access_token']}"}


async def play(story: Story, api: httpx2.AsyncClient, mailbox: Mailbox, hub: str) -> None:
    """Let somebody do everything that has to do with secrets."""
    body = People(api).registration("both", password=OLD)
    who = {"username": body["username"]}
    assert (await api.post("/auth/register", json=body)).status_code == 201
    await _by_mail(story, api, mailbox, body["email"])
    assert (await api.post("/auth/login", json={**who, "password": WRONG})).status_code == 401
    first = story.learn_tokens(
        "first", await api.post("/auth/login", json={**who, "password": NEW})
    )
    again = {"refresh_token": first["refresh_token"]}
    second = story.learn_tokens("second", await api.post("/auth/refresh", json=again))
    await _by_key(story, api, second)
    await _by_cookie(story, api, {**who, "password": NEW})
    await _by_socket(hub, second["access_token"])
    code = await api.post("/coaching/invitations", headers=bearer(second))
    story.learn("invitation code", code.json()["data"]["code"])
    for path in (f"/me?token={IN_THE_QUERY}", f"/nowhere?access_token={IN_THE_QUERY}"):
        assert (await api.get(path, headers=bearer(second))).status_code in {400, 404}
    changed = {"current_password": NEW, "new_password": THIRD}
    answer = await api.put("/me/password", json=changed, headers=bearer(second))
    assert answer.status_code == 200, answer.text
    third = story.learn_tokens(
        "third", await api.post("/auth/login", json={**who, "password": THIRD})
    )
    await _by_second_factor(story, api, third, {**who, "password": THIRD})
    assert (await api.post("/auth/refresh", json=again)).status_code == 401


async def fail(api: httpx2.AsyncClient, database_url: str, story: Story) -> None:
    """Let requests that carry secrets fail in the middle, since a table is away."""
    body = People(api).registration(password=OLD)
    who = {"username": body["username"], "password": OLD}
    database: Any = await asyncpg.connect(database_url)
    await database.execute("ALTER TABLE users RENAME TO away")
    failed = [
        await api.post("/auth/register", json=body),
        await api.post("/auth/login", json=who),
        await api.post("/auth/forgot-password", json={"email": body["email"]}),
    ]
    await database.execute("ALTER TABLE away RENAME TO users")
    await database.execute("ALTER TABLE refresh_tokens RENAME TO away")
    token = {"refresh_token": story.secrets["by recovery code: refresh token"]}
    failed.append(await api.post("/auth/refresh", json=token))
    await database.execute("ALTER TABLE away RENAME TO refresh_tokens")
    await database.close()
    assert [answer.status_code for answer in failed] == [500] * 4


async def _by_mail(story: Story, api: httpx2.AsyncClient, mailbox: Mailbox, address: str) -> None:
    await until(lambda: mailbox.of(address), within=PATIENCE_SECONDS, what="a mail")
    confirming = story.learn("token that confirms", mailbox.token(address))
    answer = await api.post("/auth/confirm-email", json={"token": confirming})
    assert answer.status_code == 200, answer.text
    assert (await api.post("/auth/forgot-password", json={"email": address})).status_code == 200
    await until(lambda: len(mailbox.of(address)) == 2, within=PATIENCE_SECONDS, what="another mail")
    resetting = story.learn(
        "token that resets", mailbox.token(address, mailbox.subjects(address)[-1])
    )
    reset = {"token": resetting, "new_password": NEW}
    assert (await api.post("/auth/reset-password", json=reset)).status_code == 200
    assert (await api.post("/auth/reset-password", json=reset)).status_code == 400


async def _by_key(story: Story, api: httpx2.AsyncClient, pair: dict[str, Any]) -> None:
    wish = {"name": "Watch", "scopes": ["account:read"]}
    made = (await api.post("/me/api-keys", json=wish, headers=bearer(pair))).json()["data"]
    key = {"X-API-Key": story.learn("API key", made["key"])}
    assert (await api.get("/me", headers=key)).status_code == 200
    revoked = await api.delete(f"/me/api-keys/{made['id']}", headers=bearer(pair))
    assert revoked.status_code == 204
    assert (await api.get("/me", headers=key)).status_code == 401


async def _by_cookie(story: Story, api: httpx2.AsyncClient, who: dict[str, str]) -> None:
    answer = await api.post("/auth/login", json={**who, "transport": "cookie"})
    for header in answer.headers.get_list("set-cookie"):
        name, _, value = header.partition(";")[0].partition("=")
        story.learn(f"cookie {name}", value)
    api.cookies.clear()
    assert story.secrets["cookie __Host-workout_csrf"] == answer.json()["data"]["csrf_token"]


async def _by_socket(hub: str, token: str) -> None:
    device = socketio.AsyncClient(reconnection=False)
    await device.connect(
        hub, socketio_path="/hubs/workout", transports=["websocket"], auth={"token": token}
    )
    await device.call("RefreshAuth", {"token": token}, timeout=PATIENCE_SECONDS)
    await device.disconnect()


async def _by_second_factor(
    story: Story, api: httpx2.AsyncClient, pair: dict[str, Any], who: dict[str, str]
) -> None:
    enrolled = await api.post("/auth/second-factor/enroll", headers=bearer(pair))
    app = pyotp.TOTP(story.learn("secret of the app", enrolled.json()["data"]["secret"]))
    code = {"code": app.at(datetime.now(UTC))}
    confirmed = await api.post("/auth/second-factor/confirm", json=code, headers=bearer(pair))
    assert confirmed.status_code == 200, confirmed.text
    for number, recovery in enumerate(confirmed.json()["data"]["recovery_codes"]):
        story.learn(f"recovery code {number}", recovery)
    asked = await api.post("/auth/login", json=who)
    challenge = story.learn("challenge", asked.json()["challenge_token"])
    answer = {"challenge_token": challenge, "code": story.secrets["recovery code 0"]}
    verified = await api.post("/auth/second-factor/verify", json=answer)
    story.learn_tokens("by recovery code", verified)


@asynccontextmanager
async def process(command: str, environment: dict[str, str]) -> AsyncIterator[list[bytes]]:
    """Run one of the product's commands; what it wrote is in the list at the end."""
    written: list[bytes] = []
    running = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "workout_presentation.cli.main", command),
        env={**os.environ, "PYTHONPATH": "src", **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    reading = asyncio.create_task(running.communicate())
    try:
        yield written
    finally:
        with suppress(ProcessLookupError):
            running.terminate()
        written.append((await reading)[0])


@pytest.fixture(scope="module")
def own_database(worker_name: str) -> str:
    """Return a database of the story alone."""
    return fresh_database(f"story_{worker_name}")


@pytest.fixture(scope="module")
async def story(own_database: str, tmp_path_factory: pytest.TempPathFactory) -> Story:
    """Play the story against an API process and a worker, and return what came of it."""
    told, folder = Story(), tmp_path_factory.mktemp("story")
    (folder / "mail").mkdir()
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    with EmbeddedRedis(folder, durable=False) as redis:
        environment = {
            "WORKOUT_ENVIRONMENT": "test",
            "WORKOUT_DATABASE_URL": own_database,
            "WORKOUT_REDIS_URL": redis.start(),
            "WORKOUT_PORT": str(port),
            "WORKOUT_WORKER_PORT": str(free_port()),
            "WORKOUT_JWT_SECRET": told.learn("signing secret", JWT_SECRET),
            "WORKOUT_MAIL_DIR": str(folder / "mail"),
            "WORKOUT_LOG_LEVEL": "DEBUG",
            "WORKOUT_REQUIRE_CONFIRMED_EMAIL": "true",
            "WORKOUT_RATE_LIMITS": "off",
            # Every operation is slow, so all is warned of with what such a warning says.
            "WORKOUT_SLOW_MILLISECONDS": "0.001",
        }
        async with process("serve", environment) as served, process("work", environment) as worked:
            await until_it_answers(base)
            async with httpx2.AsyncClient(
                base_url=f"{base}/api/v1",
                timeout=20,
                event_hooks={"response": [told.keep]},
            ) as api:
                await play(told, api, Mailbox(folder / "mail"), base)
                await fail(api, own_database, told)
                told.metrics = (await api.get(f"{base}/metrics")).text
    told.logs = b"".join([*served, *worked]).decode()
    for name, password in {"first": OLD, "second": NEW, "third": THIRD, "wrong": WRONG}.items():
        told.learn(f"{name} password", password)
    told.learn("token in a query", IN_THE_QUERY)
    return told


@pytest.mark.requirement("SEC-04", "OBS-05")
def test_no_log_line_and_no_figure_holds_a_secret(story: Story) -> None:
    assert len(story.secrets) > 25
    assert story.logs.count("\n") > 50
    assert story.logs.count("Traceback") >= 4
    assert story.logs.count("Slow operation detected") > 20
    assert [name for name, value in story.secrets.items() if value in story.logs] == []
    assert [name for name, value in story.secrets.items() if value in story.metrics] == []


@pytest.mark.requirement("SEC-04")
def test_a_path_is_logged_without_its_query(story: Story) -> None:
    assert '"path":"/api/v1/nowhere"' in story.logs.replace(": ", ":")
    assert "access_token=" not in story.logs


@pytest.mark.requirement("SEC-04")
async def test_no_table_holds_a_secret(story: Story, own_database: str) -> None:
    database: Any = await asyncpg.connect(own_database)

    found = await places_of(database, list(story.secrets.values()))

    await database.close()
    assert found == []


@pytest.mark.requirement("SEC-04")
def test_a_secret_is_in_the_one_answer_that_gives_it(story: Story) -> None:
    given = {
        name: sum(value in f"{one.headers} {one.text}" for one in story.answers)
        for name, value in story.secrets.items()
        if name != "token in a query"
    }
    never = {name for name in given if name.endswith(("password", "that confirms", "that resets"))}

    assert {name for name, times in given.items() if times == 0} == never | {"signing secret"}
    assert {name: times for name, times in given.items() if times > 1} == {}
