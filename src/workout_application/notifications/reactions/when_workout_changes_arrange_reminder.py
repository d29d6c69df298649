"""When a workout is given, moved, begun or closed, the reminder of it is made, moved or dropped."""

from datetime import timedelta
from typing import ClassVar, Final
from uuid import UUID

from workout_application.messaging.jobs import Jobs, NewJob
from workout_application.messaging.reactions import ReceivedEvent
from workout_application.notifications.ports import AwaitedWorkout, PlannedWorkouts
from workout_shared.clock import Clock

REMINDER: Final = "send_workout_reminder"
REMINDED_BEFORE: Final = timedelta(hours=1)


class WhenWorkoutChangesArrangeReminder:
    """
    An athlete is reminded one hour before; of what is nearer than that, not at all.

    It goes by the workout as it stands now, so events may come in any order, or twice.
    """

    name: ClassVar[str] = "when_workout_changes_arrange_reminder"
    queue: ClassVar[str] = "critical"
    subscribes_to: ClassVar[tuple[str, ...]] = (
        "workout.assigned",
        "workout.plan.changed",
        "workout.plan.closed",
        "workout.started",
    )

    def __init__(self, workouts: PlannedWorkouts, jobs: Jobs, clock: Clock) -> None:
        self._workouts, self._jobs, self._clock = workouts, jobs, clock

    async def react(self, message: ReceivedEvent) -> None:
        """Arrange it."""
        workout_id = message.optional_uuid("workout_id")
        if workout_id is None:
            return
        workout = await self._workouts.awaited(workout_id)
        if workout is None:
            await self._jobs.cancel(REMINDER, str(workout_id))
        else:
            await self._arrange(workout_id, workout)

    async def _arrange(self, workout_id: UUID, workout: AwaitedWorkout) -> None:
        at = workout.scheduled_date - REMINDED_BEFORE
        if at <= self._clock.now():
            # One that is due just now goes out all the same.
            await self._jobs.cancel(REMINDER, str(workout_id), except_at=at)
            return
        await self._jobs.reschedule(
            NewJob(
                type=REMINDER,
                arguments={"athlete_id": workout.athlete_id, "workout_id": workout_id},
                owner_user_id=workout.athlete_user_id,
                unique_key=str(workout_id),
                scheduled_at=at,
            )
        )
