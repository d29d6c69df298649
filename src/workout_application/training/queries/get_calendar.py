"""Somebody looks at an athlete's days: what is planned on them and what was done."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.coach_access import (
    VIEW_SESSIONS,
    VIEW_WORKOUTS,
    CoachGuard,
    Subject,
    Touched,
)
from workout_application.messaging.messages import Query, requires, signed_in
from workout_application.training.ports import CalendarOwner, CalendarReader, CalendarRequest
from workout_domain.kernel.access import AthleteNotFound
from workout_domain.kernel.errors import FieldError
from workout_shared.clock import Clock

MOST_DAYS: Final = 92
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2200
_SCOPES: Final = (VIEW_WORKOUTS, VIEW_SESSIONS)
_SHOWN: Final = Touched(subject=Subject.SESSION_LIST, operation="get_calendar")


@requires(signed_in)
@dataclass(frozen=True, slots=True, kw_only=True)
class GetCalendar(Query[bytes]):
    """
    Answers with a ``CalendarView``; both days are inclusive.

    A coach sees the workouts they planned with ``view_workouts``, all sessions with
    ``view_sessions``; with one of the two the other part is left out.
    """

    from_date: date
    to_date: date
    athlete_id: UUID | None = None

    def validate(self) -> list[FieldError]:
        """Return what is wrong with the days."""
        errors = [
            FieldError(f"/{name}", "out_of_range", f"{name} must lie between 1900 and 2200.")
            for name, day in (("from_date", self.from_date), ("to_date", self.to_date))
            if not FIRST_YEAR <= day.year < LAST_YEAR
        ]
        days = (self.to_date - self.from_date).days + 1
        if days < 1:
            sentence = "to_date must not be before from_date."
            errors.append(FieldError("/to_date", "out_of_order", sentence))
        if days > MOST_DAYS:
            sentence = f"A calendar shows at most {MOST_DAYS} days."
            errors.append(FieldError("/to_date", "too_many_days", sentence))
        return errors


class GetCalendarHandler:
    """Reads it by the clock on the athlete's wall."""

    def __init__(self, calendar: CalendarReader, guard: CoachGuard, clock: Clock) -> None:
        self._calendar, self._guard, self._clock = calendar, guard, clock

    async def handle(self, query: GetCalendar, actor: Actor) -> bytes:
        """Read it; sessions it shows to a coach are a read of the athlete's."""
        athlete_id = query.athlete_id
        request = CalendarRequest(
            owner=CalendarOwner(actor.id, actor.athlete_profile_id, actor.time_zone),
            from_date=query.from_date,
            to_date=query.to_date,
            now=self._clock.now(),
        )
        if athlete_id is None or athlete_id == actor.athlete_profile_id:
            return (await self._calendar.read(request)).document
        found = await self._calendar.read(await self._of_another(request, athlete_id, actor))
        if found.has_sessions and not actor.is_admin:
            self._guard.note_read(actor, athlete_id, _SHOWN)
        return found.document

    async def _of_another(
        self, request: CalendarRequest, athlete_id: UUID, actor: Actor
    ) -> CalendarRequest:
        unknown = AthleteNotFound("No such athlete.", athlete_id=athlete_id)
        scopes = frozenset(_SCOPES)
        if not actor.is_admin:
            scopes = await self._guard.readable(actor, athlete_id, _SCOPES, unknown=unknown)
        owner = await self._calendar.owner(athlete_id)
        if owner is None:
            raise unknown
        return replace(
            request,
            owner=owner,
            planned_by=None if actor.is_admin else actor.trainer_profile_id,
            shows_workouts=VIEW_WORKOUTS in scopes,
            shows_sessions=VIEW_SESSIONS in scopes,
        )
