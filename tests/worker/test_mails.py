"""Confirming an address, resetting a password, and notices: from the request to the mailbox."""

import asyncio
import json
import logging
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any
from uuid import uuid4

import httpx2
import pytest
import structlog
from dependency_injector import providers

from tests.builders.mails import Mailbox, text_of
from tests.builders.people import PASSWORD, People, Person
from tests.conftest import running, settings_for
from tests.fakes.clock import AdjustableClock
from tests.worker.conftest import Workers
from tests.worker.stage import Stage
from tests.worker.test_delivery import delivered
from workout_application.identity.commands.forget_expired_tokens import ForgetExpiredTokens
from workout_application.identity.ports import Mail
from workout_application.messaging.actor import SYSTEM
from workout_application.platform.commands.replay_parked_events import ReplayParkedEvents
from workout_infrastructure.persistence.inbox import MOST_ATTEMPTS
from workout_presentation.composition.container import Container, build_container

Api = httpx2.AsyncClient
NEW_PASSWORD = "another horse, another battery"


@pytest.fixture
async def container_of_mails(workers: Workers, tmp_path: Path) -> Container:
    """Return a worker whose mails of this test lie in a folder of their own."""
    await delivered(workers(redis=""))
    return workers(redis="", mail_dir=tmp_path)


@pytest.fixture
def mailbox(tmp_path: Path) -> Mailbox:
    """Return the folder."""
    return Mailbox(tmp_path)


@pytest.fixture
async def strict(database_url: str, redis_url: str, clock: AdjustableClock) -> AsyncIterator[Api]:
    """Serve the product where addresses must be confirmed."""
    settings = settings_for(database_url, redis_url, require_confirmed_email=True)
    container = build_container(settings)
    container.clock.override(clock)
    async with (
        running(container) as server,
        httpx2.AsyncClient(base_url=f"{server.url}/api/v1", timeout=20) as client,
    ):
        yield client


async def registered(api: Api, people: People, **fields: Any) -> dict[str, Any]:
    """Register somebody; return what they sent."""
    body = people.registration(**fields)
    answer = await api.post("/auth/register", json=body)
    assert answer.status_code == 201, answer.text
    return body


async def log_in(api: Api, body: dict[str, Any], password: str = PASSWORD) -> httpx2.Response:
    """Try to sign in."""
    credentials = {"username": body["username"], "password": password}
    return await api.post("/auth/login", json=credentials)


def refused_token(answer: httpx2.Response) -> bool:
    """Tell whether a one-time token was refused as documented."""
    body = answer.json()
    return (
        answer.status_code == 400
        and body["code"] == "invalid_one_time_token"
        and [one["pointer"] for one in body["errors"]] == ["/token"]
    )


async def rows_with(database: Any, text: str) -> list[str]:
    """List the tables in which a text stands anywhere."""
    tables = await database.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return [
        name
        for (name,) in tables
        if await database.fetchval(
            f'SELECT count(*) FROM "{name}" t WHERE position($1 IN t::text) > 0', text
        )
    ]


@pytest.mark.requirement("IAM-07")
async def test_an_account_is_used_once_its_address_is_confirmed(
    strict: Api, people: People, container_of_mails: Container, mailbox: Mailbox, database: Any
) -> None:
    body = await registered(strict, people)
    before, wrong = await log_in(strict, body), await log_in(strict, body, "wrong password")
    await delivered(container_of_mails)

    token = mailbox.token(body["email"])
    confirmed = await strict.post("/auth/confirm-email", json={"token": token})

    assert (before.status_code, before.json()["code"]) == (403, "email_not_confirmed")
    assert (wrong.status_code, wrong.json()["code"]) == (401, "invalid_credentials")
    assert confirmed.status_code == 200
    assert confirmed.json()["data"] == {"email_confirmed": True}
    assert (await log_in(strict, body)).status_code == 200
    assert refused_token(await strict.post("/auth/confirm-email", json={"token": token}))
    assert await rows_with(database, token) == []
    audited = await database.fetchval(
        """SELECT count(*) FROM audit_log a JOIN users u ON u.id = a.subject_id
        WHERE u.email = $1 AND action = 'user.email.confirmed'""",
        body["email"],
    )
    assert audited == 1


