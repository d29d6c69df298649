"""What a coach reads and changes of an athlete's: allowed by the relation, noted for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_domain.kernel.access import AthleteNotCoached, ScopeRequired
from workout_domain.kernel.errors import DomainError

VIEW_WORKOUTS: Final = "view_workouts"
VIEW_SESSIONS: Final = "view_sessions"
VIEW_REPORTS: Final = "view_reports"
VIEW_PROFILE: Final = "view_profile"
ASSIGN_WORKOUTS: Final = "assign_workouts"
USE_TEMPLATES: Final = "use_templates"
MANAGE_PROGRAMS: Final = "manage_programs"


class Standing(StrEnum):
    """How a trainer stands to an athlete, for one scope."""

    STRANGER = "stranger"
    WITHOUT_SCOPE = "without_scope"
    ALLOWED = "allowed"


class Subject(StrEnum):
    """What of an athlete's a coach reads or changes, as the athlete's access log calls it."""

    WORKOUT = "workout"
    SESSION = "session"
    SESSION_LIST = "session_list"
    LIVE_SESSION = "live_session"
    PROGRESS = "progress"
    REPORT = "report"
    ROSTER = "roster"
    PROFILE = "profile"
    PROGRAM = "program"


class AccessAction(StrEnum):
    """What the coach did."""

    READ = "read"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """A thing of an athlete's and the operation by which it was read or changed."""

    subject: Subject
    operation: str
    subject_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """Which coach touched what of which athlete's."""

    trainer_id: UUID
    user_id: UUID
    athlete_id: UUID
    action: AccessAction
    what: Touched


class CoachAccess(Protocol):
    """Knows whom a trainer coaches, and with which scopes."""

    async def standing(self, trainer_id: UUID, athlete_id: UUID, scope: str, /) -> Standing:
        """Tell how the trainer stands to the athlete now."""
        ...

    async def standings(
        self, trainer_id: UUID, athlete_ids: Sequence[UUID], scope: str, /
    ) -> Mapping[UUID, Standing]:
        """Tell how the trainer stands to each athlete now, in one statement."""
        ...


class AccessLog(Protocol):
    """Keeps for each athlete what their coaches read and changed."""

    def note_read(self, touch: Touch, /) -> None:
        """Note a read soon; never waits."""
        ...

    async def note_change(self, touch: Touch, /) -> None:
        """Note a change in the transaction of the command in progress."""
        ...

    async def note_changes(self, touches: Sequence[Touch], /) -> None:
        """Note several changes in one statement."""
        ...


class CoachGuard:
    """Decides and notes in one place; contexts say which scope and what is touched."""

    def __init__(self, access: CoachAccess, log: AccessLog) -> None:
        self._access, self._log = access, log

    async def admit_reader(
        self, actor: Actor, athlete_id: UUID | None, scope: str, *, unknown: DomainError
    ) -> None:
        """
        Let a coach read who has the scope; ``note_read`` follows once there is something to read.

        Raises:
            DomainError: the refusal ``unknown``, since to strangers the thing does not exist.
            ScopeRequired: the actor coaches the athlete, but has not this scope.
        """
        standing = Standing.STRANGER
        if actor.trainer_profile_id is not None and athlete_id is not None:
            standing = await self._access.standing(actor.trainer_profile_id, athlete_id, scope)
        if standing is Standing.STRANGER:
            raise unknown
        _refuse_without_scope(standing, scope)

    async def readable(
        self, actor: Actor, athlete_id: UUID, scopes: Sequence[str], *, unknown: DomainError
    ) -> frozenset[str]:
        """
        Return those of the scopes that a coach has been given, to show a part of something.

        Raises:
            DomainError: the refusal ``unknown``, since to strangers the thing does not exist.
            ScopeRequired: the actor coaches the athlete, but has none of the scopes.
        """
        given, standing = set(), Standing.STRANGER
        for scope in scopes:
            if actor.trainer_profile_id is not None:
                standing = await self._access.standing(actor.trainer_profile_id, athlete_id, scope)
            if standing is Standing.STRANGER:
                raise unknown
            if standing is Standing.ALLOWED:
                given.add(scope)
        if not given:
            _refuse_without_scope(Standing.WITHOUT_SCOPE, scopes[0])
        return frozenset(given)

    async def refused_writes(
        self, actor: Actor, athlete_ids: Sequence[UUID], scope: str
    ) -> dict[UUID, DomainError]:
        """Return why the actor may not change things of those athletes of whom they may not."""
        standings = await self._access.standings(actor.trainer_id, athlete_ids, scope)
        refusals = {
            athlete_id: _refusal(standings.get(athlete_id, Standing.STRANGER), athlete_id, scope)
            for athlete_id in athlete_ids
        }
        return {athlete_id: why for athlete_id, why in refusals.items() if why is not None}

    async def admit_writer(self, actor: Actor, athlete_id: UUID, scope: str) -> None:
        """
        Let a coach change who has the scope; ``note_change`` follows once something was changed.

        Raises:
            AthleteNotCoached: there is no active relation.
            ScopeRequired: the relation does not include it.
        """
        standing = await self._access.standing(actor.trainer_id, athlete_id, scope)
        refusal = _refusal(standing, athlete_id, scope)
        if refusal is not None:
            raise refusal

    def note_read(self, actor: Actor, athlete_id: UUID, what: Touched) -> None:
        """Note what a coach was shown; one's own account is nobody's business."""
        touch = _touch(actor, athlete_id, AccessAction.READ, what)
        if touch is not None:
            self._log.note_read(touch)

    async def note_change(self, actor: Actor, athlete_id: UUID, what: Touched) -> None:
        """Note what a coach changed."""
        touch = _touch(actor, athlete_id, AccessAction.CHANGED, what)
        if touch is not None:
            await self._log.note_change(touch)

    async def note_changes(self, actor: Actor, changes: Mapping[UUID, Touched]) -> None:
        """Note what a coach changed of several athletes', by athlete."""
        touches = [
            _touch(actor, athlete_id, AccessAction.CHANGED, what)
            for athlete_id, what in changes.items()
        ]
        await self._log.note_changes([touch for touch in touches if touch is not None])


def _refusal(standing: Standing, athlete_id: UUID, scope: str) -> DomainError | None:
    if standing is Standing.STRANGER:
        return AthleteNotCoached("You do not coach this athlete.", athlete_id=athlete_id)
    if standing is Standing.WITHOUT_SCOPE:
        return ScopeRequired("The athlete did not give you this scope.", scope=scope)
    return None


def _refuse_without_scope(standing: Standing, scope: str) -> None:
    if standing is Standing.WITHOUT_SCOPE:
        raise ScopeRequired("The athlete did not give you this scope.", scope=scope)


def _touch(actor: Actor, athlete_id: UUID, action: AccessAction, what: Touched) -> Touch | None:
    trainer_id = actor.trainer_profile_id
    if trainer_id is None or athlete_id == actor.athlete_profile_id:
        return None
    return Touch(
        trainer_id=trainer_id, user_id=actor.id, athlete_id=athlete_id, action=action, what=what
    )
