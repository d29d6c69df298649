"""Reads the mails a product wrote into a folder."""

import email
import re
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

_TOKEN = re.compile(r"#token=([A-Za-z0-9_-]+)")


class Mailbox:
    """A folder of ``.eml`` files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def of(self, address: str) -> list[EmailMessage]:
        """Return the mails to an address, oldest first."""
        mails = [read_mail(path.read_bytes()) for path in sorted(self.folder.glob("*.eml"))]
        return [mail for mail in mails if address in addresses_of(mail)]

    def subjects(self, address: str) -> list[str]:
        """Return what the mails to an address are about, oldest first."""
        return [str(mail["Subject"]) for mail in self.of(address)]

    def about(self, address: str, subject: str) -> EmailMessage:
        """Return the latest mail to an address about something."""
        return [mail for mail in self.of(address) if mail["Subject"] == subject][-1]

    def token(self, address: str, subject: str = "Confirm your e-mail address") -> str:
        """Return the token of the latest such mail to an address."""
        return token_in(self.about(address, subject))


def read_mail(content: bytes) -> EmailMessage:
    """Read a mail as it travels."""
    mail = email.message_from_bytes(content, policy=default)
    assert isinstance(mail, EmailMessage)
    return mail


def addresses_of(mail: EmailMessage) -> list[str]:
    """Return the addresses a mail says it is for."""
    return [one.addr_spec for one in mail["To"].addresses]


def text_of(mail: EmailMessage, form: str = "plain") -> str:
    """Return what a mail says, in text or HTML."""
    part = mail.get_body((form,))
    assert part is not None
    return str(part.get_content())


def token_in(mail: EmailMessage) -> str:
    """Return the token of a mail, which is the same in its link and beside it."""
    text = text_of(mail)
    found = _TOKEN.search(text)
    assert found, text
    assert text.splitlines().count(found[1]) == 1
    assert f"#token={found[1]}" in text_of(mail, "html")
    return found[1]
