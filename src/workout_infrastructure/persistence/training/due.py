"""Which planned workouts were to be done, and which were, for whoever compares the two."""

from typing import Final

IS_DUE: Final = "w.deleted_at IS NULL AND w.status NOT IN ('draft', 'cancelled')"
"""The condition under which a workout ``w`` was ever to be done."""

IS_DONE: Final = """
EXISTS (SELECT 1 FROM workout_sessions s WHERE s.workout_id = w.id
        AND s.athlete_id = w.athlete_id AND s.status = 'completed' AND s.deleted_at IS NULL)
""".strip()
"""The condition under which its athlete did it: any session of it was completed."""
