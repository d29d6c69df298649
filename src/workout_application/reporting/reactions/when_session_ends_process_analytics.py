"""When a session is completed, or no longer is, the athlete's figures are computed anew."""

from typing import ClassVar

from workout_application.messaging.jobs import Jobs, NewJob
from workout_application.messaging.reactions import ReceivedEvent
from workout_application.reporting.analytics import ANALYTICS


class WhenSessionEndsProcessAnalytics:
    """Asks for one job however many sessions end before it begins."""

    name: ClassVar[str] = "when_session_ends_process_analytics"
    queue: ClassVar[str] = "low"
    subscribes_to: ClassVar[tuple[str, ...]] = (
        "workout.completed",
        "workout.session.reopened",
        "workout.session.abandoned",
    )

    def __init__(self, jobs: Jobs) -> None:
        self._jobs = jobs

    async def react(self, message: ReceivedEvent) -> None:
        """Ask for it; whoever has no athlete's profile has no figures."""
        athlete_id = message.optional_uuid("athlete_id")
        if athlete_id is None:
            return
        await self._jobs.add(
            NewJob(
                type=ANALYTICS,
                arguments={"athlete_id": athlete_id},
                owner_user_id=message.uuid("user_id"),
                unique_key=str(athlete_id),
            )
        )
