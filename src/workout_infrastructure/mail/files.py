"""Mails written into a folder, for machines without a mail server."""

import asyncio
import os
from datetime import UTC
from pathlib import Path

from workout_application.identity.ports import Mail
from workout_domain.kernel.errors import Unavailable
from workout_infrastructure.mail.letters import Letters, as_bytes
from workout_shared.clock import Clock
from workout_shared.identifiers import Identifiers


class MailNotWritten(Unavailable):
    """The folder of mails cannot be written to."""

    code = "mail_not_written"


class FileMailer:
    """
    Writes one ``.eml`` file per mail, named so that they sort by time.

    A file appears whole or not at all. They hold tokens, so only this user may read them.
    """

    def __init__(
        self, folder: Path, letters: Letters, clock: Clock, identifiers: Identifiers
    ) -> None:
        self._folder, self._letters = folder, letters
        self._clock, self._identifiers = clock, identifiers

    async def send(self, mail: Mail) -> None:
        """
        Write it.

        Raises:
            MailNotWritten: the folder is missing, full or not ours.
        """
        content = as_bytes(self._letters.write(mail))
        at = self._clock.now().astimezone(UTC)
        name = f"{at:%Y%m%dT%H%M%S}.{at.microsecond:06}Z-{self._identifiers.new()}.eml"
        try:
            await asyncio.to_thread(self._write, name, content)
        except OSError as error:
            raise MailNotWritten(f"The mail was not written: {type(error).__name__}.") from None

    def _write(self, name: str, content: bytes) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = self._folder / f".{name}.part"
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            unfinished.replace(self._folder / name)
        except OSError:
            unfinished.unlink(missing_ok=True)
            raise