async def test_the_confirmation_is_a_mail_of_a_machine_with_a_link(
    api: Api, people: People, container_of_mails: Container, mailbox: Mailbox
) -> None:
    body = await registered(api, people)
    await delivered(container_of_mails)

    [mail] = mailbox.of(body["email"])
    token, base = mailbox.token(body["email"]), container_of_mails.settings().base_url
    assert mail["Subject"] == "Confirm your e-mail address"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"].datetime is not None
    assert mail["Message-ID"].endswith("@localhost>")
    assert f"{base}/confirm-email#token={token}" in text_of(mail).splitlines()


@pytest.mark.requirement("IAM-07")
async def test_a_confirmation_expires_after_two_days(
    api: Api,
    people: People,
    container_of_mails: Container,
    mailbox: Mailbox,
    clock: AdjustableClock,
) -> None:
    body = await registered(api, people)
    await delivered(container_of_mails)
    token = mailbox.token(body["email"])

    clock.advance(timedelta(hours=48, seconds=1))

    assert refused_token(await api.post("/auth/confirm-email", json={"token": token}))


@pytest.mark.parametrize("path", ["confirm-email", "reset-password"])
@pytest.mark.parametrize("token", ["x", "A" * 32, "ä" * 100, "' OR 1=1 --"])
async def test_a_token_nobody_was_given_is_refused(api: Api, path: str, token: str) -> None:
    extra = {"new_password": NEW_PASSWORD} if path == "reset-password" else {}

    assert refused_token(await api.post(f"/auth/{path}", json={"token": token, **extra}))


@pytest.mark.parametrize("path", ["confirm-email", "reset-password"])
@pytest.mark.parametrize("token", ["", None, 7, "t" * 4097])
async def test_what_can_be_no_token_is_refused_by_its_form(api: Api, path: str, token: Any) -> None:
    answer = await api.post(f"/auth/{path}", json={"token": token, "new_password": NEW_PASSWORD})

    assert answer.status_code == 400
    assert "/token" in [one["pointer"] for one in answer.json()["errors"]]


async def test_a_token_is_good_for_its_own_purpose_only(
    api: Api, people: People, container_of_mails: Container, mailbox: Mailbox
) -> None:
    body = await registered(api, people)
    await delivered(container_of_mails)
    token = mailbox.token(body["email"])

    reset = {"token": token, "new_password": NEW_PASSWORD}
    assert refused_token(await api.post("/auth/reset-password", json=reset))
    assert (await api.post("/auth/confirm-email", json={"token": token})).status_code == 200


@pytest.mark.requirement("IAM-07")
async def test_a_later_confirmation_mail_takes_the_place_of_an_earlier_one(
    api: Api, people: People, container_of_mails: Container, mailbox: Mailbox
) -> None:
    body = await registered(api, people)
    await delivered(container_of_mails)
    first = mailbox.token(body["email"])

    await api.post("/auth/resend-confirmation", json={"email": body["email"].upper()})
    await delivered(container_of_mails)

    second = mailbox.token(body["email"])
    assert first != second
    assert refused_token(await api.post("/auth/confirm-email", json={"token": first}))
    assert (await api.post("/auth/confirm-email", json={"token": second})).status_code == 200


@pytest.mark.parametrize("path", ["resend-confirmation", "forgot-password"])
async def test_known_and_unknown_addresses_get_the_same_answer_and_leave_the_same_rows(
    api: Api, people: People, database: Any, path: str
) -> None:
    body = await registered(api, people)
    answers, written = [], []

    for address in (body["email"], f"nobody-{uuid4()}@example.com"):
        named = str(uuid4())
        answer = await api.post(
            f"/auth/{path}", json={"email": address}, headers={"X-Correlation-ID": named}
        )
        rows = await database.fetch(
            "SELECT kind, payload FROM outbox_messages WHERE correlation_id = $1", named
        )
        answers.append((answer.status_code, answer.content))
        written.append([(row["kind"], sorted(json.loads(row["payload"]))) for row in rows])
        assert address not in str([tuple(row) for row in rows])

    assert answers[0] == answers[1]
    assert answers[0][0] == 200
    assert written[0] == written[1]
    assert len(written[0]) == 1


@pytest.mark.parametrize("path", ["resend-confirmation", "forgot-password"])
async def test_known_and_unknown_addresses_are_answered_in_the_same_time(
    api: Api, people: People, path: str
) -> None:
    body = await registered(api, people)

    async def seconds(address: str) -> float:
        started = time.perf_counter()
        await api.post(f"/auth/{path}", json={"email": address})
        return time.perf_counter() - started

    taken = [(await seconds(body["email"]), await seconds("no@example.com")) for _ in range(15)]

    known, unknown = (median(column) for column in zip(*taken, strict=True))
    assert 1 / 3 < known / unknown < 3


