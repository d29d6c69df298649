"""When an athlete completes a session of a planned workout, its trainer is told."""

from typing import ClassVar

from workout_application.messaging.reactions import ReceivedEvent
from workout_application.notifications.ports import Progress, WorkoutProgress
from workout_application.notifications.service import NotificationService


class WhenSessionCompletesNotifyTrainer:
    """Says nothing of sessions without a trainer, or to one who may not see sessions."""

    name: ClassVar[str] = "when_session_completes_notify_trainer"
    queue: ClassVar[str] = "critical"
    subscribes_to: ClassVar[tuple[str, ...]] = ("workout.completed",)

    def __init__(self, service: NotificationService, progress: Progress) -> None:
        self._service, self._progress = service, progress

    async def react(self, message: ReceivedEvent) -> None:
        """Tell the trainer."""
        trainer_id, athlete_id, workout_id = (
            message.optional_uuid(field) for field in ("trainer_id", "athlete_id", "workout_id")
        )
        if trainer_id is None or athlete_id is None or workout_id is None:
            return
        progress = await self._progress.of_workout(workout_id, athlete_id)
        await self._service.send_progress_update(
            trainer_id,
            athlete_id,
            _summary(message, progress),
            data={
                "session_id": message.payload["session_id"],
                "workout_id": workout_id,
                "duration_minutes": message.payload.get("duration_minutes"),
                "completion_percentage": progress.completion_percentage,
                "completed_exercises": progress.completed_exercises,
                "total_exercises": progress.total_exercises,
            },
        )


def _summary(message: ReceivedEvent, progress: WorkoutProgress) -> str:
    minutes = message.payload.get("duration_minutes")
    taken = "" if minutes is None else f" in {float(minutes):.0f} minutes"
    done, total = progress.completed_exercises, progress.total_exercises
    exercises = f": {done} of {total} exercises" if total else ""
    return f"completed “{message.payload['name']}”{taken}{exercises}."
