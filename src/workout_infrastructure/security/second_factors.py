"""Time-based one-time codes by pyotp, drawn as QR by segno; secrets are sealed at rest."""

import hashlib
import hmac
from datetime import datetime
from typing import Final

import pyotp
import segno

from workout_application.identity.ports import Enrolment
from workout_domain.identity.errors import SecondFactorUnreadable
from workout_infrastructure.security.codes import RandomCodes
from workout_infrastructure.security.seal import NotOurs, Seal

RECOVERY_CODES: Final = 10
STEP_SECONDS: Final = 30
CODE_DIGITS: Final = 6


class TotpCodes:
    """
    Codes of six digits that change every 30 seconds, as every authenticator app makes them.

    Source: RFC 6238. A code of the step before and after passes as well, for clocks that differ.
    """

    def __init__(self, seal: Seal, codes: RandomCodes, *, issuer: str) -> None:
        self._seal, self._codes, self._issuer = seal, codes, issuer

    def enrol(self, account: str) -> Enrolment:
        """Make a secret for the account with this name."""
        secret = pyotp.random_base32()
        uri = pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=self._issuer)
        return Enrolment(
            secret=secret,
            sealed_secret=self._seal.close(secret.encode()),
            otpauth_uri=uri,
            qr_svg=segno.make(uri, error="m").svg_inline(scale=4, border=4),
        )

    def step_of(self, sealed_secret: bytes, code: str, *, at: datetime) -> int | None:
        """Return the time step whose code this is; every candidate is compared, in equal time."""
        digits = "".join(code.split())
        if len(digits) != CODE_DIGITS or not (digits.isascii() and digits.isdigit()):
            return None
        totp = pyotp.TOTP(self._secret(sealed_secret))
        now = int(at.timestamp()) // STEP_SECONDS
        matching = [
            step
            for step in (now - 1, now, now + 1)
            if hmac.compare_digest(totp.generate_otp(step), digits)
        ]
        return matching[-1] if matching else None

    def _secret(self, sealed_secret: bytes) -> str:
        try:
            return self._seal.open(sealed_secret).decode()
        except NotOurs as error:
            raise SecondFactorUnreadable(
                "Codes of this account cannot be checked now; use a recovery code."
            ) from error

    def resealed(self, sealed_secret: bytes) -> bytes | None:
        """Seal a secret anew that was sealed with a retired key; None where it need or can not."""
        try:
            return self._seal.renewed(sealed_secret)
        except NotOurs:
            return None

    def fresh_recovery_codes(self) -> list[str]:
        """Make ten recovery codes."""
        return [self._codes.fresh_to_type() for _ in range(RECOVERY_CODES)]

    def recovery_hash(self, code: str) -> str:
        """Return the SHA-256 of a code; so much randomness needs no slow hash."""
        plain = "".join(code.lower().split()).replace("-", "")
        return hashlib.sha256(b"recovery:" + plain.encode("utf-8", "surrogatepass")).hexdigest()
