"""The passwords everybody tries first, as zxcvbn lists them."""

from functools import cache

from zxcvbn.frequency_lists import FREQUENCY_LISTS


class ZxcvbnCommonPasswords:
    """
    30,000 passwords by frequency, 11,600 of them long enough to be accepted otherwise.

    Source: OWASP ASVS 5.0, 6.2.4 asks for the top 3,000 at least.
    """

    def has(self, password: str) -> bool:
        """Tell whether this is one of them, in whatever case."""
        return password.casefold() in _listed()


@cache
def _listed() -> frozenset[str]:
    return frozenset(FREQUENCY_LISTS["passwords"])
