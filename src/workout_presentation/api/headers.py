"""Headers every answer to a request gets, whoever writes the answer in the end."""

from typing import Final

from starlette.types import Scope

ADDED: Final = "workout.headers"
"""Where they are kept in a request's scope; the outermost layer writes them."""

_SECRET: Final = b"no-store"


def answer_with(scope: Scope, name: bytes, value: bytes) -> None:
    """Give the answer a header, in the place of any other of this name; a refusal gets it too."""
    scope.setdefault(ADDED, {})[name] = value


def never_store(scope: Scope) -> None:
    """Let no cache keep the answer: it holds a secret."""
    answer_with(scope, b"cache-control", _SECRET)
