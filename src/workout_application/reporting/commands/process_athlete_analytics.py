"""A worker computes the figures that are kept of an athlete."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from workout_application.messaging.actor import Actor
from workout_application.messaging.messages import Command, requires, system
from workout_application.reporting.ports import AnalyticsShelf, AthleteFigures
from workout_shared.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessedAnalytics:
    """As of when the figures are; None where there is no such athlete any more."""

    computed_at: datetime | None


@requires(system)
@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessAthleteAnalytics(Command[ProcessedAnalytics]):
    """Answers with the instant the figures bear."""

    appends: ClassVar[bool] = True

    athlete_id: UUID


class ProcessAthleteAnalyticsHandler:
    """Computes and keeps them."""

    def __init__(self, figures: AthleteFigures, shelf: AnalyticsShelf, clock: Clock) -> None:
        self._figures, self._shelf, self._clock = figures, shelf, clock

    async def handle(self, command: ProcessAthleteAnalytics, _actor: Actor) -> ProcessedAnalytics:
        """Compute them anew."""
        analytics = await self._figures.of_athlete(command.athlete_id, at=self._clock.now())
        if analytics is None:
            return ProcessedAnalytics(computed_at=None)
        await self._shelf.keep(analytics)
        return ProcessedAnalytics(computed_at=analytics.computed_at)
