"""Who may send training's messages, and who may look at and change whose training."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from uuid import UUID

from workout_application.messaging.actor import Actor, Role, RoleRequired
from workout_application.messaging.coach_access import (
    ASSIGN_WORKOUTS,
    VIEW_SESSIONS,
    CoachGuard,
    Subject,
    Touched,
)
from workout_application.messaging.messages import signed_in
from workout_application.training.ports import (
    SessionAccess,
    SessionReader,
    SetAccess,
    SetHistoryReader,
)
from workout_domain.kernel.errors import DomainError, NotFound
from workout_domain.training.errors import SessionNotFound, SetNotFound, TemplateNotEditable
from workout_domain.training.template import WorkoutTemplate
from workout_domain.training.workout import Workout


def may_create_workouts(actor: Actor) -> None:
    """Admit trainers, with the sentence the source document gives the others."""
    signed_in(actor)
    if Role.TRAINER not in actor.roles:
        raise RoleRequired("Only trainers can create workouts")


def may_change_template(actor: Actor, template: WorkoutTemplate) -> None:
    """
    Let owners pass, and administrators where the template is shipped.

    Raises:
        TemplateNotEditable: a trainer tries to change what everybody sees.
    """
    if template.is_shipped and not actor.is_admin:
        raise TemplateNotEditable("Shipped templates are changed by administrators only.")


class WorkoutGuard:
    """A trainer changes a workout only while whoever is to do it wants that."""

    def __init__(self, guard: CoachGuard) -> None:
        self._guard = guard

    @asynccontextmanager
    async def changing(
        self,
        workout: Workout,
        actor: Actor,
        operation: str,
        *,
        giving_to: UUID | None = None,
        needing: Sequence[str] = (ASSIGN_WORKOUTS,),
    ) -> AsyncIterator[None]:
        """
        Let a trainer change a workout inside the block, and note it for its athletes.

        A workout nobody is to do is all the trainer's; to its athlete nothing is asked here.
        ``needing`` lists the scopes the athletes must have given.

        Raises:
            AthleteNotCoached: there is no active relation with its athlete, or the new one.
            ScopeRequired: the relation does not include it.
        """
        athletes = []
        if workout.trainer_id == actor.trainer_profile_id:
            athletes = [one for one in dict.fromkeys((workout.athlete_id, giving_to)) if one]
        for athlete_id in athletes:
            for scope in needing:
                await self._guard.admit_writer(actor, athlete_id, scope)
        revision = workout.revision
        yield
        if workout.revision != revision:
            what = Touched(subject=Subject.WORKOUT, subject_id=workout.id, operation=operation)
            for athlete_id in athletes:
                await self._guard.note_change(actor, athlete_id, what)

    async def refused(
        self, actor: Actor, athlete_ids: Sequence[UUID]
    ) -> Mapping[UUID, DomainError]:
        """Return why workouts may not be given to those athletes to whom they may not."""
        return await self._guard.refused_writes(actor, athlete_ids, ASSIGN_WORKOUTS)

    async def note_given(
        self, actor: Actor, workouts: Mapping[UUID, Workout], operation: str
    ) -> None:
        """Note for each athlete the workout that was given to them."""
        changes = {
            athlete_id: Touched(subject=Subject.WORKOUT, subject_id=workout.id, operation=operation)
            for athlete_id, workout in workouts.items()
        }
        await self._guard.note_changes(actor, changes)


class SessionGuard:
    """Decides who may look at a session: its owner, a coach with the scope, an administrator."""

    def __init__(self, sessions: SessionReader, guard: CoachGuard) -> None:
        self._sessions, self._guard = sessions, guard

    async def admit(self, actor: Actor, session_id: UUID, what: Touched) -> SessionAccess:
        """
        Return whose the session is, for somebody who may look at it; a coach is noted.

        Raises:
            SessionNotFound: there is none, or it is none of the caller's business.
            ScopeRequired: the caller coaches the athlete, but may not see sessions.
        """
        unknown = SessionNotFound("No such session.")
        access = await self._sessions.access(session_id)
        if access is None:
            raise unknown
        await _admit(self._guard, actor, access, what, unknown)
        return access


class SetHistoryGuard:
    """Decides who may look at what became of a set: as of its session, a removed one less."""

    def __init__(self, history: SetHistoryReader, guard: CoachGuard) -> None:
        self._history, self._guard = history, guard

    async def admit(self, actor: Actor, set_id: UUID, operation: str) -> None:
        """
        Let somebody pass who may look at it; a coach is noted, and sees no removed sets.

        Raises:
            SetNotFound: there is none, or it is none of the caller's business.
            ScopeRequired: the caller coaches the athlete, but may not see sessions.
        """
        unknown = SetNotFound("No such set.")
        access = await self._history.access(set_id)
        if access is None:
            raise unknown
        if access.is_removed and access.user_id != actor.user_id and not actor.is_admin:
            raise unknown
        what = Touched(subject=Subject.SESSION, subject_id=access.session_id, operation=operation)
        await _admit(self._guard, actor, access, what, unknown)


async def _admit(
    guard: CoachGuard,
    actor: Actor,
    access: SessionAccess | SetAccess,
    what: Touched,
    unknown: NotFound,
) -> None:
    if actor.is_admin or access.user_id == actor.user_id:
        return
    await guard.admit_reader(actor, access.athlete_id, VIEW_SESSIONS, unknown=unknown)
    if access.athlete_id is not None:
        guard.note_read(actor, access.athlete_id, what)