@pytest.mark.parametrize("path", ["resend-confirmation", "forgot-password"])
@pytest.mark.parametrize("email", ["nobody", "", "a@b@c.at", None, "a" * 250 + "@b.at"])
async def test_what_is_no_address_is_refused(api: Api, path: str, email: Any) -> None:
    answer = await api.post(f"/auth/{path}", json={"email": email})

    assert answer.status_code == 400
    assert [one["pointer"] for one in answer.json()["errors"]] == ["/email"]


async def test_a_confirmed_address_and_an_unknown_one_get_no_confirmation_mail(
    api: Api, people: People, container_of_mails: Container, mailbox: Mailbox
) -> None:
    body = await registered(api, people)
    await delivered(container_of_mails)
    await api.post("/auth/confirm-email", json={"token": mailbox.token(body["email"])})

    for email in (body["email"], f"nobody-{uuid4()}@example.com"):
        await api.post("/auth/resend-confirmation", json={"email": email})
        await api.post("/auth/resend-confirmation", json={"email": email})
    await delivered(container_of_mails)

    assert mailbox.subjects(body["email"]) == ["Confirm your e-mail address"]
    assert len(list(mailbox.folder.glob("*.eml"))) == 1


@pytest.mark.requirement("IAM-02", "IAM-07")
async def test_fifty_registrations_of_one_address_leave_one_account_and_one_mail(
    api: Api, people: People, container_of_mails: Container, mailbox: Mailbox, database: Any
) -> None:
    email = people.registration()["email"]

    async def register() -> int:
        while True:
            answer = await api.post("/auth/register", json=people.registration(email=email))
            if answer.status_code != 429:
                return answer.status_code

    statuses = Counter(await asyncio.gather(*(register() for _ in range(50))))
    await delivered(container_of_mails)

    assert statuses == {201: 1, 409: 49}
    assert await database.fetchval("SELECT count(*) FROM users WHERE email = $1", email) == 1
    assert len(mailbox.of(email)) == 1


async def reset_token(api: Api, container: Container, mailbox: Mailbox, email: str) -> str:
    """Ask for a reset; return the token that was mailed."""
    await api.post("/auth/forgot-password", json={"email": email})
    await delivered(container)
    return mailbox.token(email, "Choose a new password")


@pytest.mark.requirement("IAM-30")
async def test_a_reset_replaces_the_password_and_ends_every_session(
    api: Api, people: People, container_of_mails: Container, mailbox: Mailbox, database: Any
) -> None:
    person = await people.athlete()
    second = Person(api, person.user, (await log_in(api, person.user)).json()["data"])
    other = await people.athlete()
    email = person.user["email"]
    key = await person.post("/me/api-keys", {"name": "Watch", "scopes": ["account:read"]})
    by_key = {"X-API-Key": key.json()["data"]["key"]}
    assert (await api.get("/me", headers=by_key)).status_code == 200
    token = await reset_token(api, container_of_mails, mailbox, email)

    body = {"token": token, "new_password": NEW_PASSWORD}
    answer = await api.post("/auth/reset-password", json=body)

    assert answer.status_code == 200
    assert answer.json()["data"] == {"password_changed": True}
    for device in (person, second):
        assert (await device.get("/me")).status_code == 401
        old = {"refresh_token": device.tokens["refresh_token"]}
        refreshed = await api.post("/auth/refresh", json=old)
        assert (refreshed.status_code, refreshed.json()["code"]) == (401, "invalid_token")
    assert (await api.get("/me", headers=by_key)).status_code == 401
    assert (await other.get("/me")).status_code == 200
    assert (await log_in(api, person.user)).status_code == 401
    signed_in = await log_in(api, person.user, NEW_PASSWORD)
    assert signed_in.status_code == 200
    again = Person(api, person.user, signed_in.json()["data"])
    assert (await again.get("/me")).json()["data"]["email_confirmed"] is True
    assert refused_token(await api.post("/auth/reset-password", json=body))
    assert await rows_with(database, token) == []
    await delivered(container_of_mails)
    assert "was reset on" in text_of(mailbox.about(email, "Your password has changed"))
    about_access = text_of(mailbox.about(email, "Something changed about who can use your account"))
    assert "An API key was made for your account." in about_access


