"""One-time codes: random, and stored as hashes only."""

import hashlib
import secrets
from typing import Final

RANDOM_BYTES: Final = 24
# Without letters and digits that are taken for one another.
TYPED_ALPHABET: Final = "abcdefghjkmnpqrstuvwxyz23456789"
TYPED_CHARACTERS: Final = 24
KEY_MARK: Final = "wko_"


class RandomCodes:
    """Makes codes of 192 random bits; so much randomness needs no slow hash."""

    def fresh(self) -> str:
        """Return a code of 32 URL-safe characters."""
        return secrets.token_urlsafe(RANDOM_BYTES)

    def fresh_to_type(self) -> str:
        """Return a code of 118 random bits that can be read out and typed, in groups of four."""
        code = "".join(secrets.choice(TYPED_ALPHABET) for _ in range(TYPED_CHARACTERS))
        return "-".join(code[start : start + 4] for start in range(0, TYPED_CHARACTERS, 4))

    def digest(self, code: str) -> str:
        """Return the SHA-256 of a code."""
        return hashlib.sha256(code.encode("utf-8", "surrogatepass")).hexdigest()


class RandomApiKeys:
    """Makes keys of 256 random bits behind a mark that secret scanners can look for."""

    def fresh_key(self) -> str:
        """Return a key of 47 URL-safe characters."""
        return f"{KEY_MARK}{secrets.token_urlsafe(32)}"

    def digest(self, key: str) -> str:
        """Return the SHA-256 of a key."""
        return hashlib.sha256(b"api_key:" + key.encode("utf-8", "surrogatepass")).hexdigest()
