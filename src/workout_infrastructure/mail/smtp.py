"""Mails handed to a mail server."""

import asyncio
import ssl
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

import aiosmtplib

from workout_application.identity.ports import Mail
from workout_domain.kernel.errors import Unavailable
from workout_infrastructure.mail.letters import Letters

# Less than a reaction may take: the mail fails, and is tried again, by itself.
TIMEOUT_SECONDS: Final = 8.0
_PORTS: Final = {"smtp": 587, "smtps": 465}
_OPTIONS: Final = frozenset({"starttls", "ca_file"})


class MailNotSent(Unavailable):
    """The mail server did not take the mail."""

    code = "mail_not_sent"


class MailServerWrong(ValueError):
    """The address of the mail server cannot be read; the message does not repeat it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Where mails are handed over, and how; TLS is always verified where it is used."""

    host: str
    port: int
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    is_tls: bool = False
    starttls: bool = True
    ca_file: str | None = None

    @classmethod
    def at(cls, url: str) -> "MailServer":
        """
        Read ``smtp://user:password@host:587`` or ``smtps://…``.

        ``smtp`` means STARTTLS, without which nothing is sent, unless ``?starttls=false`` says that
        the way to the server is safe by itself. ``ca_file`` names certificates to trust instead of
        the system's.

        Raises:
            MailServerWrong: it is no such address.
        """
        try:
            parts = urlsplit(url)
            port = parts.port
            options = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
        except ValueError as error:
            raise MailServerWrong("It cannot be read.") from error
        starttls = options.get("starttls", "true")
        if parts.scheme not in _PORTS or not parts.hostname or parts.path not in {"", "/"}:
            raise MailServerWrong("It must be smtp://user:password@host:port, or smtps://….")
        if not options.keys() <= _OPTIONS or starttls not in {"true", "false"}:
            raise MailServerWrong("It may end with ?starttls=true, ?starttls=false or ?ca_file=….")
        is_tls = parts.scheme == "smtps"
        return cls(
            host=parts.hostname,
            port=port or _PORTS[parts.scheme],
            username=None if parts.username is None else unquote(parts.username),
            password=None if parts.password is None else unquote(parts.password),
            is_tls=is_tls,
            starttls=starttls == "true" and not is_tls,
            ca_file=options.get("ca_file"),
        )


class SmtpMailer:
    """Sends each mail over a connection of its own."""

    def __init__(
        self, server: MailServer, letters: Letters, *, timeout_seconds: float = TIMEOUT_SECONDS
    ) -> None:
        self._server, self._letters, self._timeout = server, letters, timeout_seconds
        self._tls: ssl.SSLContext | None = None

    async def send(self, mail: Mail) -> None:
        """
        Hand it over.

        Raises:
            MailNotSent: the server is away, or refuses us, our password or the mail.
        """
        letter = self._letters.write(mail)
        server = self._server
        try:
            async with asyncio.timeout(self._timeout):
                await aiosmtplib.send(
                    letter,
                    sender=letter["From"].addresses[0].addr_spec,
                    recipients=[letter["To"].addresses[0].addr_spec],
                    hostname=server.host,
                    port=server.port,
                    username=server.username,
                    password=server.password,
                    use_tls=server.is_tls,
                    start_tls=server.starttls,
                    tls_context=self._context(),
                    timeout=self._timeout,
                    # Left out, it would be looked up in the DNS while everything waits.
                    local_hostname=letter["From"].addresses[0].domain,
                )
        except (aiosmtplib.SMTPException, OSError, TimeoutError, ValueError) as error:
            # What a server answers may repeat the address, so of it only the number is kept; the
            # error itself is left out, since it would be logged with this one.
            raise MailNotSent(_said(error)) from None

    def _context(self) -> ssl.SSLContext | None:
        if not self._server.is_tls and not self._server.starttls:
            return None
        if self._tls is None:
            self._tls = ssl.create_default_context(cafile=self._server.ca_file)
        return self._tls


def _said(error: Exception) -> str:
    number = getattr(error, "code", None)
    of_number = f" {number}" if isinstance(number, int) else ""
    return f"The mail server did not take the mail: {type(error).__name__}{of_number}."
