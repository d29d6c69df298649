"""What a mail leaves in metrics and logs: its template and its outcome, never whom it was for."""

import structlog

from workout_application.identity.ports import Mail, Mailer
from workout_domain.kernel.errors import Unavailable
from workout_infrastructure.observability.metrics import Metrics


class MailNotConfigured(Unavailable):
    """There is neither a mail server nor a folder for mails."""

    code = "mail_not_configured"


class MissingMailer:
    """Stands where nothing is configured: every mail fails, waits and is parked, none is lost."""

    async def send(self, _mail: Mail) -> None:
        """
        Refuse.

        Raises:
            MailNotConfigured: always.
        """
        raise MailNotConfigured("Set WORKOUT_SMTP_URL or WORKOUT_MAIL_DIR to send mails.")


class ObservedMailer:
    """Counts the mails of another mailer and writes a line for each."""

    def __init__(self, mailer: Mailer, metrics: Metrics) -> None:
        self._mailer, self._metrics = mailer, metrics

    async def send(self, mail: Mail) -> None:
        """Hand it on."""
        log = structlog.get_logger()
        try:
            await self._mailer.send(mail)
        except Unavailable as error:
            self._metrics.mails.labels(mail.template, "failed").inc()
            log.warning("mail not sent", template=mail.template, reason=error.message)
            raise
        self._metrics.mails.labels(mail.template, "sent").inc()
        log.info("mail sent", template=mail.template)
