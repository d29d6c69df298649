"""What an account opened by an external identity is called."""

import re
import unicodedata
from typing import Final

from workout_application.identity.ports import ExternalIdentity
from workout_domain.identity.user import (
    LONGEST_NAME,
    LONGEST_USERNAME,
    Profile,
    checked_username,
)
from workout_domain.kernel.errors import Invalid

_NOT_IN_USERNAMES: Final = re.compile(r"[^A-Za-z0-9._+-]+")
_NUMBERED: Final = range(2, 10)


def usernames_for(identity: ExternalIdentity, email: str, *, otherwise: str) -> list[str]:
    """Return acceptable usernames, the nicest first; the last one ends with ``otherwise``."""
    local = email.partition("@")[0]
    wished = _acceptable(identity.preferred_username or "") or _acceptable(local) or "athlete"
    numbered = [_with_ending(wished, str(number)) for number in _NUMBERED]
    return [wished, *numbered, _with_ending(wished, f"-{otherwise}")]


def profile_of(identity: ExternalIdentity, username: str) -> Profile:
    """Return a profile named as the issuer says; a name it does not tell is the username."""
    whole = _shown(identity.name)
    first, _, last = whole.partition(" ")
    return Profile(
        first_name=_shown(identity.given_name) or first or username,
        last_name=_shown(identity.family_name) or _shown(last) or username,
    )


def _acceptable(wished: str) -> str:
    plain = unicodedata.normalize("NFKD", wished.partition("@")[0])
    ascii_only = "".join(one for one in plain if not unicodedata.combining(one))
    text = _NOT_IN_USERNAMES.sub(".", ascii_only).strip("._+-")[:LONGEST_USERNAME]
    try:
        return checked_username(text)
    except Invalid:
        return ""


def _with_ending(username: str, ending: str) -> str:
    return username[: LONGEST_USERNAME - len(ending)] + ending


def _shown(name: str | None) -> str:
    visible = "".join(one if one.isprintable() else " " for one in name or "")
    return " ".join(visible.split())[:LONGEST_NAME].strip()
