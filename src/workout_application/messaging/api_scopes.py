"""What a personal API key may be allowed: reading or writing, context by context."""

from enum import StrEnum
from typing import Any, Final

from workout_application.messaging.messages import Command, Message


class ApiScope(StrEnum):
    """One right of an API key; a key never may more than its owner."""

    ACCOUNT_READ = "account:read"
    ACCOUNT_EXPORT = "account:export"
    CATALOGUE_READ = "catalogue:read"
    CATALOGUE_WRITE = "catalogue:write"
    COACHING_READ = "coaching:read"
    COACHING_WRITE = "coaching:write"
    NOTIFICATIONS_READ = "notifications:read"
    NOTIFICATIONS_WRITE = "notifications:write"
    STRENGTH_READ = "strength:read"
    STRENGTH_WRITE = "strength:write"
    PROGRAMS_READ = "programs:read"
    PROGRAMS_WRITE = "programs:write"
    REPORTING_READ = "reporting:read"
    TRAINING_READ = "training:read"
    TRAINING_WRITE = "training:write"


_SCOPES: Final = frozenset(ApiScope)


def scope_of(message_type: type[Message[Any]]) -> str | None:
    """
    Return the scope a key needs to send a message, or None where no key may.

    A message may name it; otherwise it follows from its context and from whether it changes
    something. Contexts without scopes (passwords, keys, administration) stay closed to keys.
    """
    if message_type.api_scope is not None:
        return message_type.api_scope
    context = message_type.__module__.split(".")[1]
    verb = "write" if issubclass(message_type, Command) else "read"
    scope = f"{context}:{verb}"
    return scope if scope in _SCOPES else None