@pytest.mark.requirement("IAM-30", "DPT-32")
async def test_a_reset_revokes_api_keys(
    api: Api, people: People, container_of_mails: Container, mailbox: Mailbox
) -> None:
    person, other = await people.athlete(), await people.athlete()
    wanted = {"name": "Way back in", "scopes": ["account:read"]}
    theirs, others = [
        (await one.post("/me/api-keys", wanted)).json()["data"]["key"] for one in (person, other)
    ]
    token = await reset_token(api, container_of_mails, mailbox, person.user["email"])

    body = {"token": token, "new_password": NEW_PASSWORD}
    assert (await api.post("/auth/reset-password", json=body)).status_code == 200

    statuses = [
        (await api.get("/me", headers={"X-API-Key": one})).status_code for one in (theirs, others)
    ]
    assert statuses == [401, 200]


@pytest.mark.requirement("IAM-30")
async def test_a_reset_asked_for_before_the_password_was_changed_is_void(
    api: Api, people: People, container_of_mails: Container, mailbox: Mailbox
) -> None:
    person = await people.athlete()
    token = await reset_token(api, container_of_mails, mailbox, person.user["email"])
    change = {"current_password": PASSWORD, "new_password": NEW_PASSWORD}
    assert (await person.put("/me/password", change)).status_code == 200

    body = {"token": token, "new_password": "yet another horse battery"}
    assert refused_token(await api.post("/auth/reset-password", json=body))
    assert (await log_in(api, person.user, NEW_PASSWORD)).status_code == 200


@pytest.mark.requirement("IAM-30")
async def test_of_two_resets_by_one_token_at_once_one_wins(
    api: Api, people: People, container_of_mails: Container, mailbox: Mailbox
) -> None:
    body = await registered(api, people)
    token = await reset_token(api, container_of_mails, mailbox, body["email"])
    passwords = [f"{NEW_PASSWORD} {number}" for number in range(5)]

    answers = await asyncio.gather(
        *(
            api.post("/auth/reset-password", json={"token": token, "new_password": one})
            for one in passwords
        )
    )

    statuses = [answer.status_code for answer in answers]
    assert Counter(statuses) == {200: 1, 400: 4}
    signed_in = [(await log_in(api, body, one)).status_code for one in passwords]
    assert [one == 200 for one in signed_in] == [one == 200 for one in statuses]


@pytest.mark.requirement("IAM-30")
async def test_a_reset_expires_after_an_hour_and_by_a_later_one(
    api: Api,
    people: People,
    container_of_mails: Container,
    mailbox: Mailbox,
    clock: AdjustableClock,
) -> None:
    body = await registered(api, people)
    first = await reset_token(api, container_of_mails, mailbox, body["email"])
    second = await reset_token(api, container_of_mails, mailbox, body["email"])

    def reset(token: str) -> Any:
        return api.post("/auth/reset-password", json={"token": token, "new_password": NEW_PASSWORD})

    assert refused_token(await reset(first))
    clock.advance(timedelta(hours=1, seconds=1))
    assert refused_token(await reset(second))
    assert (await log_in(api, body)).status_code == 200


@pytest.mark.parametrize("password", ["short", "p" * 1025, None])
async def test_a_new_password_is_held_to_the_rules_and_the_token_stays_good(
    api: Api, people: People, container_of_mails: Container, mailbox: Mailbox, password: Any
) -> None:
    body = await registered(api, people)
    token = await reset_token(api, container_of_mails, mailbox, body["email"])

    for _ in range(6):
        answer = await api.post(
            "/auth/reset-password", json={"token": token, "new_password": password}
        )
        assert answer.status_code == 400
        assert [one["pointer"] for one in answer.json()["errors"]] == ["/new_password"]

    better = {"token": token, "new_password": NEW_PASSWORD}
    assert (await api.post("/auth/reset-password", json=better)).status_code == 200


@pytest.mark.requirement("IAM-30")
async def test_a_reset_confirms_the_address_it_was_mailed_to(
    strict: Api, people: People, container_of_mails: Container, mailbox: Mailbox
) -> None:
    body = await registered(strict, people)
    token = await reset_token(strict, container_of_mails, mailbox, body["email"])

    await strict.post("/auth/reset-password", json={"token": token, "new_password": NEW_PASSWORD})

    assert (await log_in(strict, body, NEW_PASSWORD)).status_code == 200


