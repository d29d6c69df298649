"""Mails over a real mail server: with TLS, a password, and when it is away."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx2
import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.builders.certificates import a_certificate
from tests.builders.mails import read_mail, token_in
from tests.builders.people import People
from tests.conftest import free_port
from tests.fakes.clock import AdjustableClock
from tests.infrastructure.mail.test_letters import a_mail, letters
from tests.worker.conftest import Workers
from tests.worker.test_delivery import delivered
from workout_infrastructure.mail.smtp import MailNotSent, MailServer, MailServerWrong, SmtpMailer

USER, PASSWORD = "mailer@example.com", "s3cret/with:odd@signs"


class MailHost:
    """A mail server of this machine that keeps what it takes."""

    def __init__(self, **options: Any) -> None:
        self.port = free_port()
        self.taken: list[Envelope] = []
        self.was_encrypted: list[bool] = []
        self.refusing = ""
        self._options = options
        self._server: asyncio.Server | None = None

    def authenticate(self, *arguments: Any) -> AuthResult:
        """Let in who has the password."""
        data: LoginPassword = arguments[-1]
        success = (data.login.decode(), data.password.decode()) == (USER, PASSWORD)
        return AuthResult(success=success, handled=success)

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - its name
        """Take a mail."""
        if self.refusing:
            return self.refusing
        self.taken.append(envelope)
        self.was_encrypted.append(session.ssl is not None)
        return "250 Taken"

    async def start(self) -> None:
        """Begin to listen."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            lambda: SMTP(self, enable_SMTPUTF8=True, **self._options), "127.0.0.1", self.port
        )

    async def stop(self) -> None:
        """Be gone."""
        if self._server is not None:
            self._server.close()
            self._server = None


def content_of(envelope: Envelope) -> bytes:
    """Return a mail as it came."""
    assert isinstance(envelope.content, bytes)
    return envelope.content


@asynccontextmanager
async def hosting(**options: Any) -> AsyncIterator[MailHost]:
    """Run a mail server for the length of the block."""
    host = MailHost(**options)
    await host.start()
    try:
        yield host
    finally:
        await host.stop()


@pytest.fixture
async def secured(tmp_path: Path) -> AsyncIterator[tuple[MailHost, str]]:
    """Return a server that wants STARTTLS and a password, and its address."""
    context, trusted = a_certificate(tmp_path)
    async with AsyncExitStack() as stack:
        host = MailHost(require_starttls=True, tls_context=context, auth_required=True)
        host._options["authenticator"] = host.authenticate
        await host.start()
        stack.push_async_callback(host.stop)
        login = f"{quote(USER, safe='')}:{quote(PASSWORD, safe='')}"
        yield (
            host,
            f"smtp://{login}@127.0.0.1:{host.port}?starttls=true&ca_file={quote(str(trusted))}",
        )


async def send(url: str, **fields: Any) -> None:
    """Send a mail by a server."""
    await SmtpMailer(MailServer.at(url), letters(), timeout_seconds=5).send(a_mail(**fields))


async def not_sent(url: str, **fields: Any) -> str:
    """Send a mail that must fail; return what is said about it."""
    with pytest.raises(MailNotSent) as told:
        await send(url, **fields)
    assert told.value.__suppress_context__
    for secret in ("ana@example.com", "a-token", PASSWORD, quote(PASSWORD, safe="")):
        assert secret not in repr(told.value)
    return str(told.value)


async def test_a_mail_goes_encrypted_and_with_a_password(secured: tuple[MailHost, str]) -> None:
    host, url = secured

    await send(url)

    assert host.was_encrypted == [True]
    assert host.taken[0].rcpt_tos == ["ana@example.com"]
    assert host.taken[0].mail_from == "no-reply@xn--exmple-cua.com"
    assert token_in(read_mail(content_of(host.taken[0]))) == "a-token"


async def test_a_server_nobody_vouches_for_gets_neither_mail_nor_password(
    secured: tuple[MailHost, str],
) -> None:
    host, url = secured

    said = await not_sent(url.partition("&ca_file")[0])

    assert host.taken == []
    assert "SSL" in said or "Connect" in said


