"""Encrypts what is kept only to be given back to its owner."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class NotOurs(ValueError):
    """The text was not sealed with this secret for this purpose."""


class Seal:
    """
    Closes and opens texts with a key derived from the product's secret, for one purpose.

    What was closed with a retired secret still opens.
    """

    def __init__(self, secret: str, *, purpose: str, retired: tuple[str, ...] = ()) -> None:
        self._present = _key(secret, purpose)
        self._fernet = MultiFernet([self._present, *(_key(one, purpose) for one in retired)])

    def close(self, content: bytes) -> bytes:
        """Encrypt and sign."""
        return self._fernet.encrypt(content)

    def open(self, sealed: bytes) -> bytes:
        """
        Read back what ``close`` wrote.

        Raises:
            NotOurs: it was sealed with another secret, or changed.
        """
        try:
            return self._fernet.decrypt(sealed)
        except InvalidToken as error:
            raise NotOurs("Sealed with another secret, or changed.") from error

    def renewed(self, sealed: bytes) -> bytes | None:
        """
        Close anew what a retired secret closed; None where the present one did.

        Raises:
            NotOurs: it was sealed with another secret, or changed.
        """
        try:
            self._present.decrypt(sealed)
        except InvalidToken:
            return self.close(self.open(sealed))
        return None


def _key(secret: str, purpose: str) -> Fernet:
    key = hashlib.sha256(f"{purpose}:{secret}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
