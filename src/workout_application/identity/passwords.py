"""What a new password must be: long enough, and not what everybody would try first."""

from typing import Final

from workout_application.identity.ports import CommonPasswords
from workout_domain.kernel.errors import FieldError, Invalid

SHORTEST_PASSWORD: Final = 8
LONGEST_PASSWORD: Final = 1024


def length_errors(password: str, *, pointer: str) -> list[FieldError]:
    """
    Say what is wrong with a password's length; composition is nobody's business.

    Source: OWASP ASVS 5.0, 6.2.1, 6.2.5 and 6.2.9.
    """
    if SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        return []
    sentence = f"A password must have {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters."
    return [FieldError(pointer, "length", sentence)]


class PasswordRules:
    """Refuses passwords that protect nothing."""

    def __init__(self, common: CommonPasswords) -> None:
        self._common = common

    def refuse_guessable(self, password: str, *, username: str, email: str, pointer: str) -> None:
        """
        Refuse what an attacker would try first.

        Source: OWASP ASVS 5.0, 6.2.4 and 6.2.11.

        Raises:
            Invalid: it is on the list of common passwords, or repeats name or address.
        """
        plain = password.casefold()
        own = {username.casefold(), email.casefold(), email.partition("@")[0].casefold()}
        if plain in own or plain[::-1] in own:
            raise Invalid.field(pointer, "guessable", "A password must not repeat your name.")
        if self._common.has(password):
            raise Invalid.field(pointer, "common", "This password is among the most common ones.")
