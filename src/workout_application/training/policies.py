"""Who may send training's messages, and who may look at whose training."""

from uuid import UUID

from workout_application.messaging.actor import Actor, Role, RoleRequired
from workout_application.messaging.messages import signed_in
from workout_application.training.ports import (
    CoachingRoster,
    SessionAccess,
    SessionReader,
    Standing,
)
from workout_domain.training.errors import (
    AthleteNotCoached,
    ScopeRequired,
    SessionNotFound,
)

VIEW_SESSIONS = "view_sessions"
ASSIGN_WORKOUTS = "assign_workouts"


def may_create_workouts(actor: Actor) -> None:
    """Admit trainers, with the sentence the source document gives the others."""
    signed_in(actor)
    if Role.TRAINER not in actor.roles:
        raise RoleRequired("Only trainers can create workouts")


async def refuse_unless_coached(roster: CoachingRoster, trainer_id: UUID, athlete_id: UUID) -> None:
    """
    Let a trainer give workouts only to athletes who agreed to be given some.

    Raises:
        AthleteNotCoached: there is no active relation.
        ScopeRequired: the relation does not include it.
    """
    standing = await roster.standing(trainer_id, athlete_id, ASSIGN_WORKOUTS)
    if standing is Standing.STRANGER:
        raise AthleteNotCoached("You do not coach this athlete.", athlete_id=athlete_id)
    if standing is Standing.WITHOUT_SCOPE:
        raise ScopeRequired("The athlete did not give you this scope.", scope=ASSIGN_WORKOUTS)


class SessionGuard:
    """Decides who may look at a session: its owner, a coach with the scope, an administrator."""

    def __init__(self, sessions: SessionReader, roster: CoachingRoster) -> None:
        self._sessions, self._roster = sessions, roster

    async def admit(self, actor: Actor, session_id: UUID) -> SessionAccess:
        """
        Return whose the session is, for somebody who may look at it.

        Raises:
            SessionNotFound: there is none, or it is none of the caller's business.
            ScopeRequired: the caller coaches the athlete, but may not see sessions.
        """
        access = await self._sessions.access(session_id)
        if access is None:
            raise SessionNotFound("No such session.")
        if actor.is_admin or access.user_id == actor.user_id:
            return access
        standing = Standing.STRANGER
        if actor.trainer_profile_id is not None and access.athlete_id is not None:
            standing = await self._roster.standing(
                actor.trainer_profile_id, access.athlete_id, VIEW_SESSIONS
            )
        if standing is Standing.STRANGER:
            raise SessionNotFound("No such session.")
        if standing is Standing.WITHOUT_SCOPE:
            raise ScopeRequired("The athlete did not give you this scope.", scope=VIEW_SESSIONS)
        return access
