"""Who may look at an athlete's rules and training maxes, and who may set them."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from workout_application.encoding import decode
from workout_application.messaging.actor import Actor
from workout_application.messaging.coach_access import (
    MANAGE_PROGRAMS,
    VIEW_SESSIONS,
    VIEW_WORKOUTS,
    CoachGuard,
    Subject,
    Touched,
)
from workout_domain.kernel.errors import DomainError

PLANNED: Final = VIEW_WORKOUTS
"""What lets a coach see rules and training maxes: they are part of the plan."""

PERFORMED: Final = VIEW_SESSIONS
"""What lets a coach see explanations and histories: they show what was lifted."""


class ProgramGuard:
    """The athlete may all; a coach what the relation includes; an administrator may look."""

    def __init__(self, guard: CoachGuard) -> None:
        self._guard = guard

    async def admit_reader(
        self, actor: Actor, athlete_id: UUID, scope: str, *, unknown: DomainError
    ) -> None:
        """
        Let somebody look who may; ``note_read`` follows once there is something to see.

        Raises:
            DomainError: the refusal ``unknown``, since to strangers the thing does not exist.
            ScopeRequired: the actor coaches the athlete, but has not this scope.
        """
        if actor.is_admin or athlete_id == actor.athlete_profile_id:
            return
        await self._guard.admit_reader(actor, athlete_id, scope, unknown=unknown)

    async def admit_writer(self, actor: Actor, athlete_id: UUID, *, unknown: DomainError) -> None:
        """
        Let the athlete pass, and a coach who may manage programs.

        Raises:
            DomainError: the refusal ``unknown``, since to strangers the thing does not exist.
            ScopeRequired: the actor coaches the athlete, but may not manage programs.
        """
        if athlete_id != actor.athlete_profile_id:
            await self._guard.admit_reader(actor, athlete_id, MANAGE_PROGRAMS, unknown=unknown)

    async def admit_founder(self, actor: Actor, athlete_id: UUID) -> None:
        """
        Let somebody set something new for an athlete: themselves, or as a coach.

        Raises:
            RoleRequired: it is for somebody else, and the actor is no trainer.
            AthleteNotCoached: there is no active relation.
            ScopeRequired: the actor coaches the athlete, but may not manage programs.
        """
        if athlete_id != actor.athlete_profile_id:
            await self._guard.admit_writer(actor, athlete_id, MANAGE_PROGRAMS)

    def note_read(
        self, actor: Actor, athlete_id: UUID, subject_id: UUID | None, operation: str
    ) -> None:
        """Note what a coach was shown; administrators are no coaches."""
        if not actor.is_admin:
            self._guard.note_read(actor, athlete_id, _touched(subject_id, operation))

    def note_list(self, actor: Actor, items: Iterable[bytes], operation: str) -> None:
        """Note whose things a coach was shown in a list."""
        for athlete_id in {UUID(decode(item)["athlete_id"]) for item in items}:
            self.note_read(actor, athlete_id, None, operation)

    async def note_change(
        self, actor: Actor, athlete_id: UUID, subject_id: UUID, operation: str
    ) -> None:
        """Note what a coach changed."""
        await self._guard.note_change(actor, athlete_id, _touched(subject_id, operation))


def _touched(subject_id: UUID | None, operation: str) -> Touched:
    return Touched(subject=Subject.PROGRAM, subject_id=subject_id, operation=operation)
