"""What an athlete may allow a coach, one scope per right."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from workout_domain.coaching.errors import ScopesNotOffered


class Scope(StrEnum):
    """One right a coach may be given."""

    VIEW_WORKOUTS = "view_workouts"
    VIEW_SESSIONS = "view_sessions"
    VIEW_REPORTS = "view_reports"
    VIEW_PROFILE = "view_profile"
    ASSIGN_WORKOUTS = "assign_workouts"
    MANAGE_PROGRAMS = "manage_programs"
    MESSAGE = "message"
    USE_TEMPLATES = "use_templates"


Scopes = frozenset[Scope]

DEFAULT_SCOPES: Final[Scopes] = frozenset(Scope) - {Scope.MANAGE_PROGRAMS}


def in_order(scopes: Iterable[Scope]) -> list[str]:
    """Write scopes in the order of the enum, so that equal sets look equal."""
    given = set(scopes)
    return [scope.value for scope in Scope if scope in given]


def narrowed(offered: Scopes, asked: Scopes | None) -> Scopes:
    """
    Return what is granted of an offer: all of it, or the part that is asked for.

    Raises:
        ScopesNotOffered: ``asked`` holds one that was not offered.
    """
    if asked is None:
        return offered
    if not asked <= offered:
        raise ScopesNotOffered.field(
            "/scopes", "not_offered", "scopes may only narrow what is offered."
        )
    return asked