async def test_an_account_that_is_gone_takes_its_tokens_along(
    api: Api, people: People, container_of_mails: Container, mailbox: Mailbox, database: Any
) -> None:
    body = await registered(api, people)
    await delivered(container_of_mails)
    token = mailbox.token(body["email"])
    await api.post("/auth/forgot-password", json={"email": body["email"]})
    await database.execute("UPDATE users SET deleted_at = now() WHERE email = $1", body["email"])

    await delivered(container_of_mails)

    assert refused_token(await api.post("/auth/confirm-email", json={"token": token}))
    assert len(mailbox.of(body["email"])) == 1


NOTICES = [
    ("user.password.changed", {"by_reset": False}, "Your password has changed", "was changed on"),
    ("user.second_factor.enabled", {}, "Two-factor sign-in is on", "switched on"),
    ("user.second_factor.disabled", {}, "Two-factor sign-in is off", "switched off"),
    (
        "auth.sign_in.locked_out",
        {"ip_address": "2001:db8::7", "locked_until": "2026-03-01T12:00:00Z"},
        "Too many attempts to sign in to your account",
        "from the address 2001:db8::7",
    ),
    (
        "auth.user.logged_in",
        {"is_new_device": True, "ip_address": None},
        "Sign-in from a new device",
        "a device it had not seen before",
    ),
]


async def publish(stage: Stage, database: Any, kind: str, payload: dict[str, Any]) -> str:
    """Publish an event with a payload; return its id."""
    (message_id,) = await stage.publish(kind=kind)
    await database.execute(
        "UPDATE outbox_messages SET payload = $2::text::json WHERE id = $1::uuid",
        message_id,
        json.dumps(payload),
    )
    return message_id


@pytest.mark.parametrize(("kind", "payload", "subject", "says"), NOTICES)
async def test_the_owner_is_told_of_what_bears_on_their_account(
    api: Api,
    people: People,
    container_of_mails: Container,
    mailbox: Mailbox,
    stage: Stage,
    database: Any,
    kind: str,
    payload: dict[str, Any],
    subject: str,
    says: str,
) -> None:
    body = people.registration(first_name="<b>Éva</b>", time_zone="Europe/Vienna")
    user = (await api.post("/auth/register", json=body)).json()["data"]
    await publish(stage, database, kind, {"user_id": user["id"], **payload})

    await delivered(container_of_mails)

    mail = mailbox.about(body["email"], subject)
    assert says in text_of(mail)
    assert says in text_of(mail, "html")
    assert "(Europe/Vienna)" in text_of(mail)
    assert "Hello <b>Éva</b>" in text_of(mail)
    assert "Hello &lt;b&gt;Éva&lt;/b&gt;" in text_of(mail, "html")


async def test_a_sign_in_from_a_known_device_is_not_told(
    people: People, container_of_mails: Container, mailbox: Mailbox, stage: Stage, database: Any
) -> None:
    person = await people.athlete()
    known = {"user_id": person.user["id"], "is_new_device": False, "ip_address": "::1"}
    await publish(stage, database, "auth.user.logged_in", known)

    await delivered(container_of_mails)

    assert mailbox.subjects(person.user["email"]) == ["Confirm your e-mail address"]


class Outbox:
    """A mailer that keeps what it is given, and fails for some addresses."""

    def __init__(self, *failing: str) -> None:
        self.failing = set(failing)
        self.sent: list[Mail] = []

    async def send(self, mail: Mail) -> None:
        """Keep it, or fail."""
        if mail.to.email in self.failing:
            raise ValueError("the server is away")
        self.sent.append(mail)

    def addresses(self) -> list[str]:
        """Return whom mails went to."""
        return [mail.to.email for mail in self.sent]


async def test_a_mail_is_not_sent_again_because_another_of_its_batch_failed(
    api: Api, people: People, container_of_mails: Container, clock: AdjustableClock
) -> None:
    bodies = [await registered(api, people) for _ in range(7)]
    unlucky = bodies[3]["email"]
    outbox = Outbox(unlucky)
    container_of_mails.mailer.override(providers.Object(outbox))

    await delivered(container_of_mails)
    others = [body["email"] for body in bodies if body["email"] != unlucky]
    assert sorted(outbox.addresses()) == sorted(others)

    outbox.failing.clear()
    clock.advance(timedelta(seconds=30))
    await delivered(container_of_mails)

    assert Counter(outbox.addresses()) == Counter([*others, unlucky])


