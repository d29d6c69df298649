"""Who may see whose reports: one's own, those of athletes who allow it, and administrators all."""

from collections.abc import Iterable
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.coach_access import VIEW_REPORTS, CoachGuard, Subject, Touched
from workout_application.reporting.ports import Athletes, Person
from workout_domain.kernel.access import AthleteNotFound


class ReportGuard:
    """Decides whom a report is about; a coach's reading is noted for the athlete."""

    def __init__(self, athletes: Athletes, guard: CoachGuard) -> None:
        self._athletes, self._guard = athletes, guard

    async def admit(self, actor: Actor, athlete_id: UUID | None, operation: str) -> Person:
        """
        Return whom the report is about, for somebody who may see it.

        Raises:
            AthleteNotFound: there is no such athlete, or the caller does not coach them.
            ScopeRequired: the athlete did not give this coach the right to see reports.
        """
        if athlete_id is None or athlete_id == actor.athlete_profile_id:
            return oneself(actor)
        unknown = AthleteNotFound("No such athlete.")
        if not actor.is_admin:
            await self._guard.admit_reader(actor, athlete_id, VIEW_REPORTS, unknown=unknown)
        person = await self._athletes.person(athlete_id)
        if person is None:
            raise unknown
        if not actor.is_admin:
            what = Touched(subject=Subject.REPORT, operation=operation)
            self._guard.note_read(actor, athlete_id, what)
        return person

    def note_shown(self, actor: Actor, athlete_ids: Iterable[UUID], operation: str) -> None:
        """Note for each of these athletes that their coach was shown their figures."""
        for athlete_id in athlete_ids:
            what = Touched(subject=Subject.ROSTER, operation=operation)
            self._guard.note_read(actor, athlete_id, what)


def oneself(actor: Actor) -> Person:
    """Return the caller as somebody a report is about."""
    return Person(user_id=actor.id, athlete_id=actor.athlete_profile_id, time_zone=actor.time_zone)
