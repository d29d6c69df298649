"""Reads the settings of the perimeter: secrets, lists of proxies and origins."""

import re
from ipaddress import ip_network
from typing import Final
from urllib.parse import urlsplit

SHORTEST_SECRET_BYTES: Final = 32
FEWEST_DIFFERENT_BYTES: Final = 10
LOCAL_SECRET: Final = "local-mode-secret-not-for-production-use"  # noqa: S105 - refused in production
# Long enough that a random secret does not hold one by chance.
_PLACEHOLDERS: Final = (
    *("changeme", "changeit", "replaceme", "replacethis", "placeholder", "yoursecret"),
    *("mysecret", "password", "example", "notforproduction", "insecure", "randombytes"),
)
_NOT_A_LETTER: Final = re.compile(r"[\W_]+")


def parts_of(listed: str) -> tuple[str, ...]:
    """Split a list at its commas."""
    return tuple(part.strip() for part in listed.split(",") if part.strip())


def weakness_of(secret: str) -> str:
    """Tell why a secret will not do in production; nothing where it will. It is never repeated."""
    raw = secret.encode()
    plain = _NOT_A_LETTER.sub("", secret).casefold()
    if secret == LOCAL_SECRET:
        return "must not be the one of local mode."
    if len(set(raw)) < FEWEST_DIFFERENT_BYTES:
        return "must be random: it has too few different characters."
    if any(placeholder in plain for placeholder in _PLACEHOLDERS):
        return "must be random: it looks like a placeholder."
    return ""


def checked_proxies(listed: str) -> str:
    """
    Check a list of addresses and networks.

    Raises:
        ValueError: one is neither.
    """
    for part in parts_of(listed):
        try:
            ip_network(part)
        except ValueError as error:
            raise ValueError(f"List addresses and networks such as 10.0.0.0/8: {error}.") from None
    return listed


def checked_origins(listed: str) -> str:
    """
    Check a list of origins as browsers write them.

    Raises:
        ValueError: one is a pattern, or more or less than scheme, host and port.
    """
    for part in parts_of(listed):
        if "*" in part:
            raise ValueError("Credentials are allowed, so every origin must be named, without *.")
        if not _is_origin(part):
            raise ValueError("List origins such as https://app.example.com, without a path.")
    return listed


def _is_origin(text: str) -> bool:
    try:
        url = urlsplit(text)
        port = url.port
    except ValueError:
        return False
    default = {"http": 80, "https": 443}.get(url.scheme)
    host = url.netloc.rpartition("@")[2]
    return (
        default is not None
        and port != default
        and url.hostname is not None
        and text == f"{url.scheme}://{host}".lower()
    )
