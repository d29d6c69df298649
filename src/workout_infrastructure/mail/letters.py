"""Makes messages of mails: text and HTML from templates, and headers nobody can add to."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime, parseaddr
from typing import Final

from email_validator import EmailNotValidError, validate_email
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from workout_application.identity.ports import Mail, MailTemplate
from workout_shared.clock import Clock
from workout_shared.identifiers import Identifiers

LONGEST_NAME: Final = 100

# None holds anything a user wrote: what a subject says is ours alone.
SUBJECTS: Final = {
    MailTemplate.CONFIRM_EMAIL: "Confirm your e-mail address",
    MailTemplate.RESET_PASSWORD: "Choose a new password",
    MailTemplate.PASSWORD_CHANGED: "Your password has changed",
    MailTemplate.SECOND_FACTOR_ENABLED: "Two-factor sign-in is on",
    MailTemplate.SECOND_FACTOR_DISABLED: "Two-factor sign-in is off",
    MailTemplate.SIGN_IN_LOCKED_OUT: "Too many attempts to sign in to your account",
    MailTemplate.NEW_DEVICE: "Sign-in from a new device",
    MailTemplate.ACCESS_ADDED: "Something changed about who can use your account",
}


class Letters:
    """Writes letters from one sender, with links to one address."""

    def __init__(
        self, *, sender: str, base_url: str, clock: Clock, identifiers: Identifiers
    ) -> None:
        name, address = parseaddr(sender)
        self._sender = _address(name, address)
        self._base_url = base_url
        self._clock, self._identifiers = clock, identifiers
        self._templates = Environment(
            loader=PackageLoader("workout_infrastructure.mail"),
            autoescape=select_autoescape(["html"]),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def write(self, mail: Mail) -> EmailMessage:
        """Write one, in text and HTML."""
        letter = EmailMessage(policy=SMTP)
        letter["From"] = self._sender
        letter["To"] = _address(mail.to.name, mail.to.email)
        letter["Subject"] = SUBJECTS[mail.template]
        letter["Date"] = format_datetime(self._clock.now())
        letter["Message-ID"] = f"<{self._identifiers.new()}@{self._sender.domain}>"
        letter["Auto-Submitted"] = "auto-generated"
        text, page = self._rendered(mail, "txt"), self._rendered(mail, "html")
        letter.set_content(text, cte=_encoding_of(text))
        letter.add_alternative(page, subtype="html", cte=_encoding_of(page))
        return letter

    def _rendered(self, mail: Mail, form: str) -> str:
        return self._templates.get_template(f"{mail.template}.{form}").render(
            name=_one_line(mail.to.name),
            subject=SUBJECTS[mail.template],
            base_url=self._base_url,
            **mail.values,
        )


def as_bytes(letter: EmailMessage) -> bytes:
    """Return a letter as it travels; its headers are ASCII wherever its addresses are."""
    needs_utf8 = not str(letter["To"].addresses[0].addr_spec).isascii()
    return letter.as_bytes(policy=SMTPUTF8 if needs_utf8 else SMTP)


def _encoding_of(text: str) -> str:
    # Quoted-printable would cut links and tokens in two for whoever reads the file as it is.
    return "7bit" if text.isascii() else "quoted-printable"


def _address(name: str, address: str) -> Address:
    local, _, domain = address.rpartition("@")
    return Address(_one_line(name)[:LONGEST_NAME], _one_line(local), _ascii_domain(address, domain))


def _one_line(text: str) -> str:
    # A name may hold a line break; a header may not.
    visible = "".join(one if one.isprintable() else " " for one in text)
    return " ".join(visible.split())


def _ascii_domain(address: str, domain: str) -> str:
    if domain.isascii():
        return _one_line(domain)
    try:
        checked = validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return domain.encode("idna").decode("ascii")
    return checked.ascii_domain
