"""Where what is handled now came from: the client's address and what it calls itself."""

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final

LONGEST_ADDRESS: Final = 45
LONGEST_USER_AGENT: Final = 512


@dataclass(frozen=True, slots=True)
class Origin:
    """Both are None for the product's own jobs; a user agent is whatever the client says."""

    ip_address: str | None = None
    user_agent: str | None = None


NOWHERE: Final = Origin()

origin: ContextVar[Origin] = ContextVar("origin", default=NOWHERE)
