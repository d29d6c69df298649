"""The mailer, wired: a mail server, a folder, or a refusal that loses nothing."""

from pathlib import Path

from workout_application.identity.ports import Mailer
from workout_infrastructure.mail.files import FileMailer
from workout_infrastructure.mail.letters import Letters
from workout_infrastructure.mail.observed import MissingMailer, ObservedMailer
from workout_infrastructure.mail.smtp import MailServer, SmtpMailer
from workout_infrastructure.observability.metrics import Metrics
from workout_presentation.composition.settings import Environment, Settings
from workout_shared.clock import Clock
from workout_shared.identifiers import Identifiers


def mail_folder(settings: Settings) -> Path | None:
    """Return the folder mails are written into; None where they are not."""
    if settings.smtp_url.get_secret_value():
        return None
    if settings.mail_dir is not None:
        return settings.mail_dir
    is_production = settings.environment is Environment.PRODUCTION
    return None if is_production else settings.data_dir / "mail"


def can_send(settings: Settings) -> bool:
    """Tell whether mails go anywhere."""
    return bool(settings.smtp_url.get_secret_value()) or mail_folder(settings) is not None


def build_mailer(
    settings: Settings, clock: Clock, identifiers: Identifiers, metrics: Metrics
) -> Mailer:
    """Build the mailer the settings ask for."""
    letters = Letters(
        sender=settings.mail_from,
        base_url=settings.base_url,
        clock=clock,
        identifiers=identifiers,
    )
    url, folder = settings.smtp_url.get_secret_value(), mail_folder(settings)
    if url:
        return ObservedMailer(SmtpMailer(MailServer.at(url), letters), metrics)
    if folder is not None:
        return ObservedMailer(FileMailer(folder, letters, clock, identifiers), metrics)
    return ObservedMailer(MissingMailer(), metrics)
