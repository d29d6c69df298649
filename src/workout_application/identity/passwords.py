"""The rules of a new password, wherever one is chosen."""

from typing import Final

from workout_domain.kernel.errors import FieldError

SHORTEST_PASSWORD: Final = 8
LONGEST_PASSWORD: Final = 1024


def password_errors(password: str, *, field: str = "password") -> list[FieldError]:
    """Refuse passwords too short to protect anything or too long to hash."""
    if SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        return []
    sentence = f"{field} must have {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters."
    return [FieldError(f"/{field}", "length", sentence)]
