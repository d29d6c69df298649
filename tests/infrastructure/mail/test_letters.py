"""How mails look: headers nobody can add to, and text beside HTML."""

from pathlib import Path
from uuid import UUID

import pytest

from tests.builders.mails import read_mail, text_of
from tests.fakes.clock import AdjustableClock
from workout_application.identity.ports import Mail, MailRecipient, MailTemplate
from workout_infrastructure.clock import Uuid7Identifiers
from workout_infrastructure.mail.files import FileMailer, MailNotWritten
from workout_infrastructure.mail.letters import SUBJECTS, Letters, as_bytes

VALUES = {
    "token": "a-token",
    "expires": "2026-03-01 12:00 (UTC)",
    "when": "2026-03-01 12:00 (UTC)",
    "change": "changed",
    "address": "192.0.2.7",
    "what": "An API key was made.",
}


def letters() -> Letters:
    """Make a writer of letters."""
    return Letters(
        sender="Wörkout <no-reply@exämple.com>",
        base_url="https://workout.example.com",
        clock=AdjustableClock(),
        identifiers=Uuid7Identifiers(),
    )


def a_mail(
    template: MailTemplate = MailTemplate.CONFIRM_EMAIL,
    *,
    name: str = "Ána Łęcka",
    email: str = "ana@example.com",
) -> Mail:
    """Make a mail to somebody."""
    to = MailRecipient(
        user_id=UUID(int=1), email=email, name=name, time_zone="UTC", email_confirmed=False
    )
    return Mail(template=template, to=to, values=VALUES)


@pytest.mark.parametrize("template", MailTemplate)
def test_every_mail_is_text_and_html_and_greets_by_name(template: MailTemplate) -> None:
    mail = read_mail(as_bytes(letters().write(a_mail(template, name="Ána <i>Łęcka</i>"))))

    assert mail["Subject"] == SUBJECTS[template]
    assert mail.get_content_type() == "multipart/alternative"
    assert "Ána <i>Łęcka</i>" in text_of(mail)
    assert "Ána &lt;i&gt;Łęcka&lt;/i&gt;" in text_of(mail, "html")
    assert "{" not in text_of(mail)
    assert "{{" not in text_of(mail, "html")


@pytest.mark.parametrize(
    "name",
    [
        "Ana\r\nBcc: victim@example.com",
        "Ana\nSubject: Win money\n\nClick here",
        "Ana\u2028Bcc: victim@example.com",
        'Ana" <victim@example.com>, "',
        "Ana\x00\x1b[31m",
        "a" * 100,
    ],
)
def test_no_name_adds_a_header_or_a_recipient(name: str) -> None:
    content = as_bytes(letters().write(a_mail(name=name)))

    mail = read_mail(content)
    assert [one.addr_spec for one in mail["To"].addresses] == ["ana@example.com"]
    assert mail["Bcc"] is None
    assert mail.get_all("Subject") == [SUBJECTS[MailTemplate.CONFIRM_EMAIL]]
    head = content.split(b"\r\n\r\n", 1)[0]
    assert not [line for line in head.split(b"\r\n") if line.startswith((b"Bcc", b"Click"))]


def test_names_beyond_ascii_travel_in_ascii_headers() -> None:
    content = as_bytes(letters().write(a_mail()))

    assert content.split(b"\r\n\r\n", 1)[0].isascii()
    mail = read_mail(content)
    assert mail["To"].addresses[0].display_name == "Ána Łęcka"
    assert mail["From"].addresses[0].addr_spec == "no-reply@xn--exmple-cua.com"
    assert mail["From"].addresses[0].display_name == "Wörkout"


@pytest.mark.parametrize(
    ("email", "on_the_wire"),
    [
        ("ana@exämple.com", "ana@xn--exmple-cua.com"),
        ("éva@exämple.com", "éva@xn--exmple-cua.com"),
        ("éva@example.com", "éva@example.com"),
        ('o"brien@example.com', 'o"brien@example.com'),
    ],
)
def test_addresses_beyond_ascii_are_kept(email: str, on_the_wire: str) -> None:
    letter = letters().write(a_mail(email=email))

    assert letter["To"].addresses[0].username == on_the_wire.rpartition("@")[0]
    assert letter["To"].addresses[0].domain == on_the_wire.rpartition("@")[2]
    head = as_bytes(letter).split(b"\r\n\r\n", 1)[0]
    assert head.isascii() == on_the_wire.isascii()


async def test_files_appear_whole_and_sort_by_time(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "mail"
    mailer = FileMailer(folder, letters(), AdjustableClock(), Uuid7Identifiers())

    for template in MailTemplate:
        await mailer.send(a_mail(template))

    files = sorted(folder.iterdir())
    subjects = [str(read_mail(file.read_bytes())["Subject"]) for file in files]
    assert subjects == [SUBJECTS[template] for template in MailTemplate]
    assert {file.suffix for file in files} == {".eml"}
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700


async def test_a_folder_that_is_none_fails_without_naming_anybody(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file", encoding="utf-8")
    mailer = FileMailer(tmp_path / "mail", letters(), AdjustableClock(), Uuid7Identifiers())

    with pytest.raises(MailNotWritten) as told:
        await mailer.send(a_mail())

    assert "ana" not in repr(told.value)
    assert "a-token" not in repr(a_mail())