async def test_what_cannot_be_mailed_is_parked_and_mailed_when_replayed(
    api: Api, people: People, container_of_mails: Container, clock: AdjustableClock, database: Any
) -> None:
    body = await registered(api, people)
    outbox = Outbox(body["email"])
    container_of_mails.mailer.override(providers.Object(outbox))
    for _ in range(MOST_ATTEMPTS + 1):
        await delivered(container_of_mails)
        clock.advance(timedelta(minutes=11))
    parked = await database.fetchval(
        """SELECT e.status FROM inbox_entries e JOIN outbox_messages m ON m.id = e.message_id
        JOIN users u ON u.id = m.aggregate_id WHERE u.email = $1
        AND e.subscriber = 'when_user_registers_mail_confirmation'""",
        body["email"],
    )
    assert parked == "parked"
    tokens = (
        "SELECT count(*) FROM one_time_tokens t JOIN users u ON u.id = t.user_id WHERE email = $1"
    )
    assert await database.fetchval(tokens, body["email"]) == 0

    outbox.failing.clear()
    await container_of_mails.mediator().send(ReplayParkedEvents(), actor=SYSTEM)
    await delivered(container_of_mails)

    assert outbox.addresses().count(body["email"]) == 1


async def test_without_a_mail_server_mails_wait_and_the_worker_says_so(
    people: People, workers: Workers, api: Api, database: Any
) -> None:
    await delivered(workers(redis=""))
    container = workers(
        redis="",
        environment="production",
        jwt_secret="a secret of tests only, long enough to be one",
        mail_dir=None,
    )
    body = await registered(api, people)

    await delivered(container)

    error = await database.fetchval(
        """SELECT e.last_error FROM inbox_entries e JOIN outbox_messages m ON m.id = e.message_id
        JOIN users u ON u.id = m.aggregate_id WHERE u.email = $1 AND e.status = 'pending'""",
        body["email"],
    )
    assert "WORKOUT_SMTP_URL" in error


class Hanging:
    """A mailer whose server never answers."""

    def __init__(self) -> None:
        self.has_begun = asyncio.Event()

    async def send(self, _mail: Mail) -> None:
        """Never end."""
        self.has_begun.set()
        await asyncio.Event().wait()


async def test_nobody_waits_for_a_mail_on_its_way(
    api: Api, people: People, container_of_mails: Container
) -> None:
    body = await registered(api, people)
    hanging = Hanging()
    container_of_mails.mailer.override(providers.Object(hanging))
    await container_of_mails.jobs.relay().drain()
    await asyncio.wait_for(hanging.has_begun.wait(), 10)

    async with asyncio.timeout(5):
        signed_in = await log_in(api, body)

    assert signed_in.status_code == 200
    for task in list(container_of_mails.jobs.direct()._tasks):
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_logs_and_metrics_name_the_template_and_nothing_else(
    api: Api, people: People, container_of_mails: Container, mailbox: Mailbox
) -> None:
    body = await registered(api, people)
    usual = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.INFO))
    with structlog.testing.capture_logs() as lines:
        token = await reset_token(api, container_of_mails, mailbox, body["email"])

    structlog.configure(**usual)
    text = str(lines)
    sent = [line for line in lines if line["event"] == "mail sent"]
    assert {"reset_password", "confirm_email"} <= {str(line["template"]) for line in sent}
    assert token not in text
    assert body["email"] not in text
    shown = container_of_mails.metrics().text().decode()
    assert 'workout_mails_total{outcome="sent",template="reset_password"} 1.0' in shown
    assert body["email"] not in shown


async def test_expired_tokens_are_forgotten(
    api: Api,
    people: People,
    container_of_mails: Container,
    clock: AdjustableClock,
    database: Any,
) -> None:
    body = await registered(api, people)
    await delivered(container_of_mails)
    count = (
        "SELECT count(*) FROM one_time_tokens t JOIN users u ON u.id = t.user_id WHERE email = $1"
    )
    assert await database.fetchval(count, body["email"]) == 1

    clock.advance(timedelta(hours=49))
    await container_of_mails.mediator().send(ForgetExpiredTokens(), actor=SYSTEM)

    assert await database.fetchval(count, body["email"]) == 0
