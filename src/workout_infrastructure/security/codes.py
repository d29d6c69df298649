"""One-time codes: random, and stored as hashes only."""

import hashlib
import secrets
from typing import Final

RANDOM_BYTES: Final = 24


class RandomCodes:
    """Makes codes of 192 random bits; so much randomness needs no slow hash."""

    def fresh(self) -> str:
        """Return a code of 32 URL-safe characters."""
        return secrets.token_urlsafe(RANDOM_BYTES)

    def digest(self, code: str) -> str:
        """Return the SHA-256 of a code."""
        return hashlib.sha256(code.encode("utf-8", "surrogatepass")).hexdigest()