async def test_a_wrong_password_is_told_by_its_number(secured: tuple[MailHost, str]) -> None:
    host, url = secured

    said = await not_sent(url.replace(quote(PASSWORD, safe=""), "wrong"))

    assert "SMTPAuthenticationError 535" in said
    assert host.taken == []


async def test_without_encryption_nothing_is_sent_unless_allowed() -> None:
    async with hosting() as host:
        await not_sent(f"smtp://127.0.0.1:{host.port}")
        assert host.taken == []
        await send(f"smtp://127.0.0.1:{host.port}?starttls=false")

    assert host.was_encrypted == [False]


async def test_an_address_beyond_ascii_is_delivered() -> None:
    async with hosting() as host:
        await send(f"smtp://127.0.0.1:{host.port}?starttls=false", email="éva@exämple.com")

    assert host.taken[0].rcpt_tos == ["éva@xn--exmple-cua.com"]
    assert "<éva@xn--exmple-cua.com>".encode() in content_of(host.taken[0])


async def test_what_a_server_says_about_an_address_is_not_repeated() -> None:
    async with hosting() as host:
        host.refusing = "550 <ana@example.com> has left"
        said = await not_sent(f"smtp://127.0.0.1:{host.port}?starttls=false")

    assert "550" in said


async def test_a_server_that_never_answers_is_given_up() -> None:
    accepted = await asyncio.start_server(lambda _r, _w: None, "127.0.0.1", 0)
    port = accepted.sockets[0].getsockname()[1]
    mailer = SmtpMailer(
        MailServer.at(f"smtp://127.0.0.1:{port}?starttls=false"), letters(), timeout_seconds=0.2
    )

    with pytest.raises(MailNotSent, match="Timeout"):
        await mailer.send(a_mail())
    accepted.close()


@pytest.mark.requirement("IAM-07")
async def test_a_mail_waits_for_a_server_that_is_away(
    api: httpx2.AsyncClient,
    people: People,
    workers: Workers,
    clock: AdjustableClock,
    secured: tuple[MailHost, str],
) -> None:
    host, url = secured
    await delivered(workers(redis=""))
    container = workers(
        redis="", mail_dir=None, smtp_url=url, mail_from="Workout <no-reply@example.com>"
    )
    body = people.registration(first_name="Ána")
    assert (await api.post("/auth/register", json=body)).status_code == 201

    await host.stop()
    await delivered(container)
    await host.start()
    clock.advance(timedelta(seconds=13))
    host.refusing = "451 Later"
    await delivered(container)
    assert host.taken == []
    host.refusing = ""
    clock.advance(timedelta(seconds=25))
    await delivered(container)

    # What other tests left undelivered has come as well.
    taken = [one for one in host.taken if one.rcpt_tos == [body["email"]]]
    [mail] = [read_mail(content_of(one)) for one in taken]
    confirmed = await api.post("/auth/confirm-email", json={"token": token_in(mail)})
    assert confirmed.status_code == 200


@pytest.mark.parametrize(
    "url",
    [
        "http://mail.example.com",
        "smtp:mail.example.com",
        "mail.example.com:25",
        "smtp://mail.example.com:many",
        "smtp://mail.example.com/path",
        "smtp://mail.example.com?starttls=perhaps",
        "smtp://mail.example.com?verify=false",
        "smtp://mail.example.com?starttls",
    ],
)
def test_what_is_no_address_of_a_server_is_refused(url: str) -> None:
    with pytest.raises(MailServerWrong) as told:
        MailServer.at(url)

    assert url not in str(told.value)


def test_the_address_of_a_server_says_how_to_reach_it() -> None:
    plain, tls = MailServer.at("smtp://a%40b:p%2Fw@h"), MailServer.at("smtps://h:4650")

    assert (plain.username, plain.password, plain.port) == ("a@b", "p/w", 587)
    assert (plain.starttls, plain.is_tls) == (True, False)
    assert (tls.starttls, tls.is_tls, tls.port, tls.username) == (False, True, 4650, None)
    assert "p/w" not in repr(plain)
