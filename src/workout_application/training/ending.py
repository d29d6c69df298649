"""What completing a session and saving one that is over have in common."""

from datetime import datetime

from workout_application.training.ports import SessionJournal
from workout_domain.training.workout_session import WorkoutSession


async def announce_completion(
    journal: SessionJournal, session: WorkoutSession, *, at: datetime
) -> None:
    """Write the event that ends a session as done."""
    await journal.write(
        session.id,
        session.sequence,
        "SessionCompleted",
        {
            "completed_at": session.completed_at,
            "duration_minutes": session.duration_minutes,
            "session_rpe": session.session_rpe,
            "notes": session.notes,
            "exercises_summary": session.exercises_summary,
        },
        at=at,
    )
